"""A worker is killed in the middle of a long annex: the next one goes on from there, and what it seals holds."""

import contextlib
import os
import shutil
import signal
from pathlib import Path

import pytest

from letters.models import Edition, Job, JobState, State
from letters.models.document import Kind
from letters.proof.verify import verify_file
from tests.bench._staged import owed
from tests.faults.machines import Group, children_of, eventually, worker

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
MANY = 9_000  # in some 23 parts, of which a processor draws six a second


def parts(folder: Path) -> dict[str, int]:
    """The parts that are drawn, by name; a part that is drawn once more is another file."""
    return {file.name: file.stat().st_ino for file in folder.glob("*") if file.suffix != ".part"}


def all_of(machine: Group) -> None:
    """As when the power fails."""
    machine.kill()


def the_one_at_work(machine: Group) -> None:
    """As the kernel does when memory is short: the process that draws, while others go on."""
    pid = next(pid for pid in machine.children() if children_of(pid))
    os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize("killed", [all_of, the_one_at_work])
def test_a_killed_annex_is_taken_up_where_it_stopped(environment, data_folder: Path, tmp_path: Path, killed):
    shelf, home = data_folder / "parts", data_folder / "sealing"
    shutil.rmtree(shelf, ignore_errors=True)
    edition = owed(MANY)
    job = Job.objects.get(kind="seal")
    with worker(environment, tmp_path) as machine:
        eventually(lambda: len(parts(shelf)) >= 4, seconds=60, what="the first parts")
        killed(machine)
        before, left = parts(shelf), len(list(home.iterdir()))
        assert (Job.objects.get(pk=job.pk).state, left) == (JobState.RUNNING, 1)
        with contextlib.nullcontext() if killed is the_one_at_work else worker(environment, tmp_path):
            took = eventually(lambda: Job.objects.get(pk=job.pk).state == JobState.DONE, seconds=120, what="the seal")
    after = parts(shelf)
    print(f"{len(before)} of {len(after)} parts were drawn at the kill; sealed {took:.1f} s later")
    assert 4 <= len(before) < len(after) - 1
    assert {name: after.get(name) for name in before} == before
    assert Job.objects.get(pk=job.pk).attempts == 2
    assert list(home.iterdir()) == []  # what the first one left is cleared away
    edition = Edition.objects.select_related("letter").get(pk=edition.pk)
    assert edition.letter.state == State.SEALED
    for kind in (Kind.PDF, Kind.EVIDENCE):
        verdict = verify_file(edition.documents.get(kind=kind).read())
        assert verdict.problems == []
        assert dict(verdict.facts)["Signatures"] == str(MANY)
