"""The process that searches and checks: a request is a line of JSON, and so is each of its answers.

It is started by its path. To search it imports nothing of Avocet, and to check only `avocet.checks`: it starts at
once, holds nothing of the desk, and may be killed at any time.
"""

from __future__ import annotations

import json
import re
import signal
import sys
import warnings
from collections.abc import Callable, Iterator

READY = "ready"
"""Said once the process runs, and for a check once all that it needs is loaded."""
LIMIT_S = 0.2
"""Processor time for all patterns of a request; elapsed time if the system can't measure that."""

MOST_MARKS = 30
_MEMORY_BYTES = 512 * 1024 * 1024
_BETWEEN = r"[\W_]{0,5}"
_WORD = re.compile(r"[^\W_]+")

Range = tuple[int, int]
Found = tuple[str, list[Range]]
"""How a pattern was found in a text, and where."""


def near(text: str, pattern: str) -> Found | None:
    """Where a missing pattern nearly matches: not alone, or written in another way. None if nowhere."""
    words = _literal_words(pattern)
    attempts: tuple[tuple[str, Callable[[], list[Range]]], ...] = (
        ("there, but for capitals", lambda: search(text, pattern)),
        ("there, but not alone", lambda: _whole_words(text, _matches(text, _bare(pattern)) or []) if words else []),
        ("there, but for signs and spaces", lambda: _search_loosely(text, pattern)),
        ("only a part is there", lambda: _search_word(text, words)),
    )
    for how, attempt in attempts:
        if found := attempt():
            return how, found
    return None


def forbidden(text: str, pattern: str) -> Found | None:
    """Where a forbidden pattern matches; None if nowhere."""
    found = search(text, pattern)
    return ("found", found) if found else None


def search(text: str, pattern: str) -> list[Range]:
    """The matches of a pattern; if it is no regular expression, the places of its own text."""
    found = _matches(text, pattern)
    if found is not None:
        return found
    return (_matches(text, re.escape(pattern)) or []) if pattern.strip() else []


def in_utf16(text: str, ranges: list[Range]) -> list[Range]:
    """The offsets as a browser counts them: a character beyond the first 65,536 is two."""
    if text.isascii() or not any(character > "\uffff" for character in text):
        return ranges
    units, before = [0], 0
    for character in text:
        before += 2 if character > "\uffff" else 1
        units.append(before)
    return [(units[start], units[end]) for start, end in ranges]


def _matches(text: str, pattern: str) -> list[Range] | None:
    expression = _compile(pattern)
    if expression is None:
        return None
    found: list[Range] = []
    for match in expression.finditer(text):
        if match[0]:
            found.append(match.span())
        if len(found) == MOST_MARKS:
            break
    return found


def _compile(pattern: str) -> re.Pattern[str] | None:
    """Compile a pattern, or None if it is no regular expression. Checks usually ignore case, so this does too."""
    source = re.sub(r"\(\?-?i:", "(?:", pattern).replace(r"\z", r"\Z")
    # JavaScript names a group without the P
    for written in (source, re.sub(r"\(\?<(?=\w)", "(?P<", source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return re.compile(written, re.IGNORECASE)
        except (re.error, OverflowError, RecursionError):
            continue
    return None


def _bare(pattern: str) -> str:
    """The pattern without its anchors, so that it matches anywhere."""
    bare = re.sub(r"^(?:\(\?\w+\))?(?:\^|\\A|\\b|\\W\*)*", "", pattern)
    bare = re.sub(r"(?:(?<!\\)\$|\\[zZb]|\\W\*)*$", "", bare, count=1)
    return re.sub(r"(?<!\\)\$\|\^?", "|", bare)


def _whole_words(text: str, found: list[Range]) -> list[Range]:
    def is_word(at: int) -> bool:
        return 0 <= at < len(text) and text[at].isalnum()

    def cuts(at: int) -> bool:
        return is_word(at - 1) and is_word(at)

    return [(start, end) for start, end in found if not cuts(start) and not cuts(end)]


def _search_loosely(text: str, pattern: str) -> list[Range]:
    """Find `2024-02-29` in `2024 / 02 / 29`, for patterns that are words and signs only."""
    plain = re.sub(r"^\^|\$$|\\b", "", pattern)
    plain = re.sub(r"\\([^\w\s])", r"\1", plain)
    plain = re.sub(r"\\s[*+]", " ", plain)
    words = _WORD.findall(plain)
    if len(words) < 2 or re.search(r"[\\()\[\]{}|*+?]", re.sub(r"\\[^\w\s]|\\s[*+]|\\b", "", pattern)):
        return []
    return _whole_words(text, _matches(text, _BETWEEN.join(words)) or [])


def _search_word(text: str, words: list[str]) -> list[Range]:
    long = [word for word in words if re.search(r"[^\W\d_]{4}", word)]
    return _whole_words(text, _matches(text, max(long, key=len)) or []) if long else []


def _literal_words(pattern: str) -> list[str]:
    """The words that a pattern holds literally."""
    literal = re.sub(r"\\[a-zA-Z]", " ", pattern)
    literal = re.sub(r"\[(?:[^\]\\]|\\.)*\]", " ", literal)
    literal = re.sub(r"\(\?[\w-]*[:)=!<]?", " ", literal)
    return _WORD.findall(re.sub(r"\{[\d,]*\}", " ", literal))


def answers(request: dict[str, object]) -> Iterator[object]:
    """Yield for each pattern, the missing ones first, how and where it was found, or None."""
    text, missing, unwanted = (request[name] for name in ("text", "missing", "forbidden"))
    if not (isinstance(text, str) and isinstance(missing, list) and isinstance(unwanted, list)):
        raise TypeError("text, missing and forbidden are a text and two lists")
    for look, patterns in ((near, missing), (forbidden, unwanted)):
        for pattern in patterns:
            try:
                found = look(text, pattern)
            # a pattern may be too deep, too large or too much
            except (RecursionError, OverflowError, MemoryError, re.error):
                found = None
            yield None if found is None else (found[0], in_utf16(text, found[1]))


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # where the desk finds its packages: without site, this process knows only the standard library
    sys.path += sys.argv[1:]
    _bound_memory()
    _say(READY)
    for line in sys.stdin:
        request = json.loads(line)
        found = _checked(request) if "check" in request else answers(request)
        _end_after(LIMIT_S)
        for answer in found:
            _say(answer)
        _end_after(0)


def _checked(request: dict[str, object]) -> Iterator[object]:
    """Load what a check needs, which is not counted; then, when asked for, run it."""
    from avocet.checks import answer_to

    run = answer_to(request["check"], str(request["text"]))
    _say(READY)
    return (run() for _ in range(1))


def _say(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _end_after(seconds: float) -> None:
    """Let the system end this process after so much computing, whatever it does and whether or not anybody waits."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (OSError, ValueError):
        # a system that knows no such limit
        return


if __name__ == "__main__":
    main()
