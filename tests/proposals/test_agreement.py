"""How often each rule agrees with the person who decided the example run; docs/reviewing.md has these numbers."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from avocet.checks import missing_patterns_of
from avocet.proposals import Item, propose

DECIDED = Path(__file__).parents[2] / "examples/flywheel/decisions.jsonl"


def proposal_of(line: dict[str, Any]) -> Any:
    turns = line["prompt_messages"]
    told = [one["content"] for one in turns if one["role"] == "system"]
    asked = "\n".join([*told, [one["content"] for one in turns if one["role"] == "user"][-1]])
    check = missing_patterns_of(line["failure_reason"])
    return propose(Item(line["model_response"], [line["reference"]], asked, check))


def test_the_rules_agree_with_the_person_who_decided_the_example_run() -> None:
    shown: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for text in DECIDED.read_text("utf-8").splitlines():
        line = json.loads(text)
        proposal = proposal_of(line)
        if proposal is not None:
            action = "accept" if line["corrected_response"] == line["model_response"] else "correct"
            shown[proposal.rule] += 1
            agreed[proposal.rule] += (proposal.action, proposal.category) == (action, line["failure_category"])
    assert {name: (agreed[name], n) for name, n in shown.items()} == {
        "equal_but_for_case": (2, 2),
        "in_a_sentence": (4, 4),
        "not_alone": (9, 9),
        "stuck": (26, 26),
        "other_number": (40, 41),
        "absent": (72, 75),
    }
