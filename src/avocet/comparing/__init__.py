"""Runs compared item by item: what the second fixed and broke, whether that may be chance, and a gate for CI."""

from __future__ import annotations

from avocet.comparing.comparison import Compared, Comparison, compare, compare_several
from avocet.comparing.gate import GateResult, check_gate, parse_gate

__all__ = ["Compared", "Comparison", "GateResult", "check_gate", "compare", "compare_several", "parse_gate"]
