"""The review page as its tests see it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk import Desk


class Review:
    """The page opened on a desk, and its parts by what they are."""

    def __init__(self, page: Page, desk: Desk, path: str = "/") -> None:
        self.page = page
        self.desk = desk
        page.goto(desk.url + path)
        expect(self.card).to_be_visible()

    @property
    def card(self) -> Locator:
        return self.page.get_by_test_id("card")

    @property
    def toast(self) -> Locator:
        return self.page.get_by_test_id("toast")

    @property
    def chips(self) -> Locator:
        return self.page.get_by_test_id("chips")

    @property
    def editor(self) -> Locator:
        return self.page.get_by_test_id("editor").locator(".cm-content")

    def chip(self, category: str) -> Locator:
        return self.page.get_by_test_id(f"chip-{category}")

    def action(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"action-{name}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def first(self) -> dict[str, Any]:
        """The card at the head of the queue, as the server has it."""
        return dict(self.desk.get("/queue?per_page=1")["items"][0])

    def expect_card(self, card: dict[str, Any]) -> None:
        expect(self.card.get_by_role("heading", level=1)).to_have_text(card["task_name"])

    def stored(self, card: dict[str, Any]) -> dict[str, Any]:
        return dict(self.desk.get(f"/candidates/{card['id']}"))

    def write(self, text: str) -> None:
        """Replace the editor's text."""
        expect(self.editor).to_be_focused()
        self.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
