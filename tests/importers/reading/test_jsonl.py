"""JSON lines as harnesses really write them."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from avocet.importers.reading import jsonl
from avocet.importers.reading.jsonl import Line, read_lines


def read(content: bytes) -> list[Line]:
    return list(read_lines(io.BytesIO(content)))


def value_of(content: str | bytes) -> Any:
    """The value of the only line, which must not be rejected."""
    (line,) = read(content.encode() if isinstance(content, str) else content)
    assert line.rejected is None, line.rejected
    return line.value


def code_of(content: bytes) -> str:
    (line,) = read(content)
    assert line.rejected is not None
    assert line.rejected.line_number == line.number
    return line.rejected.code


class TestLines:
    def test_blank_lines_are_not_read_but_counted(self) -> None:
        lines = read(b'\n{"a":1}\n \t\r\n\x0b\x0c\n{"a":2}')
        assert [(line.number, line.value) for line in lines] == [(2, {"a": 1}), (5, {"a": 2})]

    def test_where_each_line_ends_is_told(self) -> None:
        content = b'{"a":1}\r\n\n{"a":2}'
        assert [line.bytes_read for line in read(content)] == [9, len(content)]

    @pytest.mark.parametrize("end", [b"\n", b"\r\n"])
    def test_either_line_end(self, end: bytes) -> None:
        assert [line.value for line in read(end.join([b"[1]", b"[2]", b""]))] == [[1], [2]]

    def test_a_lone_cr_ends_no_line(self) -> None:
        assert code_of(b"[1]\r[2]") == "invalid_json"

    @pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e"])
    def test_no_other_separator_ends_a_line(self, separator: str) -> None:
        text = f"a{separator}b"
        if separator >= " ":
            assert value_of(f'"{text}"') == text
        assert value_of(json.dumps(text)) == text

    def test_a_bom_is_no_part_of_the_first_line(self) -> None:
        assert [line.value for line in read(b"\xef\xbb\xbf[1]\n[2]")] == [[1], [2]]
        assert read(b"\xef\xbb\xbf") == read(b"\xef\xbb\xbf\n") == read(b"") == []

    def test_a_bom_elsewhere_is_not_json(self) -> None:
        assert [line.rejected is None for line in read(b"[1]\n\xef\xbb\xbf[2]")] == [True, False]


class TestRejected:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b'{"a": ', "invalid_json"),
            (b"{'a': 1}", "invalid_json"),
            (b'{"a": 1} {"b": 2}', "invalid_json"),
            (b'{"a": 1,}', "invalid_json"),
            (b"\x00", "invalid_json"),
            (b'"a\x00b"', "invalid_json"),
            (b'"tab\tinside"', "invalid_json"),
            (b"1" * 5000, "invalid_json"),
            (b'"\xff"', "not_utf8"),
            (b'"\xed\xa0\x80"', "not_utf8"),
            (b'{"a": NaN, "b": "\xff"}', "not_utf8"),
            (b"[" * 65 + b"]" * 65, "too_deep"),
            (b'{"a":' * 65 + b"1" + b"}" * 65, "too_deep"),
            (b"[" * 100_000, "too_deep"),
            (b"[" * 100_000 + b"]" * 100_000, "too_deep"),
        ],
        ids=range(15),
    )
    def test_with_its_reason(self, content: bytes, code: str) -> None:
        assert code_of(content) == code
        lines = read(b"[1]\n" + content + b"\n[2]")
        assert [line.value for line in lines if not line.rejected] == [[1], [2]]

    def test_as_deep_as_it_may_be(self) -> None:
        assert value_of(b"[" * 64 + b"]" * 64)
        assert value_of(b"[" + b"[]," * 1000 + b"[]]")
        assert value_of('"' + "[{" * 1000 + '"')

    def test_the_start_of_its_text_is_fit_to_be_shown(self) -> None:
        (line,) = read(b"  \xff\x00" + "ü".encode() * 500)
        assert line.rejected is not None
        assert line.rejected.text_start == "\ufffd\ufffd" + "ü" * 198

    def test_where_the_json_broke_is_said(self) -> None:
        (line,) = read(b'{"a": tru}')
        assert line.rejected is not None
        assert "character 7" in line.rejected.reason


class TestLongLines:
    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 100)

    @pytest.mark.parametrize("end", [b"", b"\n", b"\r\n"])
    @pytest.mark.parametrize(("size", "fits"), [(99, True), (100, True), (101, False), (102, False), (5000, False)])
    def test_the_bound_is_that_of_the_line_without_its_end(self, size: int, fits: bool, end: bytes) -> None:
        content = b'"' + b"x" * (size - 2) + b'"'
        first, second = read(b'["before"]\n' + content + end) if end == b"" else read(content + end + b"[2]")
        line = second if end == b"" else first
        if fits:
            assert line.value == "x" * (size - 2)
        else:
            assert line.rejected is not None
            assert line.rejected.code == "line_too_long"
        if end:
            assert (second.number, second.value, second.bytes_read) == (2, [2], size + len(end) + 3)

    def test_several_in_a_row(self) -> None:
        lines = read(b"\n".join([b"x" * 300, b"[1]", b"y" * 101, b"", b"z" * 1000]))
        assert [(line.number, bool(line.rejected)) for line in lines] == [(1, True), (2, False), (3, True), (5, True)]


class TestCleaned:
    @pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
    def test_what_is_no_number_is_kept_for_scores_and_null_for_all_else(self, constant: str) -> None:
        (line,) = read(f'{{"a": {constant}, "b": [{constant}, 1.5]}}'.encode())
        assert line.is_bare
        assert repr(line.value["a"]) == repr(float(constant))
        assert line.finite() == {"a": None, "b": [None, 1.5]}

    @pytest.mark.parametrize(
        ("escaped", "text"),
        [
            (r"\u0000", "\ufffd"),
            (r"a\ud800b", "a\ufffdb"),
            (r"\udfff", "\ufffd"),
            (r"\ud83d\ud83e\udda4", "\ufffd🦤"),
            (r"\uDC00\uD800", "\ufffd\ufffd"),
        ],
    )
    def test_what_no_file_can_carry_is_replaced_and_counted(self, escaped: str, text: str) -> None:
        for content, value in (
            (f'"{escaped}"', text),
            (f'[{{"k": ["{escaped}"]}}]', [{"k": [text]}]),
            (f'{{"{escaped}": 1}}', {text: 1}),
        ):
            (line,) = read(content.encode())
            assert (line.value, line.replaced) == (value, True)

    @pytest.mark.parametrize("escaped", [r"\ud83e\udda4", r"\\u0000", r"\\ud800", r"\u00e9", r"\ufffd", "🦤"])
    def test_everything_else_stays(self, escaped: str) -> None:
        (line,) = read(f'"{escaped}"'.encode())
        assert (line.value, line.replaced) == (json.loads(f'"{escaped}"'), False)

    @pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 2**64, 10**30, 10**400, -(10**25)])
    def test_a_number_beyond_64_bits_is_text(self, number: int) -> None:
        assert value_of(f'{{"a": [{number}]}}') == {"a": [str(number)]}

    @pytest.mark.parametrize("number", [0, 2**53 + 1, 2**63 - 1, -(2**63), True])
    def test_any_other_number_stays(self, number: int) -> None:
        value = value_of(json.dumps({"a": number}))["a"]
        assert value == number
        assert type(value) is type(number)

    def test_of_a_doubled_key_the_last_one_counts(self) -> None:
        assert value_of('{"a": 1, "a": 2}') == value_of('{"a": NaN, "a": 2}') == {"a": 2}
