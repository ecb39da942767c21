"""A backup while forty-eight societies sign, and one that is killed: each is one moment, whole, or not there."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from letters.models import Letter, Link, Signature
from tests import factories
from tests.faults import acts, backup_acts
from tests.faults.crowd import Act, Crowd, crowd
from tests.faults.machines import eventually

ROOT = Path(__file__).resolve().parents[2]
SOCIETIES, BACKUPS = 48, 8


def sign_and_take(people: Crowd, opened: tuple[str, list[int]], folder: Path) -> list[int]:
    """All sign within a second while backups are taken; how many signatures each backup holds."""
    words, links = opened
    chance = random.Random(SOCIETIES)
    signers = [Act(acts.sign, (link, words), chance.uniform(0, 1)) for link in links]
    files = [folder / f"{number}.signon" for number in range(BACKUPS)]
    takers = [Act(backup_acts.backup, (str(file), 4 * number)) for number, file in enumerate(files)]
    met = people.together(signers + takers)
    assert [one.error for one in met] == [""] * len(met)
    found = [backup_acts.judge(file) for file in files]
    assert found == [one.value for one in met[len(signers) :]]
    print(f"{BACKUPS} backups held {found} of {SOCIETIES} signatures")
    assert len({count for count in found if 0 < count < SOCIETIES}) > 2, "no backup fell among the signatures"
    return found


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_backup_while_people_sign_is_one_moment(people: Crowd, tmp_path: Path):
    letter = factories.signing_open(acts.listing(SOCIETIES))
    links = list(Link.objects.filter(invitation__letter=letter).values_list("pk", flat=True))
    sign_and_take(people, (letter.on_the_table.content_hash, links), tmp_path)
    assert Signature.objects.count() == SOCIETIES


@pytest.fixture
def on_sqlite(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation in a folder of its own."""
    without = ("SIGNON_", "DATABASE_URL", "REDIS_URL")
    return {name: value for name, value in os.environ.items() if not name.startswith(without)} | {
        "DJANGO_SETTINGS_MODULE": "signon.settings",
        "SIGNON_DATA": str(tmp_path / "data"),
        "SIGNON_EMBEDDED_WORKER": "0",
        "SIGNON_LOG_LEVEL": "WARNING",
        "PYTHONPATH": str(ROOT),
    }


@pytest.fixture
def a_few(on_sqlite: dict[str, str]) -> Iterator[Crowd]:
    """Three processes of people on that installation."""
    with crowd(on_sqlite, processes=3) as made:
        yield made


@pytest.mark.slow
def test_a_backup_of_sqlite_while_people_sign_is_one_moment(a_few: Crowd, tmp_path: Path):
    _, words, links = a_few.ask(acts.opened_anew, SOCIETIES)
    sign_and_take(a_few, (words, links), tmp_path)


def begun(env: dict[str, str], *words: str | Path) -> subprocess.Popen:
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, words)]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def done(env: dict[str, str], *words: str | Path) -> str:
    command = [sys.executable, str(ROOT / "manage.py"), *map(str, words)]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


@pytest.mark.slow
def test_a_killed_backup_leaves_no_file_and_a_killed_restore_no_rows(a_few: Crowd, on_sqlite, tmp_path: Path):
    a_few.ask(acts.opened_anew, 3)
    count = a_few.ask(backup_acts.fill)
    file = tmp_path / "all.signon"
    process = begun(on_sqlite, "backup", file)
    eventually(lambda: any(one.stat().st_size > 100_000 for one in tmp_path.glob("*.part")), seconds=60, what="a start")
    process.send_signal(signal.SIGKILL)
    assert (process.wait(), file.exists()) == (-signal.SIGKILL, False)
    done(on_sqlite, "backup", file)
    there = on_sqlite | {"SIGNON_DATA": str(tmp_path / "there")}
    log = tmp_path / "there" / "signon.sqlite3-wal"
    done(there, "migrate", "--verbosity=0")
    process = begun(there, "restore", file)
    eventually(lambda: log.exists() and log.stat().st_size > 2_000_000, seconds=60, what="the rows")
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    shown = "from letters.models import *; print(Letter.objects.count(), Mail.objects.count(), User.objects.count())"
    assert done(there, "shell", "--verbosity=0", "--command", shown).split() == ["0", "0", "0"]
    assert done(there, "restore", file).splitlines()[-1].startswith("Every record")
    assert done(there, "shell", "--verbosity=0", "--command", shown).split()[:2] == ["1", str(count)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_restore_that_is_killed_on_postgresql_leaves_what_was_there(environment, tmp_path: Path):
    factories.signing_open()
    backup_acts.fill()
    file = tmp_path / "all.signon"
    done(environment, "backup", file)
    factories.alice()
    Letter.objects.update(title="Changed since")
    before = [Letter.objects.get().title, Link.objects.count()]
    process = begun(environment, "restore", file, "--replace")
    holds = "SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = %s::regclass"
    eventually(lambda: asked(holds, "letters_letter"), seconds=60, what="the deleting")
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert [Letter.objects.get().title, Link.objects.count()] == before


def asked(query: str, value: str) -> int:
    with factories.stages.connection.cursor() as cursor:
        cursor.execute(query, [value])
        return cursor.fetchone()[0]
