"""A whole installation in one file and back again: every row and document, and on from the numbers it had."""

import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command
from django.test import Client

from letters.management.backup import tables
from letters.models import Code, Document, Edition, Event, Letter, Mail, Society, User, database_now
from letters.models.document import path_of
from letters.notify import owed
from letters.render.site_keys import site_keys
from tests import factories, stages
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent
MOVED = {"letters_event", "letters_letter"}  # the record of each letter says that it was put back
SAID = "Every record, text, roster and sealed PDF was checked and holds."


@pytest.fixture
def places(tmp_path, settings):
    """Two data folders, the first of them in use, and the name of a file."""
    site_keys()  # made where all tests have them
    settings.DATA = tmp_path / "old"
    settings.DATA.mkdir()
    return settings.DATA, tmp_path / "new", tmp_path / "all.signon"


def rows() -> dict[str, list]:
    """All rows a backup holds, by table, as the database gives them."""
    found = {model._meta.db_table: list(held.values()) for model, held in stages.written().items()}
    for model in (Permission,):
        found[model._meta.db_table] = list(model.objects.order_by("pk").values_list())
    return {table: sorted(map(repr, held)) for table, held in found.items() if table not in tables.LEFT_OUT}


def records() -> list[dict]:
    return [event.as_record() for event in Event.objects.exclude(kind="restored").order_by("letter", "seq")]


def take(file: Path, *words: str) -> None:
    call_command("backup", str(file), *words)


def put_back(file: Path, *words: str) -> None:
    call_command("restore", str(file), *words)


def told(capsys) -> list[str]:
    return capsys.readouterr().out.splitlines()


def nothing_owed() -> Letter:
    """A closed letter whose mails were all sent."""
    letter = factories.closed("bob", "carol")
    factories.work()
    return letter


def test_what_is_put_back_is_what_was_taken(places, settings, capsys):
    nothing_owed()
    before, chain = rows(), records()
    take(places[2])
    settings.DATA = places[1]
    call_command("flush", interactive=False, verbosity=0)
    put_back(places[2])
    after = rows()
    assert {table for table in before if before[table] != after[table]} == MOVED
    assert records() == chain != []
    assert [event.actor for event in Event.objects.filter(kind="restored")] == ["system"]
    for sha256 in Document.objects.values_list("sha256", flat=True):
        assert path_of(sha256).is_relative_to(places[1])
        assert path_of(sha256).read_bytes() == (places[0] / "documents" / sha256[:2] / sha256).read_bytes()
    assert Document.objects.exists()
    assert told(capsys)[-1] == SAID


def test_numbers_go_on_and_none_is_given_out_twice(places, settings):
    nothing_owed()
    gone = Society.objects.create(official_name="A society that was taken out")
    number = gone.pk
    gone.delete()
    take(places[2])
    settings.DATA = places[1]
    call_command("flush", interactive=False, verbosity=0)
    put_back(places[2])
    assert Society.objects.create(official_name="The next one").pk > number
    assert User.objects.create_user("new@else.example").pk > User.objects.order_by("pk").first().pk


@pytest.mark.slow
def test_a_sealed_letter_goes_over_sqlite_and_back_and_its_paper_holds(places, settings, tmp_path):
    """Over a file of SQLite by real processes, whichever database this one is."""
    letter = factories.sealed("bob", "carol")
    factories.work()
    before, chain, there = rows(), records(), tmp_path / "there.signon"
    take(places[2])
    names = {"DATABASE_URL", "REDIS_URL"}
    env = {name: value for name, value in os.environ.items() if name not in names} | {"SIGNON_DATA": str(places[1])}

    def elsewhere(*words: str | Path) -> str:
        command = [sys.executable, str(ROOT / "manage.py"), *map(str, words)]
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    assert elsewhere("restore", places[2]).splitlines()[-1] == SAID
    assert elsewhere("backup", there).startswith("Signon ")
    settings.DATA = tmp_path / "back"
    put_back(there, "--replace")
    after = rows()
    assert {table for table in before if before[table] != after[table]} == MOVED
    assert records() == chain
    assert Event.objects.filter(kind="restored").count() == 2
    (edition,) = Edition.objects.filter(letter__slug=letter.slug)
    assert edition.document.path.is_relative_to(tmp_path / "back")
    assert len(edition.roster) == 2


def test_what_opens_a_door_for_a_while_is_not_taken(places):
    letter = factories.signing_open()
    link = factories.link_of(letter, "bob")
    code = Code.objects.create(link=link, created_at=database_now())
    owed.code(code, now=database_now())
    owed.sign_in(factories.alice(), "271828", now=database_now())
    browser = signed_in(Client(), factories.alice())
    take(places[2])
    with zipfile.ZipFile(places[2]) as archive:
        held = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "271828" in Mail.objects.get(kind="sign_in").text
    assert Mail.objects.get(kind="code").code == code
    for secret in ("271828", browser.cookies["signon"].value, code.nonce, link.token):
        assert secret not in held
    assert link.nonce in held
    assert [name for name in archive.namelist() if name.startswith("keys/")] == []


