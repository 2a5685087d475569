"""The report for a harness's tracker: what it lists, and that no answer breaks out of its fence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avocet import verdicts
from avocet.db import Database
from avocet.errors import InvalidRequest
from avocet.importers.base import ImportOptions
from avocet.runs import RunSource, import_run
from avocet.verdicts.report import MOST_CHARACTERS, fenced, inline
from tests.exports.deciding import decide
from tests.factories import RUN, candidate_line, import_lines, write_run

# with what Markdown ends a line
_LINE = re.compile(r"\r\n|\n|\r")
odd_texts = st.text(alphabet=st.sampled_from("`~ab \n\r\t#>|<!-[]()@&\\_*"), max_size=60)


def written(database: Database) -> str:
    return b"".join(verdicts.stream(database, RUN, "report")).decode()


@pytest.fixture
def desk(database: Database, bench_dir: Path) -> Database:
    """Two tasks: right answers that failed, a wrong one that passed, a broken question, one rightly failed."""
    lines = [
        candidate_line(0, item_id="q0", task_type="facts", reference="zero"),
        candidate_line(1, item_id="q1", task_type="arithmetic", details={"epoch": 2}),
        candidate_line(2, item_id="q2", task_type="arithmetic", outcome="passed"),
        candidate_line(3, item_id="q3", task_type="arithmetic"),
        candidate_line(4, item_id="q4", task_type="arithmetic"),
        candidate_line(5, item_id="q5", task_type="arithmetic"),
    ]
    import_run(
        database,
        RunSource(write_run(bench_dir, lines), RUN, "2026-01-02T03:04:05"),
        options=ImportOptions(keep={"passed": "all"}),
    )
    decide(database, 0, "accept", check_fault="reference_wrong", corrected_reference={"any": ["0"]}, note="See p. 3.")
    decide(database, 1, "accept")
    decide(database, 2, "flag", check_fault="check_too_lax")
    decide(database, 3, "flag", check_fault="question_broken")
    decide(database, 4, "flag", failure_category="wrong_answer")
    return database


def test_it_goes_by_task_and_tells_right_that_failed_from_wrong_that_passed(desk: Database) -> None:
    text = written(desk)
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        f"# What people found wrong with the checks of `{RUN}`",
        "## `arithmetic`",
        "### Right answers that the check failed",
        "#### Item `q1`, epoch `2`, `small-model`",
        "### Wrong answers that the check passed",
        "#### Item `q2`, `small-model`",
        "### Other faults",
        "#### Item `q3`, `small-model`",
        "## `facts`",
        "### Right answers that the check failed",
        "#### Item `q0`, `small-model`",
    ]
    assert "5 answers were judged by people." in text
    assert "\n- `arithmetic`: 1 right answer failed, 1 wrong answer passed, 1 other fault\n" in text
    assert "\n- `facts`: 1 right answer failed\n" in text


def test_an_item_has_all_that_a_maintainer_needs(desk: Database) -> None:
    _, _, item = written(desk).partition("#### Item `q0`")
    assert item == (
        ", `small-model`\n"
        "\n**Prompt**\n\n```text\nWhat is 0 + 1?\n```\n"
        "\n**Answer**\n\n```text\nIt is 0.\n```\n"
        "\n**Expected**\n\n```text\nzero\n```\n"
        "\n**What the check said**\n\n"
        '```text\npattern_match: 1/3 required patterns matched; missing: ["b", "c"]\n```\n'
        "\n**Why it is wrong**\n\n"
        "- the harness says failed, `rowan` says right\n"
        "- `scoring_artifact`: the model was right, the benchmark's check was too strict\n"
        "- `reference_wrong`: the expected answer is not the right one\n"
        "\n```text\nSee p. 3.\n```\n"
        '\n**Reference that would be right**\n\n```text\n{"any":["0"]}\n```\n'
    )


def test_lines_that_name_no_harness_are_called_what_they_are(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line()])
    assert "Harness: `candidate lines`. " in written(database)
    with pytest.raises(InvalidRequest, match="is a run of candidate lines, and"):
        b"".join(verdicts.stream(database, RUN, "inspect"))


def test_a_run_without_findings_says_so(database: Database, bench_dir: Path) -> None:
    import_lines(database, bench_dir, [candidate_line()])
    decide(database, 0, "flag")
    assert written(database).endswith(
        " 1 answer was judged by people. Long texts are cut.\n\nNothing is wrong with them, as far as was read.\n"
    )


def test_no_answer_ends_its_fence(database: Database, bench_dir: Path) -> None:
    answer = "```\n# Hacked\n````text\n[click](http://example.org) @everyone <img src=x>"
    import_lines(database, bench_dir, [candidate_line(model_response=answer, item_id="``x\n# y`` @all")])
    decide(database, 0, "accept")
    text = written(database)
    assert f"\n`````text\n{answer}\n`````\n" in text
    assert "#### Item ``` ``x # y`` @all ```, " in text


@given(odd_texts)
def test_a_block_holds_the_text_and_nothing_in_it_closes_it(text: str) -> None:
    first, *inside, last = fenced(text).split("\n")
    assert "\n".join(inside) == text
    assert first == f"{last}text"
    # CommonMark: at most three spaces, then at least as many backticks as opened, then white space alone
    closing = re.compile(rf" {{0,3}}`{{{len(last)},}}[ \t]*")
    assert not any(closing.fullmatch(line) for line in _LINE.split(text))


@given(odd_texts)
def test_a_word_in_a_line_stays_in_it(text: str) -> None:
    shown = inline(text)
    assert not _LINE.search(shown)
    fence = re.match("`+", shown)
    assert fence
    assert shown.endswith(fence[0])
    within = shown[len(fence[0]) : -len(fence[0])]
    # a run of just as many backticks would end the code
    assert len(fence[0]) not in {len(run) for run in re.findall("`+", within)}
    assert within.strip() == " ".join(text.split())


def test_a_long_text_is_cut_and_says_how_much_is_missing() -> None:
    text = fenced("x" * (MOST_CHARACTERS + 1_234))
    assert text.endswith("x\n… (1,234 more characters)\n```")
    assert text.count("x") == MOST_CHARACTERS + 1  # one more in "text"
