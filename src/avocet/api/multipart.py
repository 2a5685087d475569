"""Multipart bodies, written to disk while they arrive: memory holds a piece at a time, never a whole file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO

from fastapi import Request
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool

from avocet import disk
from avocet.errors import AvocetError, InvalidRequest
from avocet.runs.uploads import Upload

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_FIELD_BYTES = 1024 * 1024
MAX_HEADER_BYTES = 16 * 1024
_PIECE_BYTES = 1024 * 1024


async def receive(request: Request, upload: Upload) -> dict[str, str]:
    """Write the files of a request into `upload`, and return its other fields by name.

    Raises:
        InvalidRequest: the body is not complete multipart/form-data, or a field is too long.
        TooLarge: the files are larger than the desk accepts.
        OSError: the disk can't store them.
    """
    kind, parameters = parse_options_header(request.headers.get("content-type", ""))
    boundary = parameters.get(b"boundary")
    if kind != b"multipart/form-data" or not boundary:
        raise InvalidRequest("Send the files as multipart/form-data.")
    form = _Form(upload)
    try:
        parser = MultipartParser(boundary, form.callbacks())
    except ValueError:
        raise InvalidRequest("The boundary of the multipart body is longer than any program makes it.") from None
    waiting = bytearray()
    try:
        async for piece in request.stream():
            waiting += piece
            if len(waiting) >= _PIECE_BYTES:
                await run_in_threadpool(_feed, parser, bytes(waiting))
                waiting.clear()
        await run_in_threadpool(_feed, parser, bytes(waiting))
    finally:
        form.close()
    if not form.ended:
        raise InvalidRequest("The upload was cut off before its end. Send it again.")
    return form.fields


def _feed(parser: MultipartParser, data: bytes) -> None:
    try:
        parser.write(data)
    except AvocetError:
        raise
    except OSError as error:
        if disk.explained(error):
            raise
        raise InvalidRequest(f"A file of the upload can't be stored: {error.strerror}.") from None
    except ValueError as error:
        raise InvalidRequest(f"The upload isn't valid multipart/form-data: {error}.") from None


class _Form:
    """What the parser's callbacks have seen so far."""

    def __init__(self, upload: Upload) -> None:
        self.upload = upload
        self.fields: dict[str, str] = {}
        self.ended = False
        self._headers: dict[bytes, bytes] = {}
        self._header, self._value = bytearray(), bytearray()
        self._file: BinaryIO | None = None
        self._field, self._text = "", bytearray()

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._add(self._header, data[start:end], MAX_HEADER_BYTES),
            "on_header_value": lambda data, start, end: self._add(self._value, data[start:end], MAX_HEADER_BYTES),
            "on_header_end": self._header_end,
            "on_headers_finished": self._headers_end,
            "on_part_data": lambda data, start, end: self._data(data[start:end]),
            "on_part_end": self._part_end,
            "on_end": self._end,
        }

    def close(self) -> None:
        if self._file:
            with suppress(OSError):
                self._file.close()

    def _begin(self) -> None:
        self._headers, self._file, self._field = {}, None, ""
        self._text.clear()

    def _header_end(self) -> None:
        self._headers[bytes(self._header).lower()] = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _headers_end(self) -> None:
        _, parameters = parse_options_header(self._headers.get(b"content-disposition", b""))
        name = parameters.get(b"name", b"").decode("utf-8", "replace")
        file_name = parameters.get(b"filename")
        if file_name is None:
            self._field = name
        else:
            self._file = self.upload.create(file_name.decode("utf-8", "replace"))

    def _data(self, data: bytes) -> None:
        if self._file:
            self.upload.write(self._file, data)
        else:
            self._add(self._text, data, MAX_FIELD_BYTES)

    def _part_end(self) -> None:
        if self._file:
            self._file.close()
        elif self._field:
            self.fields[self._field] = self._text.decode("utf-8", "replace")
        self._file = None

    def _end(self) -> None:
        self.ended = True

    def _add(self, buffer: bytearray, data: bytes, most: int) -> None:
        if len(buffer) + len(data) > most:
            raise InvalidRequest(f"A field of the upload is longer than {most // 1024} KiB.")
        buffer += data
