"""Insights and the overview: why models fail, how far the review is, and what to do next."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from avocet.api.deps import DatabaseDep, TrainingsDep
from avocet.api.responses import errors, json_response
from avocet.api.schemas.base import Wanted
from avocet.api.shapes import shape_of
from avocet.scores.insights import Insights, insights
from avocet.scores.narrowed import Narrowed
from avocet.scores.overview import Overview, overview
from avocet.scores.tags import TagMixes, tag_mixes

router = APIRouter(tags=["scores"])
Of = Annotated[Wanted | None, Query()]


@router.get("/insights", response_model=shape_of(Insights), responses=errors(422))
def read_insights(database: DatabaseDep, run_id: Of = None, model_name: Of = None, task_type: Of = None) -> Response:
    """The failures by category, model, task and run, the pace, the kinds, and the sizes, of all or of one of each."""
    return json_response(insights(database, Narrowed(run_id=run_id, model_name=model_name, task_type=task_type)))


@router.get("/insights/tags", response_model=shape_of(TagMixes), responses=errors(422))
def read_tag_mixes(database: DatabaseDep, run_id: Of = None, model_name: Of = None, task_type: Of = None) -> Response:
    """The cards of each tag by outcome and by category, of all or of one run, model or task."""
    return json_response(tag_mixes(database, run_id, model_name, task_type))


@router.get("/overview", response_model=shape_of(Overview))
def read_overview(database: DatabaseDep, trainings_: TrainingsDep) -> Response:
    """What came in, what waits, what is ready to train, what changed since the last training, and one next step."""
    return json_response(overview(database, trainings_.all()))
