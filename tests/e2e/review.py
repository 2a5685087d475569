"""The review page as its tests see it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.e2e.desk import Desk

READ_EDITOR = """(wanted) => {
  const lines = [...document.querySelectorAll('[data-testid=editor] .cm-line')].map((line) => {
    const copy = line.cloneNode(true)
    copy.querySelectorAll('del').forEach((removed) => removed.remove())
    return copy.textContent
  })
  return lines.join('\\n') === wanted
}"""


MOST_STOPS = 80
HIGHLIGHTED = "() => document.querySelector('[role^=menuitem][data-highlighted]')?.textContent ?? null"


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
        return self.page.get_by_test_id("editor")

    def chip(self, category: str) -> Locator:
        return self.page.get_by_test_id(f"chip-{category}")

    def action(self, name: str) -> Locator:
        return self.page.get_by_test_id(f"action-{name}")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, wanted: Locator, key: str = "Tab") -> None:
        """Go there with the Tab key, as a person without a mouse would."""
        for _ in range(MOST_STOPS):
            if wanted.evaluate("element => element === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"{key} does not reach {wanted}")

    def choose(self, pill: str, option: str) -> None:
        """Pick a value of a filter with the keys."""
        self.tab_to(self.page.get_by_test_id(f"filter-{pill}"))
        self.press("Enter")
        self.take(option)

    def take(self, option: str) -> None:
        """Pick an entry of the menu that is open."""
        name = re.compile(rf"^{option}\b")
        wanted = self.page.get_by_role("menuitemradio", name=name)
        wanted = wanted.or_(self.page.get_by_role("menuitemcheckbox", name=name))
        self.highlight(wanted)
        self.press("Enter")
        expect(wanted).to_be_hidden()

    def highlight(self, wanted: Locator) -> None:
        """Go down the open menu to an entry."""
        expect(wanted).to_be_visible()
        for _ in range(MOST_STOPS):
            if wanted.get_attribute("data-highlighted") is not None:
                return
            before = self.page.evaluate(HIGHLIGHTED)
            self.press("ArrowDown")
            # a busy page marks the next entry later than the key was pressed
            self.page.wait_for_function(f"before => ({HIGHLIGHTED})() !== before", arg=before)
        raise AssertionError(f"ArrowDown does not reach {wanted}")

    def first(self) -> dict[str, Any]:
        """The card at the head of the queue, as the server has it."""
        return dict(self.desk.get("/queue?per_page=1")["items"][0])

    def expect_card(self, card: dict[str, Any]) -> None:
        expect(self.card.get_by_role("heading", level=1)).to_have_text(card["task_name"])

    def reload_on(self, card: dict[str, Any]) -> None:
        """Reload once the address has followed to this card: before that, it leads to the one that was decided."""
        expect(self.page).to_have_url(re.compile("card=" + re.escape(card["id"])))
        self.page.reload()

    def expect_done(self, card: dict[str, Any]) -> None:
        """Wait until the toast says that this card was decided."""
        done = re.compile(r"(Accepted|Corrected|Discarded|Flagged)\s+" + re.escape(card["task_name"]))
        expect(self.toast).to_contain_text(done)

    def stored(self, card: dict[str, Any]) -> dict[str, Any]:
        return dict(self.desk.get(f"/candidates/{card['id']}"))

    def expect_text(self, text: str) -> None:
        """Wait until the editor holds this text; what the live diff shows as removed is not part of it."""
        expect(self.editor).to_be_visible()
        self.page.wait_for_function(READ_EDITOR, arg=text)

    def write(self, text: str) -> None:
        """Replace the editor's text."""
        expect(self.editor).to_be_focused()
        self.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text)
