"""A file that is not exactly what was written is refused in one sentence before anything of it is used."""

import dataclasses
import datetime
import hashlib
import zipfile
from pathlib import Path

import pytest

from letters.management.backup import manifest, tables
from letters.management.backup.manifest import MANIFEST, Manifest
from letters.management.backup.opened import BadBackup, opened
from letters.management.backup.written import FIRST, HEX, README, Digested, written

DOCUMENT = b"%PDF- a document"
SHA = hashlib.sha256(DOCUMENT).hexdigest()
NAME = f"documents/{SHA[:2]}/{SHA}"


def empty(**changes) -> Manifest:
    """Of an installation without a row."""
    made = Manifest(
        program="0.1.0", taken_at=datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC), site="http://localhost",
        database="sqlite3", migrations={}, tables={}, letters=0, signatures=0, lost=[], members={},
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def small(path: Path, said: Manifest | None = None, **more: bytes) -> Path:
    """A backup as the program writes them, with a document and `more`; its manifest is `said` and the members."""
    said = said or empty()
    with written(path) as file:
        file.text(FIRST, README)
        with file.member(NAME, packed=False) as member:
            member.write(DOCUMENT)
        for name, data in more.items():
            with file.member(name) as member:
                member.write(data)
        said.members.update(file.members | said.members)
        file.text(MANIFEST, manifest.text_of(said))
    return path


def refused(path: Path) -> str:
    with pytest.raises(BadBackup) as caught, opened(path) as backup:
        backup.check()
    said = str(caught.value)
    assert "\n" not in said and said.endswith(".") and path.name in said
    return said


def packed(path: Path, *members: tuple[str, bytes]) -> Path:
    """A zip that says it is a backup, with the right digest at its end: what somebody else might make."""
    with path.open("wb") as file:
        whole = Digested(file)
        with zipfile.ZipFile(whole, "w") as archive:
            archive.comment = b"signon-backup/1 sha256=" + b"0" * HEX
            for name, data in members:
                archive.writestr(name, data)
        file.seek(-HEX, 2)
        file.write(whole.digest.hexdigest().encode())
    return path


def test_a_whole_file_holds_and_any_zip_program_reads_it(tmp_path):
    path = small(tmp_path / "all.signon")
    with opened(path) as backup:
        backup.check()
        assert backup.manifest.documents == [NAME]
    with zipfile.ZipFile(path) as archive:
        assert (archive.testzip(), archive.read(NAME)) == (None, DOCUMENT)


def test_any_flipped_byte_is_found(tmp_path):
    path = small(tmp_path / "all.signon")
    data = path.read_bytes()
    for place in range(len(data)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        refused(path)
    assert len(data) > 1_000


def test_a_file_that_is_cut_off_anywhere_is_found(tmp_path):
    path = small(tmp_path / "all.signon")
    data = path.read_bytes()
    for length in range(0, len(data), 7):
        path.write_bytes(data[:length])
        refused(path)
    path.write_bytes(data[:500])
    assert refused(path) == "all.signon is cut off or damaged at its end. Take another copy; nothing was changed."
    path.write_bytes(data + b"\0")
    refused(path)


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"-- PostgreSQL database dump\n" * 99, bytes(10_000)])
def test_another_file_is_no_backup(tmp_path, data):
    path = tmp_path / "other"
    path.write_bytes(data)
    assert refused(path) == "other is no backup of Signon; name a file that ./run manage backup wrote."


def test_a_form_of_the_future_asks_for_an_upgrade(tmp_path):
    path = small(tmp_path / "all.signon")
    path.write_bytes(path.read_bytes().replace(b"signon-backup/1 ", b"signon-backup/2 "))
    said = "was written by a newer Signon (form 2). Upgrade this one, then try again; nothing was changed."
    assert refused(path) == f"all.signon {said}"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "documents/../../x", f"documents/00/{SHA}", "documents/ab/abc", "keys/other",
     "tables/../x.jsonl", "tables/A.jsonl", "C:\\x", "secret-key", "rosters/x.jsonl", "tables/x.jsonl/"],
)  # fmt: skip
def test_a_name_that_no_backup_has_is_refused(tmp_path, name):
    path = packed(tmp_path / "all.signon", (MANIFEST, manifest.text_of(empty()).encode()), (name, b"x"))
    assert "which no backup has; it was not made by Signon" in refused(path)
    assert [one.name for one in tmp_path.iterdir()] == ["all.signon"]


@pytest.mark.parametrize("text", [b"", b"{", b"[]", b"null", b'{"program": 3}', b"[" * 100_000])
def test_a_manifest_that_is_none_is_refused(tmp_path, text):
    assert "has a manifest that cannot be read" in refused(packed(tmp_path / "all.signon", (MANIFEST, text)))


def test_members_are_held_against_the_manifest(tmp_path):
    whole = small(tmp_path / "whole.signon")
    with opened(whole) as backup:
        text = manifest.text_of(backup.manifest).encode()
    first, held = (FIRST, README.encode()), (NAME, DOCUMENT)
    path = tmp_path / "all.signon"
    assert f"lacks {NAME}" in refused(packed(path, first, (MANIFEST, text)))
    assert f"holds another {NAME} than" in refused(packed(path, first, (NAME, b"other"), (MANIFEST, text)))
    more = ("keys/seal.pem", b"x")
    assert "holds keys/seal.pem, which its manifest does not name" in refused(
        packed(path, first, held, more, (MANIFEST, text))
    )
    assert "has no manifest" in refused(packed(path, first, held))
    with pytest.warns(UserWarning, match="Duplicate name"):
        packed(path, first, held, held, (MANIFEST, text))
    assert "holds something twice" in refused(path)


def test_a_document_under_the_name_of_another_is_refused(tmp_path):
    name = f"documents/ab/{'ab' * 32}"
    assert f"holds another {name} than its name says" in refused(small(tmp_path / "all.signon", **{name: b"x"}))


def test_nothing_is_left_where_writing_fails(tmp_path):
    def full() -> None:
        with written(tmp_path / "all.signon") as file:
            file.text(FIRST, README)
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        full()
    assert list(tmp_path.iterdir()) == []


def test_rows_are_written_in_batches_of_bounded_weight():
    lines = [b"x" * 3_000_000] * 3 + [b"y"] * 1_100
    sizes = [len(batch) for batch in tables.batches(iter(lines))]
    assert (sizes, sum(sizes)) == ([2, 500, 500, 101], 1_103)
