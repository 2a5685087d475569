"""Replies that msgspec writes; the OpenAPI schema still comes from the pydantic models."""

from __future__ import annotations

from typing import Any

import msgspec
from fastapi import Response

from avocet.api.schemas import ErrorBody

_HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
_encoder = msgspec.json.Encoder()

Responses = dict[int | str, dict[str, Any]]


def json_response(value: Any, status: int = 200) -> Response:  # noqa: ANN401 (anything msgspec encodes)
    return Response(_encoder.encode(value), status, _HEADERS, media_type="application/json")


def errors(*statuses: int) -> Responses:
    """The error statuses of a route, for its OpenAPI entry."""
    return {status: {"model": ErrorBody} for status in statuses}
