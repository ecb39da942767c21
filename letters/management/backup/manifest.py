"""What a backup says of itself: from which program and database, when, how many rows, and the digest of each member."""

import dataclasses
import datetime
import json
import tomllib
from typing import Any

from django.conf import settings

MANIFEST = "manifest.json"
LONGEST = 256 * 2**20  # bytes; a hundred thousand documents make a tenth of it


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """One table: the columns of each row in their order, how many rows, and the last number given out to one."""

    columns: list[str]
    rows: int
    last_id: int | None


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """`members` has size and SHA-256 of everything beside the manifest, `lost` the documents that were not there."""

    program: str
    taken_at: datetime.datetime
    site: str
    database: str
    migrations: dict[str, str]
    tables: dict[str, Table]
    letters: int
    signatures: int
    lost: list[str]
    members: dict[str, tuple[int, str]]

    @property
    def documents(self) -> list[str]:
        """The members that are documents."""
        return [name for name in self.members if name.startswith("documents/")]

    @property
    def keys(self) -> list[str]:
        """The members that are keys."""
        return [name for name in self.members if name.startswith("keys/")]

    @property
    def when(self) -> str:
        """The moment it holds, for people."""
        return f"{self.taken_at.astimezone(datetime.UTC):%-d %B %Y, %H:%M:%S} UTC"

    def sentence(self) -> str:
        """What is in it."""
        size = sum(self.members[name][0] for name in self.documents)
        keys = "with the keys" if self.keys else "without the keys"
        return (
            f"Signon {self.program}, {self.when}: {self.letters:,} letters, {self.signatures:,} signatures, "
            f"{len(self.documents):,} documents ({size / 1e6:,.1f} MB), {keys}."
        )

    def facts(self) -> dict[str, Any]:
        """The same for a machine."""
        return {
            "program": self.program, "taken_at": self.taken_at.isoformat(), "site": self.site, "letters": self.letters,
            "signatures": self.signatures, "documents": len(self.documents), "keys": bool(self.keys),
            "rows": sum(table.rows for table in self.tables.values()), "lost": self.lost,
        }  # fmt: skip


def program() -> str:
    """The version of this program."""
    project = tomllib.loads((settings.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def text_of(manifest: Manifest) -> str:
    """The manifest as JSON."""
    return json.dumps(dataclasses.asdict(manifest) | {"taken_at": manifest.taken_at.isoformat()}, indent=1)


def read(data: bytes) -> Manifest:
    """The manifest in these bytes. Raises ValueError for anything else."""
    try:
        held = json.loads(data)
        held["tables"] = {name: _table(**table) for name, table in held["tables"].items()}
        held["members"] = {name: (int(size), str(digest)) for name, (size, digest) in held["members"].items()}
        held["taken_at"] = datetime.datetime.fromisoformat(held["taken_at"])
        made = Manifest(**held)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from None
    if not all(isinstance(value, str) for value in (made.program, made.site, *made.migrations, *made.lost)):
        raise ValueError("words are missing in it")
    return made


def _table(columns: list[str], rows: int, last_id: int | None) -> Table:
    return Table([str(name) for name in columns], int(rows), None if last_id is None else int(last_id))
