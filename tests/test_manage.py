"""A command that meets what nobody foresaw says so in a sentence, and keeps the rest for who mends it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def damaged(tmp_path: Path) -> dict[str, str]:
    """The environment of an installation whose database is no database any more."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "signon.sqlite3").write_bytes(b"no database at all\n" * 200)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("SIGNON_", "DATABASE_", "REDIS_"))}
    return kept | {"SIGNON_DATA": str(tmp_path / "data"), "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)}


def sweep(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "manage.py"), "sweep", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.slow
def test_a_fault_of_the_program_is_a_sentence_with_the_file_to_report(damaged, tmp_path):
    done = sweep(damaged)
    assert (done.returncode, done.stdout) == (2, "")
    said = re.fullmatch(
        r"Signon: stopped by a fault of the program \(DatabaseError: file is not a database\)\. "
        r"Please report it with the file (\S+), after a look whether names in it are private\.\n",
        done.stderr,
    )
    assert said, done.stderr
    assert Path(said[1]).parent == tmp_path
    assert Path(said[1]).read_text().startswith("Traceback")


@pytest.mark.slow
def test_who_mends_it_sees_all_of_it_when_asked(damaged):
    done = sweep(damaged, "--traceback")
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert done.stderr.rstrip().endswith("file is not a database")
