"""Samples: what is drawn, in which order, what growing adds, and what counts as read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from avocet import runs
from avocet.db import Database
from avocet.errors import (
    InvalidRequest,
    NothingToDraw,
    SampleExists,
    SampleRead,
    UnknownSample,
)
from avocet.faults import CheckFault
from avocet.models import Candidate, Run, SampleMember
from avocet.review import bulk, decisions, entries, history, queue, samples, search
from avocet.review.bulk_step import BulkStep
from avocet.review.decisions import Submission
from avocet.review.history import DecidedFilter
from avocet.review.queue import QueueFilter
from avocet.review.samples import Asked, SampleProgress, Share
from tests.factories import RUN, candidate_line, candidate_lines, import_lines
from tests.runs.listed import Listed, import_listed

SEED = 7
# by hand: the ten ids in the order of blake2b(id, key=b"7", digest_size=8)
ORDER = [1, 6, 4, 8, 5, 2, 9, 7, 3, 0]


def item(number: int) -> str:
    return f"{RUN}/item-{number}"


@pytest.fixture
def ten(database: Database, bench_dir: Path) -> Database:
    """A desk with ten failed cards of one task and model."""
    import_lines(database, bench_dir, candidate_lines(10))
    return database


def draw(database: Database, size: int | None = 5, name: str = "s", **asked: Any) -> SampleProgress:
    filters = QueueFilter(**asked.pop("filter", {}))
    return samples.draw(database, name, Asked(size=size, seed=SEED, filter=filters, **asked), "rowan")


def members(database: Database, name: str = "s") -> list[str]:
    """The ids of the sample's cards in its order, whatever became of them."""
    query = select(Candidate.id).join(SampleMember, SampleMember.candidate_seq == Candidate.seq)
    with database.read() as connection:
        pk = samples.progress.need(connection, name).pk
        return list(connection.scalars(query.where(SampleMember.sample_pk == pk).order_by(SampleMember.place)))


def numbers(ids: list[str]) -> list[int]:
    return [int(one.rpartition("-")[2]) for one in ids]


def read(database: Database, *ids: str, action: Any = "discard", **said: Any) -> None:
    for one in ids:
        decisions.submit(database, Submission(id=one, action=action, **said), "rowan")


def in_bulk(database: Database, *ids: str) -> None:
    bulk.decide(database, BulkStep(action="discard", ids=ids), "rowan")


def by_task(progress: SampleProgress) -> dict[Any, int]:
    return {part.part.task_type: part.members for part in progress.parts}


