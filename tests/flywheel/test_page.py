"""The page says what came out: numbers of a made-up result, by hand."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from examples.flywheel import page as pages
from examples.flywheel.drawing import plot
from examples.flywheel.page import page, sentence
from examples.flywheel.parts import PARTS, Part
from examples.flywheel.results import Result, Trained, load, save

from avocet.comparing.difference import Difference, Range

PASSED = {
    ("unreviewed", 0): "ab",
    ("unreviewed", 1): "a",
    ("reviewed", 0): "abcd",
    ("reviewed", 1): "abc",
}


def trained(arm: str, seed: int, passed: str) -> Trained:
    return Trained(arm, seed, list(passed), 200, 1234, 2.5, 0.75, 4.2, {"trl": "1.16.0"})


def result(part: str = "reviewed") -> Result:
    benchmark = {
        "items": {"other_answer": 5, "exact_form": 7, "untouched": 9},
        "failures": 20,
        "wrong_references": {"other_answer": 4},
        "right_but_too_strict": 1,
        "scoring_artifacts": 2,
        "categories": {"scoring_artifact": 2, "wrong_answer": 18},
    }
    runs = [trained(arm, seed, passed) for (arm, seed), passed in PASSED.items()]
    return Result(part, "SmolLM2", {"steps": 30}, benchmark, list("abcdefgh"), ["a"], runs)


@pytest.fixture(autouse=True)
def known_power(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the simulation says is tested for itself, and takes seconds."""
    monkeypatch.setattr(pages, "smallest", lambda items, seeds: 0.09)
    monkeypatch.setattr(pages, "curve", lambda seeds: [(gain, 0.5) for gain in pages.GAINS])


def test_a_part_that_was_run_has_its_table_its_plot_and_its_test() -> None:
    told = page({"reviewed": result()})
    assert "| before |  |  | 1 | 12.5% |" in told
    assert "| unreviewed | 2 | 1 | 1.5 | 18.8% |" in told
    assert "| reviewed | 4 | 3 | 3.5 | 43.8% |" in told
    # a, e–h as before; b, c and d gain ½, 1 and ½: of 2³ signs only all plus and all minus are as far apart
    assert "**reviewed less unreviewed**: +25.0 points" in told
    assert "(p = 0.25). Chance alone may part them so far: **this shows no difference**." in told
    assert "(img/flywheel-reviewed.svg)" in told
    assert "| reviewed, seed 1 | 200 | 1,234 | 2.50 | 0.75 | 4.2 |" in told
    assert "Of these failures 5 (25%) are the benchmark's own fault" in told
    assert "| `other_answer` | 5 | 4 |" in told


def test_a_part_that_was_not_run_is_named_with_its_command() -> None:
    told = page({"reviewed": result()})
    for name in ("dpo", "passes", "category"):
        assert f"**Not run here.** `make flywheel PART={name}` runs it (3 seeds)." in told
        assert f"flywheel-{name}.svg" not in told
    assert "make flywheel PART=reviewed" in page({})


def test_what_was_kept_is_counted_of_what_passed_before() -> None:
    kept = msgspec.structs.replace(
        result("passes"),
        before=list("ab"),
        trained=[trained("without-passes", 0, "acd"), trained("with-passes", 0, "abh")],
    )
    told = page({"passes": kept})
    assert "n = 2 items that the base model passed before any training, 1 seed each." in told
    assert "| without-passes | 1 | 1.0 | 50.0% |" in told
    assert "| with-passes | 2 | 2.0 | 100.0% |" in told


def test_where_no_item_is_left_that_is_said() -> None:
    nothing = msgspec.structs.replace(
        result("passes"), before=[], trained=[trained("without-passes", 0, "a"), trained("with-passes", 0, "b")]
    )
    assert "there is no item to compare" in page({"passes": nothing})
    assert ElementTree.fromstring(plot(PARTS["passes"], nothing)).tag.endswith("svg")


@pytest.mark.parametrize(("p", "said"), [(0.2, "shows no difference"), (0.01, "seldom parts them")])
def test_a_difference_is_called_what_it_is(p: float, said: str) -> None:
    told = sentence("b", "a", Difference(Range(0.05, -0.01, 0.11), p, "sign_flips_bootstrap"), 0.04)
    assert told.startswith(f"**b less a**: +5.0 points, between -1.0 and +11.0 (p = {p:.2g}).")
    assert said in told
    assert "may well be smaller" not in told


@pytest.mark.parametrize("finds", [0.06, None])
def test_a_difference_below_what_the_design_finds_is_told_with_a_warning(finds: float | None) -> None:
    told = sentence("b", "a", Difference(Range(-0.05, -0.09, -0.01), 0.02, "sign_flips_bootstrap"), finds)
    assert told.endswith("so the true difference may well be smaller.")


def test_the_plot_has_a_mark_for_every_seed_and_each_difference() -> None:
    part: Part = PARTS["reviewed"]
    drawn = ElementTree.fromstring(plot(part, result()))
    circles = [each for each in drawn.iter() if each.tag.endswith("circle")]
    # two arms of two seeds, the one before, and the difference
    assert len(circles) == 6
    assert "reviewed passes 3.5 of 8" in drawn.attrib["aria-label"]
    words = {each.text for each in drawn.iter() if each.tag.endswith("text")}
    assert {"before", "unreviewed", "reviewed"} <= words


def test_a_result_is_read_as_it_was_written(tmp_path: Path) -> None:
    assert load(tmp_path, "reviewed") is None
    save(result(), tmp_path / "results")
    assert load(tmp_path / "results", "reviewed") == result()
