"""Server-sent events that follow background work until it ends."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Final, TypeVar

from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool

from avocet.api.responses import Responses
from avocet.errors import NotFound, Troubles

ASK_EVERY_S = 0.7
HEARTBEAT_S = 15.0
T = TypeVar("T")

NOT_JSON_ERRORS: Final[Responses] = {
    status: {
        "description": reason,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}},
    }
    for status, reason in ((404, "Not Found"), (422, "Unprocessable Content"))
}
"""The same as `errors(404, 422)`, for a route that does not answer with JSON."""


class Described(JSONResponse):
    """Used only for the OpenAPI entry: FastAPI gives no schema to any other kind of response."""

    media_type = "text/event-stream"


def streamed(events: AsyncIterator[bytes]) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def follow(
    doing: str,
    look: Callable[[], T],
    event: Callable[[T | None, T], bytes],
    is_open: Callable[[T], bool],
    is_stopping: Callable[[], bool],
) -> AsyncIterator[bytes]:
    """Yield an event whenever `look` finds something new, until that is not open any more or is gone.

    `event` makes one of what was found, and of what the event before it told. `doing` is for the log.
    """
    sent: T | None = None
    quiet = 0.0
    troubles = Troubles(doing)
    while not is_stopping():
        try:
            found = await _ask(look, troubles)
        except NotFound:
            return
        if found is not None and found != sent:
            yield event(sent, found)
            sent, quiet = found, 0.0
        elif quiet >= HEARTBEAT_S:
            yield b": still here\n\n"
            quiet = 0.0
        if sent is not None and not is_open(sent):
            return
        await asyncio.sleep(ASK_EVERY_S)
        quiet += ASK_EVERY_S


async def _ask(look: Callable[[], T], troubles: Troubles) -> T | None:
    """What is found; None if it can't be read at the moment.

    Raises:
        NotFound: it is gone.
    """
    try:
        found = await run_in_threadpool(look)
    except NotFound:
        raise
    except Exception as error:
        troubles.tell(error)
        return None
    troubles.over()
    return found
