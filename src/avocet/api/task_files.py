"""The desk's own task files: upload and delete. The overview of the benches lists them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from avocet.api.deps import TaskFilesDep
from avocet.api.responses import errors, json_response
from avocet.api.shapes import shape_of
from avocet.api.threads import run_long
from avocet.benches import TaskFileSummary

router = APIRouter(tags=["benches"])
_BODY = {"text/plain": {"schema": {"type": "string"}}}


@router.post(
    "/task-files",
    status_code=201,
    response_model=shape_of(TaskFileSummary),
    responses=errors(409, 413, 422, 507),
    openapi_extra={"requestBody": {"required": True, "content": _BODY}},
)
async def add_task_file(
    request: Request, files: TaskFilesDep, name: Annotated[str, Query(description="Its name, ending in .jsonl.")]
) -> Response:
    """Keep a task file, the body, after every line of it was checked. `problems` of a 422 lists the wrong ones."""
    content = await request.body()
    return json_response(await run_long(lambda: files.add(name, content)), 201)


@router.delete("/task-files/{name}", status_code=204, response_class=Response, responses=errors(404, 422))
async def delete_task_file(name: str, files: TaskFilesDep) -> Response:
    """Delete a task file. Benches that asked it keep their copy."""
    await run_in_threadpool(files.remove, name)
    return Response(status_code=204)
