"""Numbers as a file spells them, if a float would spell them otherwise: 1.10, 1E5, twenty digits."""

from __future__ import annotations

from typing import Any

import msgspec

from avocet.domain import CandidateDraft, Json
from avocet.importers.reading.jsonl import is_clean
from avocet.json_text import clean

_JSON = ("reference", "scores", "tools", "details", "check", "corrected_reference")
_MAY_HOLD = (float, list, dict)


class _Spelt(float):
    """A number that remembers how it is spelt."""

    text: str


class _Written(msgspec.Struct):
    """The JSON values of a line as it spells them; the decoder skips everything else."""

    reference: msgspec.Raw = msgspec.Raw(b"null")
    scores: msgspec.Raw = msgspec.Raw(b"null")
    tools: msgspec.Raw = msgspec.Raw(b"null")
    details: msgspec.Raw = msgspec.Raw(b"null")
    check: msgspec.Raw = msgspec.Raw(b"null")
    corrected_reference: msgspec.Raw = msgspec.Raw(b"null")


def respell(draft: CandidateDraft, raw: bytes) -> None:
    """Put the JSON values of a line into its draft as the line spells them."""
    # looking at these few values is faster than a pattern over the whole line
    values = {
        name: value for name in _JSON if (value := getattr(draft, name)).__class__ in _MAY_HOLD and _has_float(value)
    }
    extra = {name: value for name, value in draft.extra.items() if value.__class__ in _MAY_HOLD and _has_float(value)}
    if not values and not extra:
        return
    try:
        written = _written.decode(raw)
        for name, value in values.items():
            setattr(draft, name, _respelt(value, getattr(written, name)))
        if extra:
            fields = msgspec.json.decode(raw, type=dict[str, msgspec.Raw])
            draft.extra = {**draft.extra, **{name: _respelt(value, fields[name]) for name, value in extra.items()}}
    except (msgspec.DecodeError, KeyError, RecursionError):
        # bare NaN, or a key that had to be cleaned: the draft stays as it is
        return


def plain(draft: CandidateDraft) -> CandidateDraft:
    """The draft with its numbers as floats spell them, of which ids are made, so that old ids stay."""
    values = {name: _plain(getattr(draft, name)) for name in _JSON}
    return msgspec.structs.replace(draft, **values, extra={key: _plain(item) for key, item in draft.extra.items()})


def _plain(value: Json) -> Json:
    return msgspec.json.decode(value) if isinstance(value, msgspec.Raw) else value


def _has_float(value: Json) -> bool:
    match value:
        case float():
            return True
        case list():
            return any(map(_has_float, value))
        case dict():
            return any(map(_has_float, value.values()))
        case _:
            return False


def _respelt(value: Json, written: msgspec.Raw) -> Json:
    """The value, or its JSON text if that spells a number otherwise."""
    spelt = _decoder.decode(written)
    if not is_clean(bytes(written)):
        spelt, _ = clean(spelt)
    text = _encoder.encode(spelt)
    return value if text == _encoder.encode(value) else msgspec.Raw(text)


def _spelt(text: str) -> float | None:
    number = float(text)
    if abs(number) == float("inf"):
        return None
    if _encoder.encode(number) == text.encode():
        return number
    spelt = _Spelt(number)
    spelt.text = text
    return spelt


def _as_spelt(value: Any) -> msgspec.Raw:  # noqa: ANN401 (whatever msgspec does not know)
    if isinstance(value, _Spelt):
        return msgspec.Raw(value.text.encode())
    raise NotImplementedError


_written = msgspec.json.Decoder(_Written)
_decoder = msgspec.json.Decoder(float_hook=_spelt)
_encoder = msgspec.json.Encoder(enc_hook=_as_spelt)
