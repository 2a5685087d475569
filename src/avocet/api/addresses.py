"""Addresses that hold an id, which may hold anything: slashes, dots, line ends, and the words of other routes."""

from __future__ import annotations

from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import Match
from starlette.types import Scope

_HISTORY = "/history"


class _AnyText(Convertor[str]):
    """As Starlette's `path`, which stops at a line end."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any", _AnyText())
CANDIDATE, RUN, PAGE = "{candidate_id:any}", "{run_id:any}", "{path:any}"


class HistoryRoute(APIRoute):
    """Ends in `/history`, and not in an escaped slash before it: that belongs to the id."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        written: bytes = scope.get("raw_path") or scope["path"].encode()
        if not written.endswith(_HISTORY.encode()):
            return Match.NONE, {}
        return super().matches(scope)
