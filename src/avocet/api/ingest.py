"""Ingest: another program sends a finished correction. The guard checks its secret, which isn't the desk's token."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Header, Response

from avocet.api import schemas
from avocet.api.deps import DatabaseDep
from avocet.api.responses import acknowledge, errors
from avocet.api.shapes import acknowledgement
from avocet.api.threads import writing
from avocet.domain import Message
from avocet.errors import InvalidRequest
from avocet.importers.reading.messages import InvalidMessages, check_messages
from avocet.json_text import MAX_DEPTH, clean, is_deep
from avocet.runs import ingest as ingestion

router = APIRouter(tags=["ingest"])


class Ingested(msgspec.Struct, frozen=True):
    id: str


@router.post(
    "/ingest",
    response_model=acknowledgement(Ingested, "IngestResponse"),
    responses=errors(400, 401, 403, 409, 422, 503),
)
@writing
def ingest(
    request: schemas.IngestRequest,
    database: DatabaseDep,
    idempotency_key: Annotated[str | None, Header(max_length=256)] = None,
) -> Response:
    """Store a finished correction as a decided candidate. The same key, or the same content, is stored once."""
    values = request.model_dump(exclude={"prompt"})
    candidate_id = ingestion.ingest(
        database, ingestion.Ingestion(prompt=_messages(request), **values), idempotency_key or None
    )
    return acknowledge(Ingested(candidate_id))


def _messages(request: schemas.IngestRequest) -> list[Message]:
    if isinstance(request.prompt, str):
        return [{"role": "user", "content": request.prompt}]
    if is_deep(request.prompt):
        raise InvalidRequest(f"prompt is nested deeper than {MAX_DEPTH} levels.")
    prompt, replaced = clean(request.prompt)
    if replaced:
        raise InvalidRequest("prompt holds a NUL or half a surrogate pair, which no file or database can carry.")
    try:
        return check_messages(prompt)
    except InvalidMessages as error:
        raise InvalidRequest(str(error).replace("prompt_messages", "prompt")) from None