def test_no_row_is_bound_to_one_that_is_left_out():
    bound = [
        (name, field.name)
        for name, model in tables.kept().items()
        for field in tables.fields_of(model)
        if field.related_model and field.related_model._meta.db_table in tables.LEFT_OUT and not field.null
    ]
    assert bound == []
    assert {"letters_code", "django_session"} <= tables.LEFT_OUT <= set(tables.every())


def test_keys_are_taken_when_asked_for_and_others_are_moved_aside(places, settings, capsys):
    old, new, file = places
    nothing_owed()
    for name in ("keys/seal.pem", "keys/checkpoint.pem", "secret-key"):
        (old / name).parent.mkdir(exist_ok=True)
        (old / name).write_text(f"old {name}")
    take(file, "--with-keys")
    assert "whoever has this file can seal in this name" in capsys.readouterr().out
    settings.DATA = new
    (new / "keys").mkdir(parents=True)
    (new / "keys" / "seal.pem").write_text("new")
    put_back(file, "--replace")
    assert [(new / name).read_text() for name in ("keys/seal.pem", "keys/checkpoint.pem", "secret-key")] == [
        "old keys/seal.pem", "old keys/checkpoint.pem", "old secret-key",
    ]  # fmt: skip
    (aside,) = (new / "keys").glob("seal.pem.until-*")
    assert aside.read_text() == "new"
    assert stat.S_IMODE((new / "secret-key").stat().st_mode) == 0o600
    assert f"Another key lay here; it is now {aside}." in told(capsys)


def test_the_file_is_new_and_for_its_owner_alone(places, capsys):
    nothing_owed()
    take(places[2])
    assert stat.S_IMODE(places[2].stat().st_mode) == 0o600
    assert "The keys are not in it" in told(capsys)[-1]
    held = places[2].read_bytes()
    with pytest.raises(CommandError, match="is there already; name another file") as caught:
        take(places[2])
    assert (caught.value.returncode, places[2].read_bytes()) == (2, held)
    with pytest.raises(CommandError, match="cannot be used: No such file") as caught:
        take(places[2].parent / "nowhere" / "x")
    assert caught.value.returncode == 2
    assert sorted(path.name for path in places[2].parent.iterdir()) == ["all.signon", "old"]


def test_a_document_that_is_lost_stops_the_backup_unless_a_person_says_otherwise(places, settings, capsys):
    nothing_owed()
    document = Document.objects.order_by("pk").first()
    document.path.write_bytes(b"altered")
    with pytest.raises(CommandError, match=f"{document.sha256} is missing or is not what was stored") as caught:
        take(places[2])
    assert caught.value.returncode == 1
    assert not places[2].exists()
    with pytest.raises(SystemExit) as ended:
        take(places[2], "--despite-damage")
    assert ended.value.code == 1
    assert f"1 documents are missing: {document.sha256}." in told(capsys)
    settings.DATA = places[1]
    with pytest.raises(SystemExit) as ended:
        put_back(places[2], "--replace")
    assert ended.value.code == 1
    assert told(capsys)[-1] == f"The document {document.sha256} was not there when the backup was made."
    assert Letter.objects.count() == 1


def test_an_installation_that_is_not_empty_is_left_alone(places):
    nothing_owed()
    take(places[2])
    Society.objects.create(official_name="One more")
    before = rows()
    sentence = r"it has 1 letters and 5 people\. .* nothing was changed\.$"
    with pytest.raises(CommandError, match=sentence) as caught:
        put_back(places[2])
    assert caught.value.returncode == 2
    assert rows() == before


def test_replacing_ends_the_sessions_of_those_who_were_there(places):
    nothing_owed()
    take(places[2])
    User.objects.create_user("later@desk.example", "Later")
    browser = signed_in(Client(), factories.alice())
    assert browser.get("/me").status_code == 200
    put_back(places[2], "--replace")
    assert browser.get("/me").status_code == 302
    assert not User.objects.filter(email="later@desk.example").exists()


def test_a_dry_run_says_that_all_fits_and_writes_nothing(places, settings, capsys):
    nothing_owed()
    take(places[2])
    call_command("flush", interactive=False, verbosity=0)
    settings.DATA = places[1]
    before = rows()
    put_back(places[2], "--dry-run")
    assert told(capsys)[-1].endswith("This was a dry run: nothing changed.")
    assert (rows(), places[1].exists()) == (before, False)
    take(places[2], "--check", "--json")
    said = json.loads(told(capsys)[-1])
    assert (said["letters"], said["signatures"], said["keys"], said["lost"]) == (1, 2, False, [])
