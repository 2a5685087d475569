"""The one shape of every error body."""

from __future__ import annotations

from typing import Any

from httpx2 import Response


def assert_error(response: Response, status: int, code: str) -> dict[str, Any]:
    """The body of an error: JSON with `code` for programs and `detail`, a sentence for a person."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/json"
    body = response.json()
    assert isinstance(body, dict)
    assert body["code"] == code
    detail = body["detail"]
    assert isinstance(detail, str)
    assert detail == detail.strip()
    assert detail.endswith((".", "!", "?", "…"))
    assert "Traceback" not in detail
    return body