class TestDrawing:
    def test_the_order_is_that_of_the_seed_and_the_ids_alone(self, ten: Database) -> None:
        """On either database, and in every version: a stored sample grows in the order that it began in."""
        done = draw(ten, 4)
        assert numbers(members(ten)) == ORDER[:4]
        assert (done.members, done.waiting, done.cards, done.size) == (4, 4, 10, 10)
        assert (done.decided, done.unread, done.prefix, done.unopened) == (0, 0, 0, 0)
        assert (done.name, done.seed, done.per, done.reviewer) == ("s", SEED, [], "rowan")
        assert (done.last_card, done.last_decision) == (10, 0)
        assert done.filter == {"outcome": "failed"}
        assert samples.get(ten, "s") == done == samples.read_all(ten)[0]

    def test_no_more_than_there_are(self, ten: Database) -> None:
        assert draw(ten, 50).members == 10
        assert numbers(members(ten)) == ORDER

    def test_without_a_seed_one_is_kept(self, ten: Database) -> None:
        done = samples.draw(ten, "a", Asked(size=4), "rowan")
        again = samples.draw(ten, "b", Asked(size=4, seed=done.seed), "rowan")
        assert again.seed == done.seed
        assert members(ten, "a") == members(ten, "b")

    def test_what_was_read_before_is_not_drawn(self, ten: Database) -> None:
        read(ten, item(ORDER[0]), item(ORDER[2]))
        done = draw(ten, 3)
        assert numbers(members(ten)) == [ORDER[1], ORDER[3], ORDER[4]]
        assert (done.cards, done.size, done.unopened, done.last_decision) == (8, 8, 0, 2)

    def test_a_decision_that_was_undone_is_none(self, ten: Database) -> None:
        read(ten, item(ORDER[0]))
        decisions.undo(ten, item(ORDER[0]), "rowan")
        draw(ten, 1)
        assert numbers(members(ten)) == [ORDER[0]]

    def test_what_was_decided_in_bulk_is_counted_and_not_drawn(self, ten: Database) -> None:
        in_bulk(ten, item(ORDER[0]), item(ORDER[1]))
        done = draw(ten, 10)
        assert numbers(members(ten)) == ORDER[2:]
        assert (done.cards, done.size, done.unopened) == (8, 8, 2)

    def test_only_what_the_filter_finds(self, database: Database, bench_dir: Path) -> None:
        lines = [
            candidate_line(n, quality_score=n / 10, source=f"s{n % 2}", model_name=f"m{n % 3}") for n in range(10)
        ]
        import_lines(database, bench_dir, lines)
        import_lines(database, bench_dir, candidate_lines(3, id=..., task_id="other"), "2026-02-03-000000")
        done = draw(database, 10, filter={"run_id": RUN, "source": "s1", "min_score": 0.3, "max_score": 0.8})
        assert sorted(numbers(members(database))) == [3, 5, 7]
        assert done.filter == {
            "run_id": RUN, "source": "s1", "min_score": 0.3, "max_score": 0.8, "outcome": "failed",
        }  # fmt: skip
        draw(database, 10, "m", filter={"run_id": RUN, "model_name": "m1"})
        assert sorted(numbers(members(database, "m"))) == [1, 4, 7]

    def test_a_search_must_know_every_card(self, ten: Database) -> None:
        with pytest.raises(InvalidRequest, match="0 of 10"):
            draw(ten, 3, filter={"q": '"It is 3."'})
        search.index_all(ten)
        assert draw(ten, 3, filter={"q": '"It is 3."'}).cards == 1

    def test_nothing_to_draw(self, ten: Database) -> None:
        with pytest.raises(NothingToDraw):
            draw(ten, 3, filter={"model_name": "another"})
        assert samples.read_all(ten) == []

    def test_a_name_is_given_once(self, ten: Database) -> None:
        draw(ten, 2)
        with pytest.raises(SampleExists, match="'s'"):
            draw(ten, 2)

    @pytest.mark.parametrize("name", ["", " ", "a ", "a/b", "x" * 81, "a\x00"])
    def test_a_name_that_can_be_none(self, ten: Database, name: str) -> None:
        with pytest.raises(InvalidRequest, match="name"):
            draw(ten, 2, name)

    @pytest.mark.parametrize(
        "asked",
        [
            Asked(),
            Asked(size=0),
            Asked(size=100_001),
            Asked(size=1, seed=-1),
            Asked(size=1, per=("colour",)),  # type: ignore[arg-type]
            Asked(size=1, filter=QueueFilter(like="a")),
            Asked(size=1, filter=QueueFilter(sample="a")),
            Asked(size=1, filter=QueueFilter(check="odd")),
            Asked(size=1, filter=QueueFilter(tag=("a", "b"))),
            Asked(size=1, filter=QueueFilter(not_tag="a")),
            Asked(size=1, filter=QueueFilter(outcome="lost")),  # type: ignore[arg-type]
            Asked(size=1, allocation=(Share("failed", 1, None, None),)),
            Asked(allocation=(Share("failed", 0, None, None),)),
            Asked(allocation=(Share("failed", 1, None, None),), per=("task",)),
            Asked(allocation=(Share("failed", 1, None, None),) * 2),
            Asked(allocation=(Share("failed", 1, "arithmetic", "another"),)),
        ],
    )
    def test_what_makes_no_sense(self, ten: Database, asked: Asked) -> None:
        with pytest.raises(InvalidRequest):
            samples.draw(ten, "s", asked, "rowan")
        assert samples.read_all(ten) == []

    def test_a_repeated_request_is_done_once(self, ten: Database) -> None:
        asked = Asked(size=10)
        first = samples.draw(ten, "s", asked, "rowan", "key")
        read(ten, *members(ten))
        assert samples.draw(ten, "s", asked, "rowan", "key") == first
        assert len(samples.read_all(ten)) == 1


