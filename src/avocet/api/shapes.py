"""The shapes of answers in the OpenAPI schema, made from the structs that are the answers.

Pydantic models for requests are written by hand (`schemas/`); those for answers are made here, so that nothing is
declared twice.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec.structs import FieldInfo
from pydantic import BaseModel, ConfigDict, Field, create_model

from avocet.api.schemas import ImportOptions
from avocet.domain import JSON_FIELDS, LATER_FIELDS, LISTS, PLAIN_FIELDS, CandidateDraft
from avocet.proposals import Likeness, Proposal
from avocet.review.texts import CardTexts

Shape = type[BaseModel]


class ErrorBody(BaseModel):
    """Every error: `code` for programs, `detail` a sentence for a person, more keys where they help."""

    model_config = ConfigDict(extra="allow")

    code: str
    detail: str


class Message(BaseModel):
    model_config = ConfigDict(extra="allow")

    role: str
    content: str | None


class Needs(BaseModel):
    """The choice that a person has to make before the files can be read."""

    model_config = ConfigDict(extra="allow")

    code: Literal["choice_needed"]
    detail: str
    needs: str


@cache
def shape_of(struct: type[msgspec.Struct], name: str | None = None) -> Shape:
    """The pydantic model of a struct and of those in it: same keys, order and docstring, named like it or `name`.

    Every key is required (ADR 0005), except in a struct that omits its defaults when it is written.
    """
    return create_model(name or struct.__name__, __doc__=struct.__doc__, **_fields(struct))


def list_of(struct: type[msgspec.Struct]) -> Any:  # noqa: ANN401 (list[Shape], of a shape made at run time)
    """The shape of a list of such structs."""
    return list.__class_getitem__(shape_of(struct))


@cache
def acknowledgement(struct: type[msgspec.Struct], name: str) -> Shape:
    """The shape of what `responses.acknowledge` answers: `ok: true`, then the struct's keys."""
    return create_model(name, __doc__=struct.__doc__, ok=(Literal[True], ...), **_fields(struct))


@cache
def card_shape() -> Shape:
    """The shape of a card: the candidate line, keys unknown to this version included, and what the desk adds."""
    draft = _fields(CandidateDraft)
    names = (*PLAIN_FIELDS, *JSON_FIELDS, *LATER_FIELDS)
    fields: dict[str, Any] = {name: (draft[name][0], ...) for name in names}
    fields.update(dict.fromkeys(LISTS, (list[str], ...)))
    fields.update(id=(str, ...), run_id=(str, ...), decision_id=(int | None, ...), texts=(shape_of(CardTexts), ...))
    fields.update(reason_shape=(str | None, ...), source_file=(str | None, ...), source_line=(int | None, ...))
    fields.update(
        is_withheld=(bool, Field(description="Whether what the rules say is left out: a card of a sample."))
    )
    fields.update(likeness=(shape_of(Likeness) | None, ...), proposal=(shape_of(Proposal) | None, ...))
    return create_model(
        "SftQueueItem",
        __doc__="The candidate line, its run, the decision that stands, its JSON as texts, and what the rules say.",
        __config__=ConfigDict(extra="allow"),
        **fields,
    )


_TITLED: dict[str, Callable[[], Any]] = {
    "Document": lambda: dict[str, Any],
    "ImportOptions": lambda: ImportOptions,
    "Message": lambda: Message,
    "Needs": lambda: Needs,
    "SftQueueItem": card_shape,
}
"""Shapes that no struct can describe, by the title in the type's annotation; some may hold unknown keys."""


def _fields(struct: type[msgspec.Struct]) -> dict[str, Any]:
    return {field.encode_name: _field(struct, field) for field in msgspec.structs.fields(struct)}


def _field(struct: type[msgspec.Struct], field: FieldInfo) -> tuple[Any, Any]:
    if field.default is msgspec.UNSET:
        return _described(field.type), None
    is_left_out = struct.__struct_config__.omit_defaults and not field.required
    return _described(field.type), field.default if is_left_out else ...


def _described(hint: Any) -> Any:  # noqa: ANN401 (a type hint)
    """The hint with shapes in place of structs, and descriptions where pydantic looks for them."""
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return shape_of(hint)
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(*parts)
    if origin in (Union, UnionType):
        return Union[tuple(_described(part) for part in parts if part is not msgspec.UnsetType)]  # noqa: UP007
    if origin in (list, dict):
        return origin[tuple(_described(part) for part in parts)]
    return hint


def _annotated(hint: Any, meta: msgspec.Meta) -> Any:  # noqa: ANN401
    if meta.title is not None:
        return _TITLED[meta.title]()
    return Annotated[_described(hint), Field(description=meta.description)]
