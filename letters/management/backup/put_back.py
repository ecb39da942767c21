"""Puts a backup back: checked first, then documents, then all rows in one transaction, then the keys."""

import dataclasses
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import Error, connection, transaction

from letters.management.backup import files, held, moment, sound, tables
from letters.management.backup.held import Held
from letters.management.backup.manifest import Manifest
from letters.management.backup.opened import Backup, BadBackup, opened
from letters.management.refusal import Signon
from letters.models import Letter, User, database_now

CHANGED_NOTHING = "nothing was changed."


@dataclasses.dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to: what waits for a person, keys that were moved aside, and all that does not hold."""

    manifest: Manifest
    held: Held
    aside: list[Path]
    problems: list[str]


def looked_at(path: Path) -> Manifest:
    """The manifest of a backup, all of which was checked and nothing written. Raises BadBackup and OSError."""
    with opened(path) as backup:
        backup.check()
        return backup.manifest


def restore(path: Path, *, replace: bool = False, dry_run: bool = False) -> Restored | None:
    """Put the backup at `path` back into this installation, completely or not at all; None for a dry run.

    With `replace` what is there is deleted. Raises BadBackup and Signon, each with what to do, and OSError.
    """
    with opened(path) as backup:
        _fits(backup)
        backup.check()
        new = moment.new()
        _room(replace=replace, new=new)
        if dry_run:
            return None
        if new:
            call_command("migrate", verbosity=0, interactive=False)
        # The documents inside: they are taken out again only where the rows surely are not in, too.
        with transaction.atomic(durable=True), files.documents(backup):
            _room(replace=replace, new=False)  # somebody may have come in since
            _rows(backup)
            waits = held.hold(backup.manifest.taken_at, database_now())
        ContentType.objects.clear_cache()
        aside = files.keys(backup, at=database_now())
    return Restored(backup.manifest, waits, aside, _unsound(backup.manifest))


def _fits(backup: Backup) -> None:
    """Raises BadBackup for a backup whose tables are not those of this program."""
    manifest, here, name = backup.manifest, moment.newest(), backup.path.name
    there = tables.kept()
    strange = [table for table, facts in manifest.tables.items() if facts.rows and table not in there]
    for app, last in manifest.migrations.items():
        if here.get(app, last) == last:
            continue
        if moment.known(app, last):
            raise BadBackup(
                f"{name} was made by Signon {manifest.program}, whose database was older ({app} {last}). "
                f"Restore it with that version, then upgrade; {CHANGED_NOTHING}"
            )
        raise BadBackup(
            f"{name} was made by a newer Signon ({manifest.program}, {app} {last}). "
            f"Upgrade this one, then try again; {CHANGED_NOTHING}"
        )
    if strange:
        raise BadBackup(
            f"{name} holds rows of {strange[0]}, which is not set up here. Start with the settings of the installation "
            f"it was made from; {CHANGED_NOTHING}"
        )
    for table, facts in manifest.tables.items():
        wanted = sorted(tables.columns_of(there[table])) if table in there else sorted(facts.columns)
        if sorted(facts.columns) != wanted or f"tables/{table}.jsonl" not in manifest.members:
            raise backup.bad(f"holds {table} in a form that was never written")


def _room(*, replace: bool, new: bool) -> None:
    """Raises Signon where something is in the way."""
    if new:
        return
    lacking = moment.pending()
    if lacking:
        raise Signon(f"The database is behind this program ({lacking[0]}); run ./run manage migrate, then try again.")
    full = (model for name, model in tables.kept().items() if name not in tables.BY_ITSELF)
    if not replace and any(model._base_manager.exists() for model in full):
        letters, people = Letter.objects.count(), User.objects.count()
        raise Signon(
            f"This installation is not empty: it has {letters:,} letters and {people:,} people. Restore into an empty "
            f"one, or take a backup of this one and add --replace, which deletes them; {CHANGED_NOTHING}"
        )


def _rows(backup: Backup) -> None:
    """All rows and the numbers to go on from, in the caller's transaction. Raises BadBackup where one does not fit."""
    there = tables.kept()
    moment.empty(list(tables.every()))
    try:
        for name, facts in backup.manifest.tables.items():
            if name in there:
                count = tables.insert(there[name], facts.columns, backup.lines(f"tables/{name}.jsonl"))
                if count != facts.rows:
                    raise backup.bad(f"holds {count} rows of {name}, its manifest says {facts.rows}")
        connection.check_constraints()
    except tables.Unfit as error:
        raise backup.bad(f"cannot be used: {error}") from None
    except Error as error:
        said = " ".join(str(error).split())[:300]
        raise BadBackup(f"{backup.path.name} does not fit this database ({said}); {CHANGED_NOTHING}") from error
    for name, facts in backup.manifest.tables.items():
        if name in there and facts.last_id is not None:
            moment.go_on_from(there[name], facts.last_id)


def _unsound(manifest: Manifest) -> list[str]:
    lost = [f"The document {sha256} was not there when the backup was made." for sha256 in manifest.lost]
    return [*lost, *sound.problems()]