class TestParts:
    def test_so_many_of_each_task_spread_evenly(self, database: Database, bench_dir: Path) -> None:
        lines = [candidate_line(n, task_type="many" if n < 8 else "few") for n in range(10)]
        import_lines(database, bench_dir, lines)
        done = draw(database, 4, per=("task",))
        assert by_task(done) == {"many": 4, "few": 2}
        tasks = ["many" if number < 8 else "few" for number in numbers(members(database))]
        # (i + ½) / n: 1/8, 3/8, 5/8, 7/8 and 1/4, 3/4
        assert tasks == ["many", "few", "many", "many", "few", "many"]
        few = [number for number in numbers(members(database)) if number >= 8]
        assert few == [number for number in ORDER if number >= 8]

    def test_one_part_is_the_whole_whatever_tasks_it_spans(self, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(n, task_type=f"t{n}") for n in range(10)])
        done = draw(database, 4)
        assert numbers(members(database)) == ORDER[:4]
        assert len(done.parts) == 1
        assert samples.Part("failed") == done.parts[0].part

    def test_by_task_and_model_with_cards_that_have_none(self, database: Database, bench_dir: Path) -> None:
        lines = [
            candidate_line(n, task_type="t" if n % 2 else None, model_name="m" if n % 3 else ...) for n in range(10)
        ]
        import_lines(database, bench_dir, lines)
        done = draw(database, 1, per=("model", "task"))
        assert done.per == ["task", "model"]
        assert {(part.part.task_type, part.part.model_name, part.cards) for part in done.parts} == {
            (None, None, 2),  # 0, 6
            ("t", None, 2),  # 3, 9
            ("t", "m", 3),  # 1, 5, 7
            (None, "m", 3),  # 2, 4, 8
        }

    def test_an_allocation(self, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(n, task_type="ab"[n % 2]) for n in range(10)])
        shares = (Share("failed", 3, "a", "small-model"), Share("failed", 1, "b", "small-model"))
        done = draw(database, None, allocation=shares)
        assert by_task(done) == {"a": 3, "b": 1}
        grown = samples.grow(database, "s", allocation=(Share("failed", 2, "b", "small-model"),))
        assert by_task(grown) == {"a": 3, "b": 3}
        with pytest.raises(InvalidRequest, match="no part"):
            samples.grow(database, "s", allocation=(Share("failed", 2, "c", "small-model"),))
        draw(database, 2, "whole")
        with pytest.raises(InvalidRequest, match="not divided"):
            samples.grow(database, "whole", allocation=shares)


