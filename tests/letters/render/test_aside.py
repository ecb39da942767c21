"""The folder for a paper in the making is empty, is gone afterwards, and what a killed worker left is cleared."""

import signal
import subprocess
import sys

import pytest

from letters.render.aside import aside

WORK = """
import sys, time
from pathlib import Path
from letters.render.aside import aside
with aside(Path(sys.argv[1])) as folder:
    (folder / "paper").touch()
    print(folder.name, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def working(tmp_path):
    """Another process that works in a folder."""
    process = subprocess.Popen([sys.executable, "-c", WORK, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    yield process, process.stdout.readline().strip()
    process.kill()
    process.communicate()


def test_folder_is_empty_and_gone_afterwards(tmp_path):
    home = tmp_path / "sealing"
    with aside(home) as folder:
        assert folder.parent == home
        (folder / "evidence").mkdir()
        (folder / "evidence" / "roster.json").write_text("[]")
    assert list(home.iterdir()) == []


def test_folder_is_gone_after_an_error(tmp_path):
    with pytest.raises(OSError), aside(tmp_path):
        raise OSError
    assert list(tmp_path.iterdir()) == []


def test_what_another_works_in_is_left_alone_until_it_is_killed(tmp_path, working):
    process, name = working
    with aside(tmp_path) as folder:
        assert {one.name for one in tmp_path.iterdir()} == {name, folder.name}
    assert (tmp_path / name / "paper").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    with aside(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]
