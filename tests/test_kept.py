"""The secret of a new installation, which several processes make at once."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PLACES, PROCESSES = 60, 4
# Each waits for a common file, then goes through the places: the first to come makes the secret, the others read it.
STARTED = """
import pathlib, sys, time
from signon.kept import secret
folder = pathlib.Path(sys.argv[1])
print("ready", flush=True)
while not (folder / "go").exists():
    time.sleep(0.001)
print(*(secret(folder / f"{place}" / "secret-key") for place in range(int(sys.argv[2]))), sep="|")
"""


@pytest.mark.slow
def test_processes_that_start_at_once_have_one_secret_and_never_half_of_it(tmp_path):
    command = [sys.executable, "-c", STARTED, str(tmp_path), str(PLACES)]
    started = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(PROCESSES)]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    (tmp_path / "go").touch()
    said = {process.communicate(timeout=60)[0] for process in started}
    assert len(said) == 1
    assert [len(one) for one in said.pop().strip().split("|")] == [64] * PLACES
    assert {one.name for one in (tmp_path / "0").iterdir()} == {"secret-key"}
    assert (tmp_path / "0" / "secret-key").stat().st_mode & 0o777 == 0o600
