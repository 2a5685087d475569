"""Which questions can be asked again while training, and what of the hold-out was seen before."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from avocet import exports
from avocet.db import Database
from avocet.errors import InvalidRequest, Prerequisite
from avocet.exports import HoldOut
from avocet.training import asking, choosing, dataset, to_ask
from avocet.training.asking import NO_CHECK, TOOLS, UNUSABLE, Item
from avocet.training.choosing import HeldOutScore
from avocet.training.config import TrainConfig
from avocet.training.progress import TrainingPoint
from avocet.training.rows import Row
from avocet.training.to_ask import HeldOutItem, ToAsk
from tests.exports.deciding import decide
from tests.factories import RUN, candidate_line, import_lines, write_jsonl


def ask(text: str) -> list[dict[str, Any]]:
    return [{"role": "user", "content": text}]


def row(card: str | None, text: str = "2 + 2?", **more: Any) -> Row:
    return Row(where="", category="wrong_answer", value={"prompt": ask(text), **more}, card=card)


@pytest.fixture
def check() -> dict[str, Any]:
    return {"kind": "patterns", "required": ["4"]}


class TestOfRows:
    def test_the_same_question_is_asked_once(self, check: dict[str, Any]) -> None:
        known = ToAsk(checks={"a": check, "b": check, "c": {**check, "forbidden": ["5"]}})
        found = asking.of_rows([row("a"), row("b"), row("a"), row("c"), row("a", "3 + 1?")], known)
        assert [one.cards for one in found.items] == [("a", "b"), ("c",), ("a",)]
        assert found.not_asked == {}

    def test_what_cannot_be_asked_is_counted_by_reason(self, check: dict[str, Any]) -> None:
        bad = {"a": check, "b": {"kind": "of a later version"}, "c": {"kind": "patterns", "required": ["("]}}
        rows = [row("a"), row("b"), row("c"), row("absent"), row(None), row("a", tools="[]"), row("a", tools="[{}]")]
        found = asking.of_rows(rows, ToAsk(checks=bad))
        assert len(found.items) == 1
        assert found.not_asked == {NO_CHECK: 2, TOOLS: 2, UNUSABLE: 2}

    @pytest.mark.parametrize(("rows", "told"), [([], "there are none"), ([row(None)], "1 because the card has no")])
    def test_none_at_all_is_refused(self, rows: list[Row], told: str) -> None:
        with pytest.raises(InvalidRequest, match=told):
            asking.of_rows(rows, ToAsk())


def test_a_held_out_item_is_known_again_by_its_card_or_its_prompt(check: dict[str, Any]) -> None:
    found = asking.of_held_out(
        [
            HeldOutItem(prompt=ask("one"), check=check, cards=["a", "b"]),
            HeldOutItem(prompt=[{"role": "system", "content": "Be brief."}, *ask("two")], check=check, cards=["c"]),
            HeldOutItem(prompt=ask("three"), check=check, cards=["d"]),
        ]
    ).items
    assert asking.overlap(found, ["b"], []) == 1
    assert asking.overlap(found, [None], [ask("two")]) == 1
    assert asking.overlap(found, ["a", "c"], [ask("one"), ask("four")]) == 2
    assert asking.overlap(found, [], []) == 0


class TestToAsk:
    def write(self, database: Database, folder: Path, cards: list[str], early_stop: Any = "checks") -> TrainConfig:
        prompts = [{"prompt": ask(card), "completion": [{"role": "assistant", "content": "4"}]} for card in cards]
        file = write_jsonl(
            folder / "rows.jsonl", [{**one, "avocet_id": card} for one, card in zip(prompts, cards, strict=True)]
        )
        config = TrainConfig(
            base="b", out=str(folder / "out"), dataset=str(file), early_stop=early_stop, validation=0.5
        )
        (folder / "out").mkdir(exist_ok=True)
        to_ask.write(config, dataset.read(file, config), lambda: nullcontext(database))
        return config

    def test_checks_and_hold_out_come_from_the_desk_once(
        self, database: Database, bench_dir: Path, tmp_path: Path, check: dict[str, Any]
    ) -> None:
        lines = [candidate_line(n, **({"check": check} if n % 2 else {})) for n in range(40)]
        # another model's answer to the same question: the same item
        lines.append(candidate_line(1, id=f"{RUN}/item-1b", model_response="other", check=check))
        import_lines(database, bench_dir, lines)
        decide(database, 0, "discard")
        cards = [f"{RUN}/item-{number}" for number in range(40)]
        config = self.write(database, tmp_path, cards)
        found = to_ask.read(config)
        validation = {one.card for one in dataset.read(Path(config.dataset or ""), config).validation}
        odd = {f"{RUN}/item-{number}" for number in range(1, 40, 2)}
        assert set(found.checks) == odd & validation
        assert set(map(str, found.checks.values())) == {str(check)}
        assert (found.held_out, found.holds_out) == ([], False)
        exports.store_hold_out(database, HoldOut(share=0.999))
        self.write(database, tmp_path, cards)
        assert to_ask.read(config) == found
        (tmp_path / "out" / to_ask.FILE).unlink()
        self.write(database, tmp_path, cards)
        held = to_ask.read(config)
        assert held.holds_out
        assert {card for one in held.held_out for card in one.cards} - odd == {f"{RUN}/item-1b"}
        assert len(held.held_out) <= len(odd)

    def test_nothing_is_written_when_the_loss_chooses(self, database: Database, tmp_path: Path) -> None:
        config = self.write(database, tmp_path, ["a", "b"], early_stop="loss")
        with pytest.raises(Prerequisite, match=r"to_ask\.json can't be read"):
            to_ask.read(config)


def point(step: int, eval_loss: float | None, checks: float | None = None) -> TrainingPoint:
    return TrainingPoint(step=step, seconds=0, tokens=0, eval_loss=eval_loss, checks=checks)


class TestChoice:
    @pytest.mark.parametrize(
        ("points", "step"),
        [
            ([], None),
            ([point(1, None)], None),
            ([point(1, 2.0), point(2, 1.0), point(3, 1.5)], 2),
            # the first of equals, whatever the loss
            ([point(1, 2.0, 0.1), point(2, 3.0, 0.5), point(3, 1.0, 0.5), point(4, 0.5, 0.2)], 2),
            ([point(1, 2.0, 0.0), point(2, 3.0, 0.0)], 1),
        ],
    )
    def test_the_point_that_is_kept(self, points: list[TrainingPoint], step: int | None) -> None:
        kept = choosing.kept_point(points)
        assert (kept.step if kept else None) == step

    @pytest.mark.parametrize(
        ("in_choice", "in_training", "told"),
        [
            (0, 0, "clean"),
            (2, 0, "not clean: 2 of its items were asked to choose"),
            (0, 3, "not clean: 3 were trained on"),
            (2, 3, "not clean: 2 of its items were asked to choose, 3 were trained on"),
        ],
    )
    def test_whether_the_hold_out_is_clean(self, in_choice: int, in_training: int, told: str) -> None:
        held = HeldOutScore(
            asked=9, passed=1, not_asked={}, in_choice=in_choice, in_training=in_training, is_clean=told == "clean"
        )
        assert choosing.cleanness(held) == told


def test_an_item_keeps_its_own_check() -> None:
    found = asking.of_held_out(
        [HeldOutItem(prompt=ask("x"), check={"kind": "patterns", "max_words": 3}, cards=["a"])]
    )
    (item,) = found.items
    assert isinstance(item, Item)
    assert getattr(item.check, "max_words", None) == 3
