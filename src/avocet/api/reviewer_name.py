"""The name under which a page decides, if it is not the server's: the header `Avocet-Reviewer`."""

from __future__ import annotations

import unicodedata
from urllib.parse import unquote

from avocet.errors import InvalidRequest

MAX_CHARACTERS = 80
# the decisions that came with imported lines are stored under this name
_IMPORT = "import"


def read_name(sent: str) -> str:
    """The name in a header, where it is percent-encoded UTF-8."""
    try:
        sent.encode("ascii")
        name = unicodedata.normalize("NFC", unquote(sent, errors="strict").strip())
    except UnicodeError:
        raise InvalidRequest("Avocet-Reviewer is not percent-encoded UTF-8.") from None
    if not 1 <= len(name) <= MAX_CHARACTERS or not name.isprintable():
        raise InvalidRequest(f"A reviewer's name has 1 to {MAX_CHARACTERS} visible characters.")
    if name == _IMPORT:
        raise InvalidRequest("The name “import” is kept for decisions that came with imported lines.")
    return name