class TestPasses:
    def items(self) -> list[Listed]:
        passes = [Listed(f"p-{n}", "passed") for n in range(40)]
        words = [Listed(f"w-{n}", "passed", "words") for n in range(3)]
        return [*passes, *words, *(Listed(f"f-{n}") for n in range(6))]

    def part(self, done: SampleProgress, outcome: str, task: Any = msgspec.UNSET) -> samples.PartProgress:
        (found,) = [one for one in done.parts if (one.part.outcome, one.part.task_type) == (outcome, task)]
        return found

    def test_are_divided_by_task_model_and_run_and_stand_for_those_without_a_card(
        self, database: Database, tmp_path: Path
    ) -> None:
        import_listed(database, tmp_path, self.items(), keep={"passed": 10})
        done = draw(database, 5, per=("outcome",), filter={"outcome": "any"})
        failed, sums = self.part(done, "failed"), self.part(done, "passed", "sums")
        words = self.part(done, "passed", "words")
        assert (failed.cards, failed.size, failed.members) == (6, 6, 5)
        assert sums.part == samples.Part("passed", "sums", "small", "listed")
        # five passes, of 40 and 3: the third word would come at 2.5/3, long after 4.5/40; the first at 0.5/3
        assert (sums.cards, sums.size, sums.members) == (10, 40, 5)
        assert (words.cards, words.size, words.members) == (3, 3, 0)

    def test_without_per_come_in_proportion_to_all_items(self, database: Database, tmp_path: Path) -> None:
        import_listed(database, tmp_path, self.items(), keep={"passed": 10})
        done = draw(database, 8, filter={"outcome": "any"})
        # 40, 3 and 6 items: by the divisor method 8 cards are 7, 0 and 1 (6.5/40 < 0.5/3, and 0.5/6 < 6.5/40)
        assert self.part(done, "passed", "sums").members == 7
        assert self.part(done, "passed", "words").members == 0
        assert self.part(done, "failed").members == 1

    def test_of_which_some_were_kept_are_drawn_read_or_not(self, database: Database, tmp_path: Path) -> None:
        """Those left after somebody picked some to read would be no random choice of all passes."""
        import_listed(database, tmp_path, self.items(), keep={"passed": 10})
        draw(database, 10, "before", filter={"outcome": "passed", "task_type": "sums"})
        order = members(database, "before")
        read(database, order[0], order[4])
        done = draw(database, 10, filter={"outcome": "passed", "task_type": "sums"})
        assert members(database) == order
        assert (done.cards, done.size, done.prefix, done.waiting) == (10, 40, 1, 8)

    def test_all_of_which_were_kept_are_drawn_unread(self, database: Database, tmp_path: Path) -> None:
        import_listed(database, tmp_path, self.items(), keep={"passed": 10})
        words = draw(database, 3, "before", filter={"outcome": "passed", "task_type": "words"})
        read(database, members(database, "before")[0])
        done = draw(database, 3, filter={"outcome": "passed", "task_type": "words"})
        assert words.cards == 3
        assert (done.cards, done.size, done.members) == (2, 2, 2)

    def test_decided_in_bulk_stand_for_their_share(self, database: Database, tmp_path: Path) -> None:
        import_listed(database, tmp_path, self.items(), keep={"passed": 10})
        draw(database, 10, "before", filter={"outcome": "passed", "task_type": "sums"})
        in_bulk(database, *members(database, "before")[:2])
        done = draw(database, 10, filter={"outcome": "passed", "task_type": "sums"})
        assert (done.cards, done.size, done.unopened) == (8, 32, 2)

    def test_of_a_narrower_filter_stand_for_themselves(self, database: Database, tmp_path: Path) -> None:
        """Nobody knows how many of the passes without a card match."""
        import_listed(database, tmp_path, self.items(), keep={"passed": 10})
        done = draw(database, 10, filter={"outcome": "passed", "task_type": "sums", "source": "listed"})
        assert (done.cards, done.size) == (10, 10)


