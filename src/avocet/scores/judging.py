"""How far a judge can be believed: what people said of the answers that it judged too, and what that says of all."""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, Row, select

from avocet.domain import OUTCOMES
from avocet.judges import JudgeVerdict, judge_in
from avocet.models import Candidate
from avocet.review import samples
from avocet.scores.cells import CellKey, RandomReads, ReadCard, RunCells, Said, read_cards
from avocet.scores.estimate import corrected_score
from avocet.scores.gathering import gather
from avocet.scores.rows import Number, is_right, number_of
from avocet.scores.told import Told

_CHECKED = frozenset({"failed", "passed"})
_DECIDED = frozenset({"right", "wrong"})
_AGREES, _DIFFERS, _SILENT = Said("right", "", ""), Said("wrong", "", ""), Said("undecided", "", "")


class JudgeReport(msgspec.Struct, frozen=True):
    """How far a judge can be believed: a model with one prompt, whose SHA-256 `prompt` is (null: not known).

    The counts are of read answers that failed or passed the check and that a person found right or wrong:
    `passed_wrong` is how many the judge passed though they are wrong. On `no_verdict` more it said nothing, and
    `unjudged` were not put to it. `fails_right` and `passes_wrong` are shares of those counts, not of all answers.
    `agreed` is on how many of the counted the judge says what the person says, `check_agreed` on how many the check
    does. `agreement` and `check_agreement` estimate the same of all answers of the run, from what was read by lot;
    null where that can't be told, and `notes` says why.
    """

    model: str
    prompt: str | None
    passed_right: int
    passed_wrong: int
    failed_right: int
    failed_wrong: int
    no_verdict: int
    unjudged: int
    agreed: int
    check_agreed: int
    fails_right: float | None
    passes_wrong: float | None
    agreement: Number | None
    check_agreement: Number | None
    rough: bool
    notes: list[str]


class _Who(NamedTuple):
    model: str
    prompt: str


_Verdicts = dict[int, JudgeVerdict | None]


def judges_of(connection: Connection, run_pk: int) -> list[JudgeReport]:
    """A report for each judge that said something of a read answer, by model and prompt; empty if none did."""
    judges = _verdicts(connection, run_pk)
    if not judges:
        return []
    read = [card for card in read_cards(connection, run_pk) if card.key.outcome in _CHECKED]
    run = _Run(connection, run_pk, samples.random_cards(connection, run_pk))
    return [_report(run, who, judges[who], read) for who in sorted(judges)]


def _verdicts(connection: Connection, run_pk: int) -> dict[_Who, _Verdicts]:
    """What each judge said of the read cards of a run, by the card's number."""
    query = select(Candidate.seq, Candidate.details).where(
        Candidate.run_pk == run_pk,
        Candidate.status != "needs_review",
        Candidate.is_read,
        Candidate.details.contains('"judge"'),
    )
    found: defaultdict[_Who, _Verdicts] = defaultdict(dict)
    for seq, details in connection.execute(query):
        if says := judge_in(details):
            found[_Who(says.model, says.prompt or "")][seq] = says.verdict
    return found


class _Run(NamedTuple):
    connection: Connection
    pk: int
    random: Mapping[str, Sequence[tuple[str, int]]]


def _report(run: _Run, who: _Who, verdicts: _Verdicts, read: Sequence[ReadCard]) -> JudgeReport:
    counted: Tally[tuple[str, str]] = Tally()
    silent = check_agreed = 0
    for card in read:
        if card.said.reading in _DECIDED and card.seq in verdicts:
            verdict = verdicts[card.seq]
            if verdict is None:
                silent += 1
            else:
                counted[verdict, card.said.reading] += 1
                check_agreed += _agree(card.key.outcome, card.said)
    right = counted["passed", "right"] + counted["failed", "right"]
    wrong = counted["passed", "wrong"] + counted["failed", "wrong"]
    told = _estimate(run, read, {seq: verdict for seq, verdict in verdicts.items() if verdict})
    by_check = {card.seq: card.key.outcome for card in read if verdicts.get(card.seq)}
    check = _estimate(run, read, by_check)
    return JudgeReport(
        model=who.model,
        prompt=who.prompt or None,
        passed_right=counted["passed", "right"],
        passed_wrong=counted["passed", "wrong"],
        failed_right=counted["failed", "right"],
        failed_wrong=counted["failed", "wrong"],
        no_verdict=silent,
        unjudged=sum(card.said.reading in _DECIDED and card.seq not in verdicts for card in read),
        agreed=counted["passed", "right"] + counted["failed", "wrong"],
        check_agreed=check_agreed,
        fails_right=counted["failed", "right"] / right if right else None,
        passes_wrong=counted["passed", "wrong"] / wrong if wrong else None,
        agreement=number_of(told),
        check_agreement=number_of(check),
        rough=told.rough,
        notes=[f"Nothing is estimated of all answers: {told.note.rstrip('.')}."] if told.note else [],
    )


def _agree(verdict: str, said: Said) -> bool:
    return (verdict == "passed") == (said.reading == "right")


def _estimate(run: _Run, read: Iterable[ReadCard], verdicts: Mapping[int, str]) -> Told:
    """The share of all answers on which verdicts agree with people, as the corrected score is estimated.

    An answer without a verdict says nothing, like one that its reader could not decide.
    """
    cells = _AgreementCells(run, {card.seq: card._replace(said=_turned(card, verdicts)) for card in read})
    failed, passed = (gather(cells, cells.of(outcome)).reads(is_right) for outcome in ("failed", "passed"))
    return corrected_score(failed, passed)


def _turned(card: ReadCard, verdicts: Mapping[int, str]) -> Said:
    """What a read says of the agreement: right where both agree."""
    if card.said.reading not in _DECIDED:
        return card.said
    verdict = verdicts.get(card.seq)
    if verdict is None:
        return _SILENT
    return _AGREES if _agree(verdict, card.said) else _DIFFERS


class _AgreementCells(RunCells):
    """The cells of a run, of whose reads is told what they say of the agreement, card by card."""

    def __init__(self, run: _Run, cards: Mapping[int, ReadCard]) -> None:
        self._cards = cards
        self._random = run.random
        super().__init__(run.connection, run.pk)

    def _count_reads(self) -> None:
        for card in self._cards.values():
            if card.key.outcome in OUTCOMES and card.said.reading:
                self._cell(*card.key).said[card.said] += 1

    def _random_reads(self, sample: samples.SampleReads) -> RandomReads:
        reads: RandomReads = defaultdict(Tally[Said])
        for part, seq in self._random.get(sample.name, ()):
            if card := self._cards.get(seq):
                reads[CellKey(*card.key), part][card.said] += 1
        return reads

    def _said_of_pass(self, row: Row[Any]) -> Said | None:
        card = self._cards.get(row.seq)
        return card.said if card and card.said.reading else None

    def _read_cards(self) -> Iterable[ReadCard]:
        return self._cards.values()
