"""What differs for cards that did not fail: kept to audit what the check accepts, or could not score."""

from __future__ import annotations

from typing import NoReturn

from avocet.categories import FailureCategory, is_artifact
from avocet.domain import Outcome
from avocet.errors import InvalidRequest


def stored_category(action: str, chosen: FailureCategory | None, outcome: Outcome) -> FailureCategory | None:
    """The category that a verdict is stored with: the chosen one, else `scoring_artifact` for an accepted failure.

    Raises:
        InvalidRequest: the answer passed, and the category makes no sense for it.
    """
    if action == "accept" and outcome == "passed" and chosen is not None:
        refuse_category()
    check_category(chosen, outcome)
    return chosen or ("scoring_artifact" if action == "accept" and outcome == "failed" else None)


def check_category(chosen: FailureCategory | None, outcome: Outcome) -> None:
    """Refuse `scoring_artifact` for an answer that passed.

    Raises:
        InvalidRequest: it is that.
    """
    if outcome == "passed" and is_artifact(chosen):
        raise InvalidRequest("scoring_artifact is for answers that failed; this one passed.")


def refuse_category(accepted: int = 1) -> NoReturn:
    """Refuse a category for that many answers that passed and are accepted.

    Raises:
        InvalidRequest: always.
    """
    which = (
        "" if accepted == 1 else f" {accepted:,} of these answers are accepted; choose the others by their action."
    )
    raise InvalidRequest(
        f"On an answer that passed, accept says that it passed rightly: it takes no category.{which}"
    )