class TestGrowing:
    def test_adds_the_next_of_the_same_order(self, ten: Database) -> None:
        draw(ten, 3)
        grown = samples.grow(ten, "s", 6)
        assert numbers(members(ten)) == ORDER[:6]
        assert (grown.members, grown.cards) == (6, 10)
        assert samples.grow(ten, "s", 6) == grown
        assert samples.grow(ten, "s", 60).members == 10
        assert numbers(members(ten)) == ORDER

    def test_cards_decided_meanwhile_come_when_their_turn_is(self, ten: Database) -> None:
        draw(ten, 2)
        read(ten, item(ORDER[2]))
        in_bulk(ten, item(ORDER[3]))
        grown = samples.grow(ten, "s", 5)
        assert numbers(members(ten)) == ORDER[:5]
        assert (grown.decided, grown.unread, grown.waiting, grown.prefix) == (2, 1, 3, 0)
        read(ten, item(ORDER[0]), item(ORDER[1]))
        assert samples.get(ten, "s").prefix == 3

    def test_cards_that_came_later_are_no_part_of_it(self, ten: Database, bench_dir: Path) -> None:
        draw(ten, 2)
        import_lines(ten, bench_dir, candidate_lines(30))
        assert samples.grow(ten, "s", 60).members == 10
        assert draw(ten, 60, "later").members == 30

    def test_cards_that_no_longer_match_come_all_the_same(self, ten: Database) -> None:
        search.index_all(ten)
        draw(ten, 1, filter={"q": "It is"})
        with ten.write() as connection:
            connection.execute(update(Candidate).values(outcome="passed", item_outcome="passed"))
        samples.grow(ten, "s", 10)
        assert numbers(members(ten)) == ORDER

    def test_of_parts_continues_each(self, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(n, task_type="ab"[n % 2]) for n in range(10)])
        draw(database, 2, per=("task",))
        first = members(database)
        grown = samples.grow(database, "s", 4)
        assert members(database)[:4] == first
        assert by_task(grown) == {"a": 4, "b": 4}
        for parity in (0, 1):
            of_task = [number for number in numbers(members(database)) if number % 2 == parity]
            assert of_task == [number for number in ORDER if number % 2 == parity][:4]

    def test_never_shrinks(self, ten: Database) -> None:
        draw(ten, 5)
        with pytest.raises(InvalidRequest, match="5 cards already"):
            samples.grow(ten, "s", 4)

    def test_of_a_sample_that_is_not_there(self, ten: Database) -> None:
        for name in ("s", "a\x00"):
            with pytest.raises(UnknownSample):
                samples.grow(ten, name, 4)

    def test_a_repeated_request_is_done_once(self, ten: Database) -> None:
        draw(ten, None, allocation=(Share("failed", 2, "arithmetic", "small-model"),))
        more = (Share("failed", 3, "arithmetic", "small-model"),)
        first = samples.grow(ten, "s", allocation=more, reviewer="rowan", key="key")
        samples.grow(ten, "s", 7)
        assert samples.grow(ten, "s", allocation=more, reviewer="rowan", key="key") == first
        assert (first.members, samples.get(ten, "s").members) == (5, 7)
        to_size = samples.grow(ten, "s", 8, reviewer="rowan", key="other key")
        samples.grow(ten, "s", 9)
        assert samples.grow(ten, "s", 8, reviewer="rowan", key="other key") == to_size

    def test_by_several_at_once_gives_every_place_once(self, ten: Database) -> None:
        draw(ten, 1)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda size: samples.grow(ten, "s", 8), range(8)))
        assert numbers(members(ten)) == ORDER[:8]

    def test_draw_or_grow(self, ten: Database) -> None:
        assert samples.draw_or_grow(ten, "s", Asked(size=2, seed=SEED), "rowan").members == 2
        assert samples.draw_or_grow(ten, "s", Asked(size=4), "rowan").members == 4
        assert numbers(members(ten)) == ORDER[:4]
        with pytest.raises(SampleExists):
            samples.draw_or_grow(ten, "s", Asked(size=5, per=("task",)), "rowan")


