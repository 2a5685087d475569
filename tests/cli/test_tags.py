"""avocet tags."""

from __future__ import annotations

from pathlib import Path

from avocet import Desk
from avocet.db import Database
from avocet.settings import Settings
from tests.command import Avocet
from tests.exports.deciding import decide
from tests.factories import candidate_lines, import_lines


def test_tags_are_listed_renamed_and_merged(
    avocet: Avocet, database: Database, bench_dir: Path, settings: Settings, tmp_path: Path
) -> None:
    assert avocet("tags").err == "No tags yet: press # on a card to give a decision some.\n"
    import_lines(database, bench_dir, candidate_lines(3))
    for number, names in enumerate((["off by one", "[b]kg"], ["kg"], ["off by one"])):
        decide(database, number, "correct", "42", tags=names)
    assert avocet.done("tags").splitlines()[1:] == ["off by one      2", "[b]kg           1", "kg              1"]
    assert avocet.done("tags", "rename", "OFF BY ONE", "off by 1") == "off by 1: 2 cards\n"
    assert avocet.done("tags", "merge", "kg", "[b]kg", "--into", "units") == "units: 2 cards\n"
    assert avocet("tags", "--json").json() == {
        "tags": [{"name": "off by 1", "cards": 2}, {"name": "units", "cards": 2}]
    }
    refused = avocet("tags", "rename", "units", "off by 1")
    assert (refused.code, "merge them" in refused.err) == (1, True)
    exported = tmp_path / "rows.jsonl"
    avocet.done("export", "--tag", "units", "--not-tag", "off by 1", "--failure-tags", "-o", exported)
    assert exported.read_text().count('"failure_tags":["units"]') == 1
    with Desk(settings.url) as desk:
        assert [(tag.name, tag.cards) for tag in desk.tags()] == [("off by 1", 2), ("units", 2)]
        assert (desk.rename_tag("off by 1", "slip"), desk.merge_tags(["units"], "Slip")) == (2, 3)
        assert len(desk.export("sft", tags=["slip"], failure_tags=True)) == 3
