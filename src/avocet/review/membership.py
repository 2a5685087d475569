"""Which cards are in a sample, and where: the conditions and the order by which the lists of cards show one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from avocet.models import Candidate, Sample, SampleMember


def is_member(name: str) -> ColumnElement[bool]:
    """Whether a candidate is in the sample of that name."""
    return Candidate.seq.in_(_of(name, SampleMember.candidate_seq))


def place(name: str) -> ColumnElement[Any]:
    """A candidate's place in the sample's order; null for one that is not in it."""
    of_card = _of(name, SampleMember.place).where(SampleMember.candidate_seq == Candidate.seq)
    return of_card.correlate(Candidate).scalar_subquery()


def _of(name: str, column: Any) -> Select[Any]:  # noqa: ANN401 (a column of either type)
    return select(column).join(Sample, Sample.pk == SampleMember.sample_pk).where(Sample.name == name)
