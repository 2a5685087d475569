"""The ledger under any imports, decisions and files: counts add up, cards follow, nothing kept is dropped."""

from __future__ import annotations

from collections import Counter as Tally
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from avocet.domain import OUTCOMES, Outcome
from avocet.errors import AlreadyDecided
from avocet.importers.base import Kept
from tests.consistency import assert_consistent
from tests.examples import examples
from tests.properties.conftest import NewDesk
from tests.runs.listed import Listed, import_listed
from tests.runs.test_ledger import decide, groups, outcomes_of_cards

OUTCOME = st.sampled_from(OUTCOMES)
FILE = st.dictionaries(st.sampled_from("abcdefgh"), OUTCOME, max_size=8)
STEP = st.one_of(
    st.tuples(st.just("import"), FILE, st.integers(0, 3)),
    st.tuples(st.just("decide"), st.sampled_from("abcdefgh"), st.integers(0, 3)),
)


@examples(30)
@given(steps=st.lists(STEP, min_size=1, max_size=6))
def test_counts_add_up_whatever_is_imported_again(new_desk: NewDesk, steps: list[Any]) -> None:
    """The counts are those of the last file, cards follow, nothing that was kept is dropped."""
    last: dict[str, Outcome] = {}
    kept: set[str] = set()
    with new_desk() as (database, folder):
        for step, what, number in steps:
            if step == "import":
                keep: dict[Kept, int] = {"passed": number}
                import_listed(database, folder, [Listed(item, found) for item, found in what.items()], keep=keep)
                last = what or last
            elif what in outcomes_of_cards(database):
                with suppress(AlreadyDecided):
                    decide(database, what)
            cards = outcomes_of_cards(database)
            assert kept <= cards.keys()
            kept = set(cards)
            counts = groups(database).get(("small", "sums"), {})
            assert counts == dict(Tally(last.values()))
            assert {item for item, found in last.items() if found == "failed"} <= cards.keys()
            assert all(cards[item][1] == found for item, found in last.items() if item in cards)
            assert_consistent(database)
