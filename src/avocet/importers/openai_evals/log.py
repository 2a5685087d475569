"""The event log of OpenAI evals, in the order of its samples.

The events of one sample may lie anywhere in the file. A first pass remembers in a few bytes where each begins; the
events themselves are read when their sample's turn comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from math import isinf
from typing import Any, BinaryIO, NamedTuple

import msgspec

from avocet.domain import JsonObject
from avocet.importers.base import SourceFile
from avocet.importers.reading.files import readable
from avocet.importers.reading.jsonl import Line, RawLine, decode, decode_bare, line_at, raw_lines
from avocet.importers.reading.scores import score_of
from avocet.json_text import clean, is_deep

CORRECT = "correct"
SAMPLED_EVENTS = 500
_PLACE_BYTES = 6


class _Glance(msgspec.Struct):
    run_id: Any = None
    sample_id: Any = None
    type: Any = None
    spec: Any = None
    final_report: Any = None


class Sample(NamedTuple):
    """The events of one sample; `number` is the line of the first one, `end` where the last one ends."""

    run_id: str
    sample_id: str
    number: int
    end: int
    events: list[JsonObject]
    replaced: bool


class Stray(NamedTuple):
    """A line that neither is an event of a sample nor describes the run."""

    number: int
    end: int
    line: Line


class Log:
    """A log after a first pass over it: its runs by id, and the largest value seen of each score that is a number.

    Raises:
        RunUnreadable: the file can't be read.
    """

    def __init__(self, file: SourceFile) -> None:
        self.file = file
        self.specs: dict[str, JsonObject] = {}
        self.metrics: dict[str, float] = {}
        self._left_to_sample = SAMPLED_EVENTS
        # by sample the line number of its first event and where each event begins, packed for a million of them
        self._places: dict[tuple[str, str] | str, bytes] = {}
        self._stray: list[tuple[int, int]] = []
        self._run_id: str | None = None
        decoder = msgspec.json.Decoder(_Glance)
        with self._open() as stream:
            for line in raw_lines(stream):
                self._look(decoder, line)

    @property
    def spec(self) -> JsonObject:
        return next(iter(self.specs.values()), {})

    @property
    def has_parts(self) -> bool:
        return bool(self._places or self._stray)

    def parts(self) -> Iterator[Sample | Stray]:
        """The samples in the order of their first events, with stray lines between them."""
        stray = iter(self._stray)
        waiting = next(stray, None)
        end = 0
        with self._open() as stream:
            for key, places in self._places.items():
                numbers = [
                    int.from_bytes(places[at : at + _PLACE_BYTES]) for at in range(0, len(places), _PLACE_BYTES)
                ]
                while waiting and waiting[0] < numbers[0]:
                    line = self._stray_line(stream, waiting, end)
                    end = line.end
                    yield line
                    waiting = next(stray, None)
                run_id, sample_id = key if isinstance(key, tuple) else (self._run_id or "", key)
                sample = self._sample(stream, run_id, sample_id, numbers, end)
                end = sample.end
                yield sample
            while waiting:
                line = self._stray_line(stream, waiting, end)
                end = line.end
                yield line
                waiting = next(stray, None)

    def _open(self) -> BinaryIO:
        with readable(self.file.name):
            return self.file.path.open("rb")

    def _look(self, decoder: msgspec.json.Decoder[_Glance], line: RawLine) -> None:
        glance = _glance(decoder, line.raw) if line.is_whole else None
        if glance and isinstance(glance.spec, dict) and not is_deep(glance.spec):
            spec, _ = clean(glance.spec)
            self.specs.setdefault(str(spec.get("run_id")), spec)
            return
        if glance and glance.final_report is not None:
            return
        if glance is None or not isinstance(glance.sample_id, str | int):
            self._stray.append((line.number, line.start))
            return
        sample_id, run_id = str(glance.sample_id), str(glance.run_id)
        self._run_id = run_id if self._run_id is None else self._run_id
        key = sample_id if run_id == self._run_id else (run_id, sample_id)
        places = self._places.get(key) or line.number.to_bytes(_PLACE_BYTES)
        self._places[key] = places + line.start.to_bytes(_PLACE_BYTES)
        if glance.type in ("match", "metrics") and self._left_to_sample:
            self._left_to_sample -= 1
            # the glance skipped over parts that may not be UTF-8
            with suppress(ValueError, RecursionError):
                self._sample_metrics(decode_bare(line.raw))

    def _sample_metrics(self, event: JsonObject) -> None:
        for name, value in scores_of([event]).items():
            number = score_of(value)
            # the text "5" may be a grade; ∞ is surely a score, but says nothing about the full one
            if number is not None and (isinf(number) or not isinstance(value, str)):
                known = self.metrics.get(name, 0.0)
                self.metrics[name] = known if isinf(number) else max(number, known)

    def _sample(self, stream: BinaryIO, run_id: str, sample_id: str, numbers: list[int], end: int) -> Sample:
        events, replaced = [], False
        for start in numbers[1:]:
            line = line_at(stream, start)
            if line and isinstance(line.value, dict):
                events.append(line.value)
                replaced = replaced or line.replaced
                end = max(end, start + line.bytes_read)
        # the id as the events have it once what no file can carry is cleaned out of them
        sample_id = str(events[0].get("sample_id")) if events else sample_id
        return Sample(run_id, sample_id, numbers[0], end, events, replaced)

    def _stray_line(self, stream: BinaryIO, place: tuple[int, int], end: int) -> Stray:
        number, start = place
        line = line_at(stream, start) or Line(number, 0, b"")
        return Stray(number, max(end, start + line.bytes_read), line)


def scores_of(events: list[JsonObject]) -> JsonObject:
    """The scores in a sample's events: `correct` of its matches, and whatever its metrics name."""
    scores: JsonObject = {}
    for event in events:
        data = event.get("data")
        if not isinstance(data, dict):
            continue
        if event.get("type") == "match" and isinstance(data.get(CORRECT, ""), bool | int | float | None):
            # of several matches, one that failed decides, else one that says nothing
            if scores.get(CORRECT, True) is True or data[CORRECT] is False:
                scores[CORRECT] = data[CORRECT]
        elif event.get("type") == "metrics":
            scores.update(
                {name: value for name, value in data.items() if isinstance(value, bool | int | float | str | None)}
            )
    return scores


def _glance(decoder: msgspec.json.Decoder[_Glance], raw: bytes) -> _Glance | None:
    """The fields of an event that the first pass needs; None if the line is not a JSON object."""
    try:
        return decoder.decode(raw)
    except (ValueError, RecursionError):
        pass
    try:
        event = decode(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(event, dict):
        return None
    return _Glance(*(event.get(name) for name in _Glance.__struct_fields__))
