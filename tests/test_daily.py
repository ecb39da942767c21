"""The run for daily work leaves out what is slow, and no room of the house."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import checks

ROOT = Path(__file__).resolve().parent.parent
ROOMS = sorted(
    path.parent.name for path in (ROOT / "letters").glob("*/__init__.py") if path.parent.name != "migrations"
)
# Rooms without a folder of tests of their own, and the file that tries them.
ELSEWHERE = {
    "deliver": "letters/dispatch/test_going.py",
    "management": "test_commands.py",
    "models": "letters/test_models.py",
    "templatetags": "letters/submit/test_release.py",
}


def marks(node: ast.expr) -> set[str]:
    """The names in one `pytest.mark.NAME`, called or not, or in a list of them."""
    if isinstance(node, ast.List | ast.Tuple):
        return set().union(*map(marks, node.elts))
    name = ast.unparse(node.func if isinstance(node, ast.Call) else node)
    return {name.removeprefix("pytest.mark.")} if name.startswith("pytest.mark.") else set()


def daily(file: Path) -> Iterator[str]:
    """The tests of a file that the run for daily work holds."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    of_all = [node.value for node in body if isinstance(node, ast.Assign) and ast.unparse(node.targets) == "pytestmark"]
    for node in body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            found = set().union(*map(marks, [*of_all, *node.decorator_list]))
            yield from [] if found & set(checks.LEFT_OUT) else [node.name]


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_is_tried_in_the_run_for_daily_work(room):
    files = list((ROOT / "tests" / "letters" / room).rglob("test_*.py"))
    if room in ELSEWHERE:
        files += [ROOT / "tests" / ELSEWHERE[room]]
        assert f"letters.{room}" in files[-1].read_text(encoding="utf-8")
    assert [name for file in files for name in daily(file)] != []


def test_the_run_for_daily_work_leaves_out_what_has_one_of_these_marks():
    assert checks.DAILY == "not slow and not journey and not postgres"
    assert list(daily(ROOT / "tests/letters/text/test_pandoc.py")) == []
    assert "test_any_flipped_byte_is_found" not in daily(ROOT / "tests/letters/render/test_seal.py")
