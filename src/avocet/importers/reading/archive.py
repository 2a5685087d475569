"""Zip archives from anywhere, read one member at a time: each bounded in size, none overlapping another.

Python's zipfile reads nothing but the directory. Members may be stored, deflated or compressed with Zstandard (method
93), which Python itself unpacks only from 3.14 on.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, BinaryIO

from avocet.errors import Prerequisite, RunUnreadable
from avocet.importers.reading.files import readable

if TYPE_CHECKING:
    from avocet.importers.base import SourceFile

MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_DIRECTORY_BYTES = 16 * 1024 * 1024
"""Enough for over a hundred thousand members, each of which takes far more memory than its entry."""
_END, _END_BYTES, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
_END_64, _LOCATOR_64 = b"PK\x06\x06", b"PK\x06\x07"
_LOCAL, _LOCAL_BYTES = b"PK\x03\x04", 30
_ZSTANDARD = 93
_ENCRYPTED = 0x1


class BadMember(ValueError):
    """The error of a member that can't be read; `code` is for programs, the text for a person."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code


class Archive:
    """An open zip. Of several members with one name the last one counts, as in other programs."""

    def __init__(self, stream: BinaryIO, directory: zipfile.ZipFile) -> None:
        self._stream = stream
        self.members = {info.filename: info for info in directory.infolist()}
        starts = Counter(info.header_offset for info in directory.infolist())
        self._shared = {start for start, count in starts.items() if count > 1}
        self._starts = sorted(starts)
        self._end: int = directory.start_dir

    def needs_zstandard(self) -> bool:
        return any(info.compress_type == _ZSTANDARD for info in self.members.values())

    def read(self, name: str) -> bytes:
        """Read a whole member.

        Raises:
            BadMember: it is too large, damaged, encrypted, compressed in an unknown way, or overlaps another one.
        """
        info = self.members[name]
        if info.file_size > MAX_MEMBER_BYTES:
            raise _too_large()
        if info.flag_bits & _ENCRYPTED:
            raise BadMember("encrypted_member", "It is encrypted.")
        data = _unpack(self._packed(info), info)
        if zlib.crc32(data) != info.CRC:
            raise _damaged("its checksum doesn't match")
        return data

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        self._stream.seek(info.header_offset)
        header = self._stream.read(_LOCAL_BYTES)
        if len(header) < _LOCAL_BYTES or not header.startswith(_LOCAL):
            raise _damaged("it isn't where the archive's directory says")
        start = info.header_offset + _LOCAL_BYTES + sum(struct.unpack("<HH", header[26:30]))
        following = bisect_right(self._starts, info.header_offset)
        end = self._starts[following] if following < len(self._starts) else self._end
        if info.header_offset in self._shared or start + info.compress_size > end:
            raise BadMember("overlapping_member", "It lies over another member of the archive.")
        if info.compress_size > 2 * MAX_MEMBER_BYTES:
            raise _too_large()
        self._stream.seek(start)
        return self._stream.read(info.compress_size)


@contextmanager
def open_archive(file: SourceFile) -> Iterator[Archive]:
    """Open a zip to read it member by member.

    Raises:
        RunUnreadable: it is not a whole zip, or its directory is beyond all sense.
        Prerequisite: its members need a package that isn't installed.
    """
    with readable(file.name), file.path.open("rb") as stream:
        archive = _open(file, stream)
        if archive.needs_zstandard() and not find_spec("zstandard"):
            raise Prerequisite(
                f"{file.name} is compressed with Zstandard; to read it: pip install 'avocet-desk[inspect]'"
            )
        yield archive


def _open(file: SourceFile, stream: BinaryIO) -> Archive:
    try:
        if directory_bytes(stream) > MAX_DIRECTORY_BYTES:
            raise RunUnreadable(f"{file.name} lists more members than any log has.")
        with zipfile.ZipFile(stream) as directory:
            return Archive(stream, directory)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, struct.error) as error:
        raise RunUnreadable(
            f"{file.name} isn't a whole zip archive: {error}. Was it cut off while it was written or copied?"
        ) from None


def directory_bytes(stream: BinaryIO) -> int:
    """The length of a zip's directory, as the zip itself states it.

    Raises:
        zipfile.BadZipFile: it has no directory, as when it was cut off.
    """
    size = stream.seek(0, 2)
    tail_start = max(size - _LONGEST_COMMENT - _END_BYTES, 0)
    stream.seek(tail_start)
    tail = stream.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_BYTES:
        raise zipfile.BadZipFile("its directory, which ends every zip, is missing")
    (length,) = struct.unpack_from("<L", tail, found + 12)
    if found >= 20 and tail.startswith(_LOCATOR_64, found - 20):
        (position,) = struct.unpack_from("<Q", tail, found - 12)
        stream.seek(min(position, size))
        end_64 = stream.read(48)
        if end_64.startswith(_END_64) and len(end_64) == 48:
            (length,) = struct.unpack_from("<Q", end_64, 40)
    return int(length)


def _unpack(packed: bytes, info: zipfile.ZipInfo) -> bytes:
    if len(packed) < info.compress_size:
        raise _damaged("it is cut off")
    match info.compress_type:
        case 0:
            data = packed
        case 8:
            data = _inflate(packed, info.file_size)
        case 93:
            data = _decompress_zstandard(packed, info.file_size)
        case method:
            raise BadMember("unknown_compression", f"It is compressed by method {method}, which isn't known here.")
    if len(data) != info.file_size:
        raise _damaged("it isn't as long as the archive's directory says")
    return data


def _inflate(packed: bytes, size: int) -> bytes:
    try:
        # one byte more reveals a member that is longer than it says; nothing is unpacked beyond that
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, size + 1)
    except zlib.error:
        raise _damaged("its compressed data is broken") from None


def _decompress_zstandard(packed: bytes, size: int) -> bytes:
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=MAX_MEMBER_BYTES)
    parts, left = [], size + 1
    try:
        with decompressor.stream_reader(packed, read_across_frames=True) as reader:
            while left and (part := reader.read(left)):
                parts.append(part)
                left -= len(part)
    except zstandard.ZstdError:
        raise _damaged("its compressed data is broken") from None
    return b"".join(parts)


def _too_large() -> BadMember:
    return BadMember("member_too_large", f"It is larger than {MAX_MEMBER_BYTES // 2**20} MiB unpacked.")


def _damaged(how: str) -> BadMember:
    return BadMember("damaged_member", f"It is damaged: {how}.")
