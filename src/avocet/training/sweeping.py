"""Run a sweep: one training after the other, each in its folder; what is done is never run again."""

from __future__ import annotations

import gc
import json
import shutil
from pathlib import Path
from typing import Any

import msgspec

from avocet.db import targets
from avocet.db.targets import Own
from avocet.disk import pretty, write_whole
from avocet.domain import plural
from avocet.errors import InvalidRequest, Prerequisite
from avocet.training import dataset, report, running, sweep_report
from avocet.training.config import TrainConfig
from avocet.training.dataset import OpenDesk
from avocet.training.report import TrainingReport
from avocet.training.running import OnPoint, Tell
from avocet.training.sweep_plan import Member, SweepPlan
from avocet.training.sweep_report import SweepReport

PLAN = "sweep.json"
# what differs between the members of a sweep, and may grow from one command to the next
_OF_A_MEMBER = ("recipe", "dataset", "seed", "out")


def run(
    plan: SweepPlan,
    open_desk: OpenDesk,
    *,
    reviewer: str,
    fresh: bool = False,
    own: Own | None = None,
    tell: Tell = lambda _: None,
    on_point: OnPoint = lambda *_: None,
) -> SweepReport:
    """Train every member of a sweep that is not done yet; one that was stopped resumes from its checkpoint.

    Every recipe is written before the first training, so that all are of one state of the desk, once for all its
    seeds. The report is written anew after each member.

    Raises:
        AvocetError: as for a training; the same call goes on with the member that raised it.
    """
    running.check_installed()
    folder, is_first = Path(plan.out), running.is_first_process()
    if is_first:
        claim(folder, plan, fresh=fresh, own=own)
    with running.in_turn(plan.sources[0].config):
        for source in plan.sources:
            dataset.write(source.config, open_desk, reviewer)
    members = plan.members
    made = {member.config.out: done for member in members if (done := _done(member))}
    if made and is_first:
        tell(f"{len(made):,} of {plural(len(members), 'training')} are done already")
    for number, member in enumerate(members, start=1):
        if member.config.out in made:
            continue
        if is_first:
            tell(f"Training {number:,} of {len(members):,}: {member.source}, seed {member.seed}")
        made[member.config.out] = running.run(
            member.config, open_desk, reviewer=reviewer, tell=tell, on_point=on_point, asks_hold_out=False
        )
        _release()
        if is_first:
            sweep_report.write(folder, sweep_report.make(plan, made))
    found = sweep_report.make(plan, made)
    if is_first:
        sweep_report.write(folder, found)
    return found


def claim(folder: Path, plan: SweepPlan, *, fresh: bool, own: Own | None = None) -> None:
    """Claim a folder for this sweep; recipes and seeds may be added later, other settings may not differ.

    Raises:
        InvalidRequest: the folder holds a sweep with other settings.
        Prerequisite: the folder holds something else, or belongs to the desk.
    """
    place = folder / PLAN
    wanted = json.loads(pretty(_settings(plan.sources[0].config)))
    names = {Path(source.config.out).name for source in plan.sources}
    if place.is_file():
        known, known_names = _read(place)
        if fresh:
            _clear(folder, known_names)
        elif differs := [name for name in {**known, **wanted} if known.get(name) != wanted.get(name)]:
            raise InvalidRequest(
                f"{folder} holds a sweep with other settings: {', '.join(differs)} differ. "
                "Give another --out, or --fresh."
            )
        else:
            names |= known_names
    elif own is not None:
        targets.check(folder, own)
    if not place.is_file() and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Prerequisite(f"{folder} holds something else. Give a new folder.")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(place, pretty({"settings": wanted, "folders": sorted(names)}))


def _settings(config: TrainConfig) -> dict[str, Any]:
    fields = msgspec.structs.asdict(config)
    return {name: value for name, value in fields.items() if name not in _OF_A_MEMBER}


def _read(place: Path) -> tuple[dict[str, Any], set[str]]:
    try:
        known = json.loads(place.read_bytes())
        return dict(known["settings"]), set(known["folders"])
    except (OSError, ValueError, TypeError, KeyError):
        raise Prerequisite(f"{place} is no plan of a sweep. Give a new folder.") from None


def _clear(folder: Path, names: set[str]) -> None:
    """Remove the folder of a sweep, unless something else is in it."""
    own = {PLAN, sweep_report.JSON, sweep_report.HTML, *names}
    found = sorted(path.name for path in folder.iterdir())
    if strange := [name for name in found if name not in own and not name.startswith(".")]:
        raise Prerequisite(f"{folder / strange[0]} is no part of a sweep. Move it away, or give another --out.")
    shutil.rmtree(folder)


def _done(member: Member) -> TrainingReport | None:
    """The report of a member that is done; None if it is not."""
    place = Path(member.config.out) / report.JSON
    try:
        return msgspec.json.decode(place.read_bytes(), type=TrainingReport)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        raise Prerequisite(f"{place} can't be read: {error}. Remove {place.parent} to train it again.") from None


def _release() -> None:
    """Free what a training held: its trainer is a ring of objects, and a GPU's memory waits for their end."""
    import torch

    gc.collect()
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()
