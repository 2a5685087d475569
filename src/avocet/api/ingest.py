"""Ingest: another program hands over a finished correction, with a secret of its own."""

from __future__ import annotations

import hmac
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Request, Response

from avocet import ingest as ingestion
from avocet.api import schemas
from avocet.api.deps import DatabaseDep, SettingsDep
from avocet.api.responses import errors, json_response
from avocet.api.threads import writing
from avocet.domain import Message
from avocet.errors import BlankCorrection, Forbidden, IngestionUnset, InvalidRequest, Unauthorized
from avocet.importers.jsonl import MAX_DEPTH, clean, is_deep
from avocet.importers.messages import InvalidMessages, check_messages

router = APIRouter(tags=["ingest"])


async def check_secret(request: Request, settings: SettingsDep) -> None:
    """503 while no secret is set, 401 without one in the request, 403 with another."""
    if settings.ingestion_secret is None:
        raise IngestionUnset("Ingestion is off: set AVOCET_INGESTION_SECRET and restart the desk.")
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not given.strip():
        raise Unauthorized("Send the ingestion secret: Authorization: Bearer …")
    expected = settings.ingestion_secret.get_secret_value()
    if not hmac.compare_digest(given.strip().encode(), expected.encode()):
        raise Forbidden("The ingestion secret is wrong.")


@router.post(
    "/ingest",
    response_model=schemas.IngestResponse,
    responses=errors(400, 401, 403, 409, 422, 503),
    dependencies=[Depends(check_secret)],
)
@writing
def ingest(
    request: schemas.IngestRequest,
    database: DatabaseDep,
    idempotency_key: Annotated[str | None, Header(max_length=256)] = None,
) -> Response:
    """Store one correction as decided work; the same key or content is stored once."""
    if not request.correction.strip():
        raise BlankCorrection("A correction needs a text.")
    values = request.model_dump(exclude={"prompt"})
    candidate_id = ingestion.ingest(
        database, ingestion.Ingestion(prompt=_messages(request), **values), idempotency_key or None
    )
    return json_response({"ok": True, "id": candidate_id})


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
