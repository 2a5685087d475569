"""JSON answers, written by msgspec from the structs that `shapes` describes."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Response

from avocet.api.shapes import ErrorBody

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_encoder = msgspec.json.Encoder()

# RFC 9110's names: those that Python carries change from version to version, and the contract must not
_NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Content Too Large",
    422: "Unprocessable Content",
    503: "Service Unavailable",
    507: "Insufficient Storage",
}

Responses = dict[int | str, dict[str, Any]]


def json_response(value: Any, status: int = 200) -> Response:  # noqa: ANN401 (anything msgspec encodes)
    return Response(_encoder.encode(value), status, _HEADERS, media_type="application/json")


def acknowledge(done: msgspec.Struct) -> Response:
    """Answer with `ok: true`, then what was done (its shape is `shapes.acknowledgement`)."""
    return json_response({"ok": True, **msgspec.structs.asdict(done)})


def errors(*statuses: int) -> Responses:
    """Describe the error statuses of a route for its OpenAPI entry."""
    return {status: {"model": ErrorBody, "description": _NAMES[status]} for status in statuses}
