"""The child that waits: it is the next to work, it is one, and it does not outlive its time."""

import gc
import os
from pathlib import Path

import pytest

from letters.render.crew import Crew
from letters.render.order import Limits
from letters.render.parts import Layout, cut
from letters.render.spare import Child, Spare, spare

pytestmark = pytest.mark.slow
PART = next(cut([["Society", "", "", "US", [], 0]], Layout("en", True, True)))


@pytest.fixture
def waiting():
    made = Spare()
    yield made
    made.let_go()


def ended(child):
    child.end()
    return child.process.returncode


def test_the_one_that_waits_is_taken_once_and_then_a_new_one(waiting):
    waiting.ready()
    first = waiting._child
    waiting.ready()
    assert waiting._child is first
    taken, other = waiting.taken(), waiting.taken()
    assert (taken, waiting._child) == (first, None)
    assert other.process.pid != taken.process.pid
    assert (ended(taken), ended(other)) == (-9, -9)
    assert not taken.folder.exists()


def test_one_that_died_while_it_waited_is_not_taken(waiting):
    waiting.ready()
    dead = waiting._child
    dead.process.kill()
    dead.process.wait()
    taken = waiting.taken()
    assert taken.process.poll() is None
    assert not dead.folder.exists()
    ended(taken)


def test_one_nobody_asks_for_is_let_go():
    made = Spare(idle=0.2)
    made.ready()
    child = made._child
    child.process.wait(timeout=20)
    made.let_go()
    assert (made._child, child.folder.exists()) == (None, False)


def test_a_child_ends_when_the_process_that_started_it_lets_its_pipe_go():
    child = Child.started()
    child.process.stdin.close()
    assert child.process.wait(timeout=20) == 0
    child.end()


def test_a_copy_of_the_process_leaves_the_child_alone(waiting):
    waiting.ready()
    child = waiting._child
    waiting.forget()
    assert (waiting._child, child.process.poll()) == (None, None)
    ended(child)


def test_a_fork_leaves_the_folder_of_the_child_that_waits():
    spare.ready()
    folder = spare._child.folder
    copy = os.fork()
    if not copy:
        gc.collect()
        os._exit(0)
    assert (os.waitpid(copy, 0)[1], folder.exists()) == (0, True)
    spare.let_go()
    assert not folder.exists()


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="this system does not show the limits of a process")
def test_a_crew_works_with_the_one_that_waited_under_its_limits_and_leaves_another():
    spare.ready()
    waited = spare._child
    crew = Crew(Limits(cpu=100, megabytes=2_000))
    with crew.at_work():
        crew.hire(1)
        assert crew.ask(PART.order)
        limits = Path(f"/proc/{waited.process.pid}/limits").read_text()
    assert [line.split()[3:5] for line in limits.splitlines() if line.startswith("Max cpu time")] == [["100", "105"]]
    assert f"{2_000 * 2**20}" in limits
    assert waited.process.returncode == -9
    assert spare._child.process.pid != waited.process.pid
    spare.let_go()
