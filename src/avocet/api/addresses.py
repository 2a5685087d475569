"""Paths that hold an id. An id may hold anything: slashes, dots, line ends, even the names of other routes."""

from __future__ import annotations

from fastapi.routing import APIRoute
from starlette.convertors import Convertor, register_url_convertor
from starlette.routing import Match
from starlette.types import Scope

_HISTORY = "/history"


class _AnyText(Convertor[str]):
    """Matches any text, line ends too; Starlette's own `path` stops at a line end."""

    regex = "(?s:.*)"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("any", _AnyText())
CANDIDATE, RUN, PAGE = "{candidate_id:any}", "{run_id:any}", "{path:any}"


class HistoryRoute(APIRoute):
    """A route that matches paths ending in `/history`; with an escaped slash, the ending belongs to the id."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        written: bytes = scope.get("raw_path") or scope["path"].encode()
        if not written.endswith(_HISTORY.encode()):
            return Match.NONE, {}
        return super().matches(scope)
