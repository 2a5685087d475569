"""The `README.md` of a dataset of JSON files: the types of its columns, so that `datasets` does not guess them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from avocet.domain import Json, JsonObject
from avocet.exporters.base import WrittenPart
from avocet.exports.shapes import Node, features

NAME = "README.md"
_PAIR = re.compile(r"\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})")
_TEXT = """---
configs:
{configs}---

# {title}

Written by Avocet in the format `{title}`. `datasets` opens this folder with the types that stand above:

```python
from datasets import load_dataset

data = load_dataset("./this-folder"{name})
```

`manifest.json` says what the files are made of.
"""


def card(format_name: str, written: Sequence[WrittenPart], shapes: Mapping[str, Node]) -> bytes:
    """The card of a dataset's folder; each part is a configuration."""
    parts = sorted({one.part for one in written if one.rows})
    configs = "".join(
        _configuration(part, [one for one in written if one.part == part and one.rows], shapes[part], number == 0)
        for number, part in enumerate(parts)
    )
    name = f', "{parts[0]}"' if parts and parts[0] else ""
    return _TEXT.format(configs=configs, title=format_name, name=name).encode()


def _configuration(part: str, files: Sequence[WrittenPart], shape: Node, is_first: bool) -> str:
    paths = "".join(f"  - split: {one.split or 'train'}\n    path: {_quoted(one.file)}\n" for one in files)
    default = "  default: true\n" if part and is_first else ""
    described = "" if shape.is_mixed else "  features:\n" + "".join(_lines(features(shape), "  "))
    return f"- config_name: {part or 'default'}\n{default}  data_files:\n{paths}{described}"


def _lines(fields: Iterable[JsonObject], indent: str) -> Iterable[str]:
    for field in fields:
        yield f"{indent}- name: {_quoted(field['name'])}\n"
        ((kind, value),) = ((key, value) for key, value in field.items() if key != "name")
        if isinstance(value, list) and value:
            yield f"{indent}  {kind}:\n"
            yield from _lines(value, indent + "  ")
        else:
            yield f"{indent}  {kind}: {_quoted(value)}\n"


def _quoted(value: Json) -> str:
    """A value as JSON that YAML reads alike: YAML knows no pairs of surrogates, so each becomes one escape."""

    def one(pair: re.Match[str]) -> str:
        high, low = (int(half, 16) for half in pair.groups())
        return f"\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"

    return _PAIR.sub(one, json.dumps(value))
