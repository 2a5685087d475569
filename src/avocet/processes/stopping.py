"""Signals that ask a process to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def stoppable(ask: Callable[[], None]) -> Iterator[None]:
    """Call `ask` at the first Ctrl+C or SIGTERM. A second one ends the block at once, as a KeyboardInterrupt.

    Only the main thread can use it.
    """
    is_asked = False

    def on_signal(_number: int, _frame: Any) -> None:  # noqa: ANN401
        nonlocal is_asked
        if is_asked:
            raise KeyboardInterrupt
        is_asked = True
        ask()

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
