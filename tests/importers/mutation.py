"""Files as they get when something went wrong: values of wrong types, rows lost, cut, or in another order."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

WRONG: list[Any] = [
    None,
    True,
    0,
    -1,
    2**70,
    0.5,
    float("nan"),
    float("inf"),
    "",
    "text",
    "\ud800",
    [],
    [[]],
    {},
    {"a": 1},
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of every value inside a JSON value, itself included."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = list(value.items())
    elif isinstance(value, list):
        inner = list(enumerate(value))
    return [path, *(place for key, item in inner for place in places(item, (*path, key)))]


def replaced(value: Any, path: tuple[Any, ...], wrong: Any) -> Any:
    """A copy of a JSON value with another value at a path; `...` takes it away."""
    if not path:
        return None if wrong is ... else wrong
    value = copy.deepcopy(value)
    holder = value
    for key in path[:-1]:
        holder = holder[key]
    if wrong is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = wrong
    return value


@st.composite
def broken(draw: st.DrawFn, value: Any) -> Any:
    """A JSON value in which one to three values are wrong or gone."""
    for _ in range(draw(st.integers(1, 3))):
        value = replaced(value, draw(st.sampled_from(places(value))), draw(st.sampled_from([..., *WRONG])))
    return value


@st.composite
def broken_lines(draw: st.DrawFn, rows: list[Any]) -> bytes:
    """JSON Lines of rows some of which are broken, in any order, perhaps with a line that is cut off."""
    rows = [draw(broken(row)) if draw(st.booleans()) else row for row in draw(st.permutations(rows))]
    lines = [json.dumps(row).encode() for row in rows]
    if draw(st.booleans()):
        lines[-1] = lines[-1][: draw(st.integers(1, len(lines[-1])))]
    return draw(st.sampled_from([b"\n", b"\r\n"])).join(lines)
