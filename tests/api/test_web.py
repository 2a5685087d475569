"""The built web app: files by name, the page for every other path."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from avocet.api import web
from tests.api.error_shape import assert_error

pytestmark = pytest.mark.only("sqlite")

PAGE = "<!doctype html><title>the page</title>"


@pytest.fixture
def static(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A built web app; beside it, what must never be served."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text(PAGE)
    (folder / "assets" / "app-1a2b.js").write_text("export {}")
    (folder / "assets" / "ä b.css").write_text("a {}")
    (folder / "favicon.svg").write_text("<svg/>")
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "static-too").mkdir()
    (tmp_path / "static-too" / "secret.txt").write_text("secret")
    (folder / "assets" / "link.js").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setattr(web, "STATIC", folder)
    return folder


@pytest.mark.usefixtures("static")
class TestBuilt:
    @pytest.mark.parametrize(
        "path", ["/", "/index.html", "/corrections", "/runs/2026-01-02/x", "/a%00b", "/assetsx", "/" + "x" * 5000]
    )
    def test_the_page_stands_at_every_path_of_the_app(self, client: TestClient, path: str) -> None:
        response = client.get(path)
        assert response.status_code == 200
        assert response.text == PAGE
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert response.headers["cache-control"] == "no-store"

    def test_named_files_are_kept_for_ever(self, client: TestClient) -> None:
        response = client.get("/assets/app-1a2b.js")
        assert response.text == "export {}"
        assert response.headers["content-type"].startswith("text/javascript")
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert "content-security-policy" in response.headers
        assert client.get("/assets/ä%20b.css").text == "a {}"

    def test_other_files_are_asked_for_again(self, client: TestClient) -> None:
        response = client.get("/favicon.svg")
        assert (response.text, response.headers["cache-control"]) == ("<svg/>", "no-cache")

    def test_a_missing_asset_is_404_and_not_the_page(self, client: TestClient) -> None:
        assert_error(client.get("/assets/app-0000.js"), 404, "not_found")
        assert_error(client.get("/assets/"), 404, "not_found")

    @pytest.mark.parametrize(
        "path",
        [
            "/../secret.txt",
            "/%2e%2e/secret.txt",
            "/..%2fsecret.txt",
            "/assets/../../secret.txt",
            "/assets/%2e%2e/%2e%2e/secret.txt",
            "/assets/..%2f..%2fsecret.txt",
            "/assets/..\\..\\secret.txt",
            "/../static-too/secret.txt",
            "/%2e%2e/static-too/secret.txt",
            "//etc/passwd",
            "/%2fetc/passwd",
            "/assets/link.js",
        ],
    )
    def test_nothing_outside_the_folder_is_served(self, client: TestClient, path: str) -> None:
        response = client.get(path)
        assert "secret" not in response.text.replace("secret.txt", "")
        assert "root:" not in response.text
        assert response.status_code == 404 or response.text == PAGE

    def test_head_has_no_body(self, client: TestClient) -> None:
        response = client.head("/")
        assert (response.status_code, response.content) == (200, b"")


def test_a_checkout_that_is_not_built_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(web, "STATIC", tmp_path / "nowhere")
    response = client.get("/")
    assert response.status_code == 200
    assert "make build" in response.text