class TestReading:
    def test_the_beginning_counts_that_was_read_without_a_gap(self, ten: Database) -> None:
        draw(ten, 5)
        ids = members(ten)
        read(ten, ids[0], ids[1], ids[3])
        done = samples.get(ten, "s")
        assert (done.prefix, done.decided, done.waiting, done.unread) == (2, 3, 2, 0)
        read(ten, ids[2])
        assert samples.get(ten, "s").prefix == 4
        decisions.undo(ten, ids[1], "rowan")
        done = samples.get(ten, "s")
        assert (done.prefix, done.decided, done.waiting) == (1, 3, 2)

    def test_a_bulk_step_is_no_reading(self, ten: Database) -> None:
        draw(ten, 5)
        ids = members(ten)
        read(ten, ids[0], ids[2])
        in_bulk(ten, ids[1])
        done = samples.get(ten, "s")
        assert (done.prefix, done.decided, done.unread, done.waiting) == (1, 3, 1, 2)
        (standing,) = entries.of(ten, ids[1])
        read(ten, ids[1], revises=standing.decision_id)
        assert (samples.get(ten, "s").prefix, samples.get(ten, "s").unread) == (3, 0)

    def test_each_part_has_its_own_beginning(self, database: Database, bench_dir: Path) -> None:
        import_lines(database, bench_dir, [candidate_line(n, task_type="ab"[n % 2]) for n in range(10)])
        draw(database, 3, per=("task",))
        of_a, of_b = ([one for one in members(database) if numbers([one])[0] % 2 == parity] for parity in (0, 1))
        read(database, *of_a[:2], of_b[1])
        done = samples.get(database, "s")
        assert {part.part.task_type: part.prefix for part in done.parts} == {"a": 2, "b": 0}
        assert done.prefix == 2

    def test_cards_taken_back_undecided_stay_and_end_it(self, ten: Database) -> None:
        draw(ten, 5)
        read(ten, members(ten)[0], members(ten)[2])
        runs.take_back(ten, RUN, "rowan")
        done = samples.get(ten, "s")
        assert (done.members, done.prefix, done.decided, done.waiting) == (5, 1, 2, 0)

    def test_a_run_taken_back_whole_counts_nowhere(self, ten: Database, bench_dir: Path) -> None:
        import_lines(ten, bench_dir, [candidate_line(n, id=f"z-{n}") for n in range(10, 14)], "2026-02-03-000000")
        draw(ten, 14)
        read(ten, *[one for one in members(ten) if one.startswith("z-")])
        runs.take_back(ten, RUN, "rowan", decided_too=True)
        done = samples.get(ten, "s")
        assert (done.members, done.prefix, done.decided, done.waiting) == (4, 4, 4, 0)
        runs.restore(ten, RUN)
        assert samples.get(ten, "s").members == 14


class TestLists:
    def ids(self, database: Database, **filters: Any) -> list[str]:
        return [card["id"] for card in queue.page(database, QueueFilter(**filters)).items]

    def test_the_queue_shows_the_cards_that_wait_in_the_samples_order(self, ten: Database) -> None:
        draw(ten, 6)
        read(ten, item(ORDER[1]))
        shown = [ORDER[0], *ORDER[2:6]]
        assert numbers(self.ids(ten, sample="s")) == shown
        assert queue.page(ten, QueueFilter(sample="s"), per_page=2).total == 5
        assert numbers(self.ids(ten, sample="s", order="imported")) == sorted(shown)
        assert numbers(self.ids(ten, sample="s", order="newest")) == sorted(shown, reverse=True)
        assert self.ids(ten, sample="another") == []

    def test_page_after_page_in_the_samples_order(self, ten: Database) -> None:
        draw(ten, 7)
        seen: list[str] = []
        while page := queue.page(ten, QueueFilter(sample="s"), per_page=2, after=seen[-1] if seen else None).items:
            seen += [card["id"] for card in page]
            # a card that was decided meanwhile still says where the next page begins
            read(ten, seen[-1])
        assert numbers(seen) == ORDER[:7]
        second = queue.page(ten, QueueFilter(sample="s"), page=2, per_page=2).items
        assert numbers([card["id"] for card in second]) == [ORDER[4]]

    def test_after_a_card_that_is_not_in_it(self, ten: Database) -> None:
        draw(ten, 3)
        with pytest.raises(InvalidRequest, match="after"):
            queue.page(ten, QueueFilter(sample="s"), after=item(ORDER[5]))

    def test_the_order_of_a_sample_needs_one(self, ten: Database) -> None:
        with pytest.raises(InvalidRequest, match="name one"):
            queue.page(ten, QueueFilter(order="sample"))

    def test_the_queue_of_a_sample_has_every_outcome(self, database: Database, tmp_path: Path) -> None:
        import_listed(
            database, tmp_path, [Listed("f"), *(Listed(f"p{n}", "passed") for n in range(5))], keep={"passed": 2}
        )
        draw(database, 2, per=("outcome",), filter={"outcome": "any"})
        assert len(self.ids(database, sample="s")) == 3
        assert len(self.ids(database, sample="s", outcome="passed")) == 2
        assert len(self.ids(database)) == 1

    def test_what_is_decided(self, ten: Database) -> None:
        draw(ten, 3)
        read(ten, item(ORDER[1]), item(ORDER[5]))
        page = history.page(ten, DecidedFilter(sample="s"))
        assert ([one.id for one in page.items], page.total) == ([item(ORDER[1])], 1)
        assert history.summary(ten, DecidedFilter(sample="s")).total == 1

    def test_a_bulk_step_on_a_sample_is_refused(self, ten: Database) -> None:
        draw(ten, 3)
        with pytest.raises(InvalidRequest, match="there to be read"):
            bulk.decide(ten, BulkStep(action="discard", queue=QueueFilter(sample="s")), "rowan")
        read(ten, item(ORDER[0]), item(ORDER[4]))
        step = BulkStep(action="recategorise", failure_category="format_error", decided=DecidedFilter(sample="s"))
        assert bulk.decide(ten, step, "rowan").count == 1
        assert samples.get(ten, "s").prefix == 1


