"""Takes a backup: the database at one moment, then the documents its rows name; the file itself is written's."""

import datetime
import hashlib
from pathlib import Path

from django.conf import settings

from letters.management.backup import moment, tables
from letters.management.backup.manifest import MANIFEST, Manifest, Table, program, text_of
from letters.management.backup.opened import PIECE
from letters.management.backup.written import FIRST, README, Writer, written
from letters.management.refusal import Signon
from letters.models import Document, Letter, Signature, database_now
from letters.models.document import path_of

# Of the data folder. Whoever has them can seal in this name, and open every personal link.
KEYS = {"seal.pem": "keys/seal.pem", "checkpoint.pem": "keys/checkpoint.pem", "secret-key": "secret-key"}


class Damaged(ValueError):
    """A document is lost or altered, and nobody said that the rest is to be taken all the same."""


def take(path: Path, *, with_keys: bool = False, despite_damage: bool = False) -> Manifest:
    """Write this installation to `path`, complete or not at all; memory does not grow with it.

    Raises Signon where it cannot be tried, Damaged where a document does not hold, and OSError.
    """
    lacking = moment.pending()
    if lacking:
        raise Signon(f"The database is behind this program ({lacking[0]}); ./run manage migrate brings it up to date.")
    with written(path) as file:
        file.text(FIRST, README)
        with moment.one_moment():
            manifest = _database(file)
            shas = list(Document.objects.order_by("sha256").values_list("sha256", flat=True).iterator())
        # Documents never change, and each was there before its row: they need no moment of their own.
        lost = [sha256 for sha256 in shas if not _document(file, sha256, anyway=despite_damage)]
        if with_keys:
            _keys(file)
        manifest.lost.extend(lost)
        manifest.members.update(file.members)
        file.text(MANIFEST, text_of(manifest))
    return manifest


def _database(file: Writer) -> Manifest:
    now, found = database_now().astimezone(datetime.UTC), dict[str, Table]()
    for name, model in tables.kept().items():
        columns, rows = tables.columns_of(model), 0
        with file.member(f"tables/{name}.jsonl") as member:
            for line in tables.lines_of(model):
                member.write(line)
                rows += 1
        found[name] = Table(columns, rows, moment.last_id(model))
    return Manifest(
        program=program(), taken_at=now, site=settings.SITE_URL,
        database=settings.DATABASES["default"]["ENGINE"].rpartition(".")[2], migrations=moment.newest(),
        tables=found, letters=Letter.objects.count(), signatures=Signature.objects.count(), lost=[], members={},
    )  # fmt: skip


def _document(file: Writer, sha256: str, *, anyway: bool) -> bool:
    """Take one document in; False where it is lost or altered. Raises Damaged unless `anyway`."""
    source = path_of(sha256)
    held = source.is_file() and _digest(source) == sha256
    if held:
        with source.open("rb") as data, file.member(f"documents/{sha256[:2]}/{sha256}", packed=False) as member:
            while piece := data.read(PIECE):
                member.write(piece)
        return True
    if not anyway:
        raise Damaged(
            f"{source} is missing or is not what was stored. Put it back from an earlier backup, "
            "or take the rest with --despite-damage; nothing was written."
        )
    return False


def _digest(source: Path) -> str:
    with source.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _keys(file: Writer) -> None:
    """The keys that lie in the data folder; others are in the environment, or in a token."""
    for name, place in KEYS.items():
        source = Path(settings.DATA) / place
        if source.is_file():
            with file.member(f"keys/{name}") as member:
                member.write(source.read_bytes())
