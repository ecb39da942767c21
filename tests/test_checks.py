"""A step of the checks that does not end is ended, and nothing that a step started goes on behind it."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parent.parent
# In a process of its own: the checks end every child of the process they run in.
PERFORMED = """
import sys
from pathlib import Path

import pytest
from tests import checks, orphans
orphans.adopt()
checks.MINUTES = 0.02
holds = checks.perform(checks.Step("a step", [sys.executable, "-c", sys.argv[1]]), {}, chosen=False)
print("holds" if holds else "does not hold", orphans.children())
"""
# A process that is nobody's child any more and keeps its parent's standard output open.
LEFT = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); "


def performed(code: str) -> list[str]:
    command = [sys.executable, "-c", PERFORMED, code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30).stdout.splitlines()


def test_a_step_that_hangs_is_ended_and_told():
    said = performed(LEFT + "import time; time.sleep(60)")
    assert "Ended: it was not done after 0.02 minutes." in said
    assert said[-1] == "does not hold []"


def test_what_a_step_leaves_running_is_ended():
    assert performed(LEFT + "print('done')")[-1] == "holds []"


def test_nobody_answers_a_question_of_a_step():
    assert performed("import sys; print('read', repr(sys.stdin.read()))")[-3:-1][0] == "read ''"