class TestDeleting:
    def test_of_what_nobody_read(self, ten: Database) -> None:
        read(ten, item(ORDER[0]))
        draw(ten, 3)
        draw(ten, 3, "other")
        in_bulk(ten, item(ORDER[1]))
        samples.delete(ten, "s")
        assert [one.name for one in samples.read_all(ten)] == ["other"]
        assert samples.get(ten, "other").members == 3
        draw(ten, 2)
        with pytest.raises(UnknownSample):
            samples.delete(ten, "another")

    def test_of_what_somebody_read_is_refused(self, ten: Database) -> None:
        draw(ten, 3)
        read(ten, item(ORDER[1]))
        with pytest.raises(SampleRead, match="1 of its cards was read"):
            samples.delete(ten, "s")
        assert samples.get(ten, "s").members == 3


class TestReport:
    def reads(self, database: Database, run_id: str = RUN) -> list[samples.SampleReads]:
        with database.read() as connection:
            pk = connection.scalar(select(Run.pk).where(Run.run_id == run_id))
            return samples.reads_of_run(connection, pk or 0)

    def test_what_the_random_reads_say(self, ten: Database) -> None:
        draw(ten, 6)
        ids = members(ten)
        read(ten, ids[0], action="accept")
        read(ten, ids[1], failure_category="wrong_answer")
        read(ten, ids[2], failure_category="wrong_answer")
        broken: CheckFault = "question_broken"
        read(ten, ids[3], failure_category="wrong_answer", check_fault=broken)
        # after the gap: facts, not data
        read(ten, ids[5], failure_category="hallucination")
        (found,) = self.reads(ten)
        assert (found.name, found.last_card, found.last_decision) == ("s", 10, 0)
        part = samples.Part("failed")
        assert found.frame == [samples.FrameRow(part, "small-model", "arithmetic", "failed", 10, 10, 0)]
        assert {(one.reading, one.failure_category, one.check_fault, one.n) for one in found.reads} == {
            ("right", "scoring_artifact", None, 1),
            ("wrong", "wrong_answer", None, 2),
            ("set_aside", "wrong_answer", broken, 1),
        }
        assert {(one.part, one.model_name, one.task_type, one.item_outcome) for one in found.reads} == {
            (part, "small-model", "arithmetic", "failed")
        }

    def test_of_one_run_alone_though_a_gap_in_another_ends_it(self, ten: Database, bench_dir: Path) -> None:
        import_lines(ten, bench_dir, [candidate_line(n, id=f"z-{n}") for n in range(10, 20)], "2026-02-03-000000")
        draw(ten, 20)
        ids = members(ten)
        first_of_other = next(number for number, one in enumerate(ids) if one.startswith("z-"))
        read(ten, *[one for one in ids if not one.startswith("z-")])
        (found,) = self.reads(ten)
        assert [row.cards for row in found.frame] == [10]
        assert sum(one.n for one in found.reads) == first_of_other
        (other,) = self.reads(ten, "2026-02-03-000000")
        assert (other.reads, [row.cards for row in other.frame]) == ([], [10])

    def test_a_run_without_a_sample_has_none(self, ten: Database, bench_dir: Path) -> None:
        import_lines(ten, bench_dir, candidate_lines(2, id=...), "2026-02-03-000000")
        draw(ten, 3, filter={"run_id": RUN})
        assert self.reads(ten, "2026-02-03-000000") == []
