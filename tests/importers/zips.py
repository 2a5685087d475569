"""Zips made by hand: every method that logs use, and every way to be broken."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import zstandard

STORED, DEFLATED, ZSTANDARD = 0, 8, 93


class Member(NamedTuple):
    """A member; what is not given is made to fit. `at` puts its directory entry at another member's place."""

    name: str
    data: bytes
    method: int = DEFLATED
    flags: int = 0
    size: int | None = None
    crc: int | None = None
    packed: bytes | None = None
    at: int | None = None


def make_zip(members: list[Member]) -> bytes:
    out = bytearray()
    directory = bytearray()
    starts: list[int] = []
    for member in members:
        name = member.name.encode()
        packed = _pack(member) if member.packed is None else member.packed
        size = len(member.data) if member.size is None else member.size
        crc = zlib.crc32(member.data) if member.crc is None else member.crc
        fields = struct.pack(
            "<HHHHHLLLHH", 20, member.flags, member.method, 0, 0, crc, len(packed), size, len(name), 0
        )
        starts.append(len(out))
        start = starts[member.at] if member.at is not None else len(out)
        out += b"PK\x03\x04" + fields + name + packed
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHLL", 0, 0, 0, 0, start) + name
    count = len(members)
    end = struct.pack("<HHHHLLH", 0, 0, count, count, len(directory), len(out), 0)
    return bytes(out + directory + b"PK\x05\x06" + end)


def write_zip(path: Path, members: Mapping[str, bytes] | list[Member], method: int = DEFLATED) -> Path:
    if not isinstance(members, list):
        members = [Member(name, data, method) for name, data in members.items()]
    path.write_bytes(make_zip(members))
    return path


def _pack(member: Member) -> bytes:
    if member.method == ZSTANDARD:
        # two frames, as Inspect's writer leaves them
        half = len(member.data) // 2
        compress = zstandard.ZstdCompressor().compress
        return compress(member.data[:half]) + compress(member.data[half:])
    if member.method == DEFLATED:
        compressor = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        return compressor.compress(member.data) + compressor.flush()
    return member.data
