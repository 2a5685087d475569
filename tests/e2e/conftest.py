"""Browser tests: the wheel is built, installed into a venv of its own, served, and driven in a real Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from playwright.sync_api import BrowserContext, Page, Playwright, Request, expect

from tests.e2e.desk import Desk, Starter

ROOT = Path(__file__).parent.parent.parent
# the first is the same browser without its windows, at half the processor time
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# a machine with other work must not fail a test
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine. Without one these tests fail: they are never skipped."""
    names = (os.environ.get("AVOCET_CHROMIUM", ""), *CHROMIUM)
    path = next((found for name in names if name and (found := shutil.which(name))), None)
    assert path, "The browser tests need Chromium: make chromium says how."
    return {**browser_type_launch_args, "executable_path": path, "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(scope="session", autouse=True)
def _test_ids(playwright: Playwright) -> None:
    playwright.selectors.set_test_id_attribute("data-testid")


@pytest.fixture(scope="session")
def avocet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `avocet` command of the wheel, installed as a person would install it; once for all test processes."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "wheel"
    with FileLock(f"{folder}.lock"):
        return next(folder.glob("venv/*/avocet"), None) or _install(folder)


def _install(folder: Path) -> Path:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("avocet_desk-*.whl")
    venv.create(folder / "venv", with_pip=True)
    binaries = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    locked = {"PIP_CONSTRAINT": "constraints.txt", **os.environ}
    # newer logs of Inspect are compressed with Zstandard
    wanted = f"{wheel}[inspect]"
    command: list[str | Path] = [binaries / "pip", "install", "--quiet", "--disable-pip-version-check", wanted]
    subprocess.run(command, cwd=ROOT, env=locked, check=True)
    return binaries / "avocet"


@pytest.fixture(scope="session")
def starter(avocet: Path) -> Iterator[Starter]:
    starter = Starter(avocet)
    yield starter
    starter.close()


@pytest.fixture(scope="session")
def _demo_data(avocet: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the real run that ships in the wheel."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    shipped = next(avocet.parent.parent.rglob("avocet/demo"))
    environment = {**os.environ, "AVOCET_DATA_DIR": str(folder)}
    subprocess.run([avocet, "import", shipped], env=environment, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture
def empty_desk(avocet: Path, starter: Starter, tmp_path: Path) -> Iterator[Desk]:
    """A desk without any data, and an empty results folder."""
    (tmp_path / "bench_results").mkdir()
    with Desk(avocet, starter, tmp_path / "data", tmp_path / "bench_results") as desk:
        yield desk


@pytest.fixture
def desk(avocet: Path, starter: Starter, _demo_data: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the real run loaded, all of it to review."""
    shutil.copytree(_demo_data, tmp_path / "data")
    (tmp_path / "bench_results").mkdir()
    with Desk(avocet, starter, tmp_path / "data", tmp_path / "bench_results") as desk:
        yield desk


@pytest.fixture
def context(context: BrowserContext) -> Iterator[BrowserContext]:
    """A browser that notes every request to another host; there must be none."""
    elsewhere: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            elsewhere.append(request.url)

    context.on("request", note)
    yield context
    assert elsewhere == []


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page on which any script error or broken policy fails the test."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on(
        "console",
        lambda message: errors.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield page
    assert errors == []
