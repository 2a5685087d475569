"""The verdicts of a run as a download, for the harness that ran it."""

from __future__ import annotations

from itertools import chain
from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from avocet import verdicts
from avocet.api.addresses import RUN
from avocet.api.deps import DatabaseDep
from avocet.api.responses import Responses, errors
from avocet.api.threads import long, piecewise

router = APIRouter(tags=["verdicts"])
_MEDIA = {".jsonl": "application/x-ndjson", ".csv": "text/csv", ".md": "text/markdown"}
_FILES: Responses = {200: {"content": {kind: {} for kind in _MEDIA.values()}}}


@router.get(f"/runs/{RUN}/verdicts", response_class=StreamingResponse, responses={**_FILES, **errors(404, 422)})
@long
def download_verdicts(
    run_id: str,
    database: DatabaseDep,
    format: Annotated[verdicts.Format, Query(description="What to write.")] = "jsonl",
) -> Response:
    """Download what people said of a run's answers, for the harness that ran it, its tracker or its tests."""
    pieces = verdicts.stream(database, run_id, format)
    # the first piece is made at once, so that an early failure is an error, not an empty file
    started = chain((next(pieces, b""),), pieces)
    suffix = verdicts.SUFFIXES[format]
    headers = {"Content-Disposition": f'attachment; filename="avocet_{format}{suffix}"'}
    return StreamingResponse(piecewise(started), media_type=_MEDIA[suffix], headers=headers)
