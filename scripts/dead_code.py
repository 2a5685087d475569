"""Name functions, methods and classes that nothing calls: `python scripts/dead_code.py`.

The fields of rows and answers are left out, since other programs read them. Ruff checks local variables.
"""

from __future__ import annotations

import sys
from pathlib import Path

from vulture import Vulture  # type: ignore[import-untyped]

ROOT = Path(__file__).parent.parent
# tests are not scanned: what only they call is dead, except for these names
ALIVE = [
    "to_datasets",  # called by programs that use the Python interface
    "rename_tag",
    "merge_tags",
    "recount",  # the tests compare the counters with these
    "recount_readings",
    "to_string",  # Starlette's
    "redirect_request",  # urllib's
    "on_train_begin",  # Transformers'
    "on_step_end",
    "on_log",
    "__getattr__",
]
CALLED_BY_FRAMEWORKS = ["@*.get", "@*.post", "@*.put", "@*.delete", "@app.*", "@*_validator"]


def dead() -> list[str]:
    """List what nothing calls, each as `path:line: unused function 'name'`."""
    vulture = Vulture(ignore_names=ALIVE, ignore_decorators=CALLED_BY_FRAMEWORKS)
    vulture.scavenge([str(ROOT / "src"), str(ROOT / "scripts"), str(ROOT / "benchmarks")])
    found = [item for item in vulture.get_unused_code(min_confidence=60) if item.typ not in {"variable", "attribute"}]
    return [
        f"{item.filename.relative_to(ROOT)}:{item.first_lineno}: unused {item.typ} {item.name!r}" for item in found
    ]


if __name__ == "__main__":
    sys.exit("\n".join(dead()) or None)
