"""Write openapi.json, the committed contract between src/ and web/: `python scripts/openapi.py`."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from avocet.api import create_app
from avocet.db import Database
from avocet.settings import Settings

CONTRACT = Path(__file__).parent.parent / "openapi.json"


def contract() -> str:
    """The schema as the file holds it. No database is opened for it."""
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/avocet.db")
        schema = create_app(Settings(data_dir=Path(folder)), database).openapi()
        database.close()
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    CONTRACT.write_text(contract(), "utf-8")
