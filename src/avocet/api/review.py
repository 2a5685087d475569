"""The review loop: queue, submit, undo, one card and its history."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from avocet.api import schemas
from avocet.api.addresses import CANDIDATE, HistoryRoute
from avocet.api.deps import DatabaseDep, IdempotencyKey, ReviewerDep
from avocet.api.responses import acknowledge, errors, json_response
from avocet.api.shapes import acknowledgement, card_shape, list_of, shape_of
from avocet.api.threads import writing
from avocet.review import candidates, decisions, entries, others, queue, redoing, shapes

router = APIRouter(tags=["review"])
_histories = APIRouter(route_class=HistoryRoute)


@router.get("/queue", response_model=shape_of(queue.QueuePage), responses=errors(422))
def queue_page(query: Annotated[schemas.QueueQuery, Query()], database: DatabaseDep) -> Response:
    """A page of the cards that wait for review."""
    filters = queue.QueueFilter(**{name: getattr(query, name) for name in queue.QueueFilter.__struct_fields__})
    return json_response(queue.page(database, filters, page=query.page, per_page=query.per_page, after=query.after))


@router.get("/shapes", response_model=shape_of(shapes.ShapePage), responses=errors(422))
def shape_page(query: Annotated[schemas.ShapesQuery, Query()], database: DatabaseDep) -> Response:
    """A page of the groups of cards of one task whose reasons have one shape, the largest first."""
    filters = shapes.ShapeFilter(**{name: getattr(query, name) for name in shapes.ShapeFilter.__struct_fields__})
    return json_response(shapes.page(database, filters, page=query.page, per_page=query.per_page))


@router.post(
    "/submit",
    response_model=acknowledgement(decisions.Submitted, "SubmitResponse"),
    responses=errors(400, 404, 409, 422, 503),
)
@writing
def submit(
    request: schemas.SubmitRequest, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None
) -> Response:
    """Record a verdict. It is durable once this answers."""
    done = decisions.submit(database, decisions.Submission(**request.model_dump()), reviewer, key)
    return acknowledge(done)


@router.post(
    "/undo",
    response_model=acknowledgement(decisions.Undone, "UndoResponse"),
    responses=errors(400, 404, 409, 422, 503),
)
@writing
def undo(
    request: schemas.UndoRequest, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None
) -> Response:
    """Undo the standing decision on a card."""
    done = decisions.undo(database, request.id, reviewer, request.decision_id, key)
    return acknowledge(done)


@router.post(
    "/redo",
    response_model=acknowledgement(decisions.Submitted, "SubmitResponse"),
    responses=errors(400, 404, 409, 422, 503),
)
@writing
def redo(
    request: schemas.RedoRequest, database: DatabaseDep, reviewer: ReviewerDep, key: IdempotencyKey = None
) -> Response:
    """Say again what a card's undo took back, if it was the last step on the card."""
    return acknowledge(redoing.redo(database, request.id, request.decision_id, reviewer, key))


CardId = Annotated[str, Query(alias="id", description="The card's id, whatever it holds.")]
DecisionId = Annotated[int | None, Query(ge=0, lt=2**63, description="Only this decision, with whole texts.")]


@router.get("/card", response_model=card_shape(), responses=errors(404, 422))
def card(candidate_id: CardId, database: DatabaseDep) -> Response:
    """One card. The id may hold any character."""
    return json_response(candidates.get(database, candidate_id))


@router.get("/card/proposal", response_model=shape_of(candidates.RulesSay), responses=errors(404, 422))
def card_proposal(candidate_id: CardId, database: DatabaseDep) -> Response:
    """What the rules say of a card. Where the card withholds it, ask once an action has begun."""
    return json_response(candidates.rules_say(database, candidate_id))


@router.get("/card/history", response_model=list_of(entries.HistoryEntry), responses=errors(404, 422))
def card_history(candidate_id: CardId, database: DatabaseDep, decision_id: DecisionId = None) -> Response:
    """Every decision on a card, oldest first; long texts are cut. The id may hold any character."""
    return json_response(entries.of(database, candidate_id, decision_id))


@router.get("/card/others", response_model=shape_of(others.OtherAnswers), responses=errors(404, 422))
def other_answers(candidate_id: CardId, database: DatabaseDep) -> Response:
    """The other answers to a card's item: of other models, epochs and runs. Long texts are cut."""
    return json_response(others.of(database, candidate_id))


@_histories.get(
    f"/candidates/{CANDIDATE}/history",
    response_model=list_of(entries.HistoryEntry),
    responses=errors(404, 422),
)
def candidate_history(candidate_id: str, database: DatabaseDep, decision_id: DecisionId = None) -> Response:
    """Every decision on a card, oldest first; long texts are cut."""
    return json_response(entries.of(database, candidate_id, decision_id))


# before the card's own route: an id may hold slashes
router.include_router(_histories)


@router.get(f"/candidates/{CANDIDATE}", response_model=card_shape(), responses=errors(404, 422))
def candidate(candidate_id: str, database: DatabaseDep) -> Response:
    """One card."""
    return json_response(candidates.get(database, candidate_id))
