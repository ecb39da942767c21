"""A restore that is refused says in one sentence what to do, and changes no row and no document."""

import dataclasses
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from letters.management.backup import manifest
from letters.management.backup.manifest import MANIFEST, Manifest
from letters.management.backup.opened import opened
from letters.management.backup.written import written
from letters.models import Document, Society
from letters.models.document import path_of
from letters.render.site_keys import site_keys
from tests import factories, stages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def taken(tmp_path, settings) -> tuple[Path, Manifest]:
    """A backup of a letter, in an installation that went on since."""
    site_keys()  # made where all tests have them
    settings.DATA = tmp_path / "data"
    factories.closed("bob", "carol")
    call_command("backup", str(tmp_path / "all.signon"), verbosity=0)
    Society.objects.create(official_name="A later society")
    with opened(tmp_path / "all.signon") as backup:
        return tmp_path / "all.signon", backup.manifest


def made_anew(path: Path, said: Manifest, **other: bytes) -> Path:
    """The same backup with other members and another manifest, and all digests right."""
    new = path.with_name("other.signon")
    said = dataclasses.replace(said, members={})
    with zipfile.ZipFile(path) as archive, written(new) as file:
        for name in [one for one in archive.namelist() if one != MANIFEST]:
            with file.member(name) as member:
                member.write(other.get(name, archive.read(name)))
        said.members.update(file.members)
        file.text(MANIFEST, manifest.text_of(said))
    return new


def untouched(path: Path, *words: str) -> str:
    """The one sentence with which a restore is refused; all rows and documents are as before."""
    before, held = stages.written(), {one.sha256 for one in Document.objects.all() if one.path.exists()}
    with pytest.raises(CommandError) as caught:
        call_command("restore", str(path), "--replace", *words)
    assert caught.value.returncode == 2
    assert stages.written() == before
    assert {one.name for one in path_of("00").parent.parent.rglob("*") if one.is_file()} == held
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_damaged_backup_changes_nothing(taken):
    path, _ = taken
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)
    assert untouched(path) == f"{path.name} is damaged: its bytes are not those that were written. Take another copy."
    with pytest.raises(CommandError) as caught:
        call_command("backup", str(path), "--check")
    assert caught.value.returncode == 1
    assert untouched(path.with_name("none")).endswith("cannot be used: No such file or directory.")


def test_rows_that_do_not_fit_change_nothing(taken):
    path, said = taken
    with zipfile.ZipFile(path) as archive:
        letters, users = (archive.read(f"tables/letters_{name}.jsonl") for name in ("letter", "user"))
    Document.objects.get().path.unlink()
    for table, rows, sentence in (
        ("letters_user", b"", "rows of letters_user, its manifest says"),
        ("letters_user", users + users, "does not fit this database"),
        ("letters_user", users.replace(b"bob@", b"alice@").replace(b"@north", b"@desk"), "does not fit this database"),
        ("letters_letter", letters.replace(b'"closed"', b'"sealing"'), "does not fit this database"),
        ("letters_letter", b"[1]\n", "row 1 of letters_letter cannot be read"),
        ("letters_letter", b"{}\n", "row 1 of letters_letter cannot be read"),
        ("letters_letter", letters[:-1], "a row breaks off"),
        ("letters_letter", b"\xff\n", "row 1 of letters_letter cannot be read"),
    ):
        new = made_anew(path, said, **{f"tables/{table}.jsonl": rows})
        assert sentence in untouched(new), rows[:40]
        new.unlink()


def test_a_row_that_points_to_nobody_changes_nothing(taken):
    path, said = taken
    count = said.tables["letters_event"]
    tables_said = said.tables | {"letters_event": dataclasses.replace(count, rows=0)}
    for gone in ("letters_invitation", "letters_version"):
        facts = dataclasses.replace(said.tables[gone], rows=0)
        new = made_anew(
            path, dataclasses.replace(said, tables=tables_said | {gone: facts}),
            **{f"tables/{gone}.jsonl": b"", "tables/letters_event.jsonl": b""},
        )  # fmt: skip
        assert "does not fit this database" in untouched(new)
        new.unlink()


def test_a_backup_of_another_program_says_what_to_do(taken, settings):
    path, said = taken

    def told(**changes) -> str:
        new = made_anew(path, dataclasses.replace(said, **changes))
        sentence = untouched(new)
        new.unlink()
        return sentence

    settings.MIGRATION_MODULES = {}  # also where the tests make their database without them
    older = told(program="0.0.9", migrations={"letters": "0001_initial"})
    assert "made by Signon 0.0.9, whose database was older (letters 0001_initial). Restore it with that" in older
    newer = told(program="0.9.0", migrations={"letters": "0099_later"})
    assert "made by a newer Signon (0.9.0, letters 0099_later). Upgrade this one, then try again" in newer
    strange = manifest.Table(["id"], 1, None)
    assert "holds rows of socialaccount_socialtoken, which is not set up here" in told(
        tables=said.tables | {"socialaccount_socialtoken": strange}
    )
    columns = dataclasses.replace(said.tables["letters_letter"], columns=["id"])
    assert "holds letters_letter in a form that was never written" in told(
        tables=said.tables | {"letters_letter": columns}
    )


def test_a_row_without_end_is_refused(taken, monkeypatch):
    path, said = taken
    monkeypatch.setattr("letters.management.backup.opened.LINE", 100_000)
    assert "a row breaks off or is too long" in untouched(
        made_anew(path, said, **{"tables/letters_user.jsonl": b'["' + b"x" * 200_000})
    )
