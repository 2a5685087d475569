"""What a rule may look at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from avocet.checks import Check, Exact, Includes, MissingPatterns, Patterns

LONGEST_ANSWER = 20_000
LONGEST_REFERENCE = 1_000

_ASKS_FOR_FORM = re.compile(
    r"\b(?:capital(?:s|ise|ize)?(?! of\b| city\b)|upper ?case|lower ?case|letters?|spell\w*|punctuat\w*|full stop|"
    r"quot\w*|commas?|semicolons?|digits?|decimals?|round\w*|format\w*|exactly|verbatim|copy|characters?|"
    r"spaces?|hyphen\w*|indent\w*|order|sort\w*|lines?|pretty|compact|bold|markdown|dates?)\b",
    re.IGNORECASE,
)
_ASKS_FOR_THE_ANSWER_ALONE = re.compile(
    r"\b(?:only|just|nothing else|no sentence|(?:one|a single) (?:word|number|letter)|no explanation|"
    r"without (?:any )?explanation|in a word)\b",
    re.IGNORECASE,
)
_ASKS_TO_BE_SHORT = re.compile(r"\b(?:brief\w*|short\w*|concise\w*|terse\w*)\b", re.IGNORECASE)
_FLAG = re.compile(r"^\(\?-?\w+:(.*)\)(?=\W*$|[^)]*$)", re.DOTALL)
_BEFORE = re.compile(r"^(?:\^|\\A|\\b|\\W\*)+")
_AFTER = re.compile(r"(?:\\\.\?|\[[.!?]+\]\?|\$|\\[zZb]|\\W\*)+$")
_ESCAPED = re.compile(r"\\(\W)")
_SPECIAL = re.compile(r"[\\|()\[\]{}*+?^$.]")


class Item:
    """A card's texts. `asked` is the prompt's instruction and its last question."""

    def __init__(self, answer: str, references: Sequence[str], asked: str, check: Check | None = None) -> None:
        self.answer = answer
        self.references = references
        self.asked = asked
        self.check = check

    @cached_property
    def asks_for_form(self) -> bool:
        """Whether the prompt speaks of how the answer is written, so that its form is not beside the point."""
        return _ASKS_FOR_FORM.search(self.asked) is not None

    @cached_property
    def asks_for_the_answer_alone(self) -> bool:
        return _ASKS_FOR_THE_ANSWER_ALONE.search(self.asked) is not None

    @cached_property
    def asks_to_be_short(self) -> bool:
        return _ASKS_TO_BE_SHORT.search(self.asked) is not None

    @cached_property
    def is_about_case(self) -> bool:
        """Whether a pattern of the check minds capitals, which patterns usually do not."""
        return any("(?-i:" in pattern for pattern in self._patterns)

    @cached_property
    def has_a_limit(self) -> bool:
        """Whether the check also forbids something, or limits the words."""
        check = self.check
        return isinstance(check, Patterns | MissingPatterns) and bool(check.forbidden or check.max_words is not None)

    @cached_property
    def wanted(self) -> list[str]:
        """The texts that the check asks for word for word; any one will do. Empty if it asks in another way."""
        match self.check:
            case Exact() | Includes():
                return list(self.check.expected)
            case Patterns() | MissingPatterns() if len(self._patterns) == 1:
                literal = literal_of(self._patterns[0])
                return [] if literal is None else [literal]
            case _:
                return []

    @property
    def _patterns(self) -> tuple[str, ...]:
        match self.check:
            case Patterns():
                return self.check.required
            case MissingPatterns():
                return self.check.missing
            case _:
                return ()


def literal_of(pattern: str) -> str | None:
    """The text that a pattern stands for, if it is one text between anchors; None for any other pattern."""
    inner = _BEFORE.sub("", pattern)
    inner = _AFTER.sub("", inner)
    if flagged := _FLAG.match(inner):
        inner = _AFTER.sub("", _BEFORE.sub("", flagged[1]))
    if _SPECIAL.search(re.sub(r"\\\W", "", inner)) or re.search(r"\\\w", inner):
        return None
    return _ESCAPED.sub(r"\1", inner) or None
