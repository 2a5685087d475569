"""Write openapi.json, the committed contract between src/ and web/, and the facts that the web app is tested with."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from avocet.api import create_app
from avocet.api.desk import facts
from avocet.db import Database
from avocet.settings import Settings

CONTRACT = Path(__file__).parent.parent / "openapi.json"
FACTS = CONTRACT.parent / "web" / "src" / "testing" / "deskFacts.json"


def contract() -> str:
    """The text of openapi.json, made without opening a database."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/avocet.db")
        schema = create_app(Settings(data_dir=Path(folder)), database).openapi()
        database.close()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def desk_facts() -> str:
    """The text of deskFacts.json: what `GET /desk` answers."""
    return msgspec.json.format(msgspec.json.encode(facts()), indent=2).decode() + "\n"


if __name__ == "__main__":
    CONTRACT.write_text(contract(), "utf-8")
    FACTS.write_text(desk_facts(), "utf-8")
