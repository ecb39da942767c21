"""The rules of the house that can be counted: sizes, names, first sentences, who sets a state, one name for a page."""

import ast
import functools
import importlib
import inspect
import re
import statistics
from pathlib import Path

import pytest

from letters import tasks

ROOT = Path(__file__).resolve().parent.parent
MOST, MEDIAN, VIEW, TASK = 250, 100, 25, 15  # lines
NEVER = {"utils", "util", "helpers", "helper", "common", "misc"}
STEPS = ("draft", "review", "comment", "sign", "desk", "coordinate", "mailing", "journals", "submit", "record", "team")
STEPS += ("export",)
STEPS += ("dispatch",)
STEPS += ("correspond",)
VIEWS = [*(f"letters.{step}.views" for step in STEPS), "signon.health", "signon.mailbox"]
VIEWS += ["letters.sign.colleague_views", "letters.coordinate.society_views", "letters.coordinate.seat_views"]
VIEWS += ["letters.coordinate.import_views", "letters.record.kit_views"]
VIEWS += ["letters.record.file_views", "letters.record.verify_views", "letters.record.data_views"]
VIEWS += ["letters.record.badge_views", "letters.record.society_views"]
VIEWS += ["letters.desk.call_views"]
VIEWS += ["letters.mailing.public_views", "letters.mailing.plan_views"]
STEPS += ("summarise",)
VIEWS += ["letters.summarise.views", "letters.summarise.officer_views"]
VIEWS += ["letters.dispatch.act_views", "letters.dispatch.step_views"]
VIEWS += ["letters.correspond.due_views", "letters.correspond.claim_views", "letters.correspond.hooks"]
VIEWS += ["letters.journals.target_views", "letters.journals.preflight_views"]
# The files that may import inside a function, each with its reason.
LATE_IMPORTS = {
    "tests/faults/crowd.py",  # a process of its own imports the models once Django is set up there
    "tests/letters/coordinate/test_actions.py",  # pytest-django fills the outbox of the imported module
    "tests/bench/lists.py",  # sets up Django for a database of its own
    "tests/bench/sign.py",  # starts its services before Django is set up
    "tests/bench/desk.py",  # measures the database its environment names
    "tests/bench/roster.py",  # each step sets up Django in a process of its own
    "tests/bench/record.py",  # sets up Django once its servers have started
}
WRITERS = {"update", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update"}
# Rows that have a state of their own, by the name their querysets start with.
NOT_LETTERS = {"Mail", "Job", "Submission", "Arrival", "Round", "mine"}
MAIL_IN_HAND = ("letters/notify/send.py", "row.state")
# Answers by a redirect; its templates say why a link does not open.
WITHOUT_PAGE = {"review:door"}


def modules(*folders: str) -> list[Path]:
    files = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in files if "migrations" not in path.parts]


HOUSE = modules("letters", "signon")
PYTHON = [*HOUSE, *modules("tests"), ROOT / "manage.py"]
OTHERS = [
    path
    for folder in ("templates", "static")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in (".html", ".css", ".js") or (folder == "templates" and path.suffix == ".txt")
]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def size(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def that_match(paths: list[Path], pattern: str) -> list[Path]:
    """The files in whose text this stands; only they are worth parsing."""
    return [path for path in paths if re.search(pattern, path.read_text(encoding="utf-8"), re.MULTILINE)]


def body_lines(function: ast.FunctionDef) -> int:
    """Lines from the first statement behind the docstring to the last."""
    said = ast.get_docstring(function) is not None and len(function.body) > 1
    return function.body[-1].end_lineno - function.body[said].lineno + 1


def functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef)]


def is_view(function: ast.FunctionDef) -> bool:
    return any(ast.unparse(decorator).startswith("access.") for decorator in function.decorator_list)


def test_median_file_is_short():
    assert statistics.median(size(path) for path in HOUSE) < MEDIAN


def test_no_file_is_long():
    assert {name(path): size(path) for path in [*PYTHON, *OTHERS] if size(path) > MOST} == {}


def test_no_module_has_a_name_that_says_nothing():
    assert [name(path) for path in PYTHON if {path.stem, path.parent.name} & NEVER] == []


def opens_with_a_sentence(path: Path) -> bool:
    """Most files are not parsed for this: what they begin with says it."""
    text = path.read_text(encoding="utf-8")
    return bool(re.match(r'"""\w', text) or not tree(path).body or (ast.get_docstring(tree(path)) or "").strip())


def test_each_module_opens_with_a_sentence():
    assert [name(path) for path in PYTHON if not opens_with_a_sentence(path)] == []


def test_only_the_lifecycle_sets_the_state_of_a_letter():
    found = [
        (name(path), node.lineno)
        for path in that_match(HOUSE, r"\bstate\b")
        if name(path) != "letters/lifecycle.py"
        for node in ast.walk(tree(path))
        if sets_state(node) and (name(path), ast.unparse(node)) != MAIL_IN_HAND
    ]
    assert found == []


def sets_state(node: ast.AST) -> bool:
    """An assignment to `….state`, setattr(…, "state", …), or a write of `state=` that is not another model's own."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        return node.attr == "state"
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Name):
        with_word = called.id == "setattr" and ast.unparse(node.args[1]) in ("'state'", '"state"')
        return with_word or (called.id == "Letter" and writes_state(node))
    return isinstance(called, ast.Attribute) and called.attr in WRITERS and writes_state(node) and root(called) is None


def writes_state(call: ast.Call) -> bool:
    given = {keyword.arg for keyword in call.keywords}
    inside = [key for node in ast.walk(call) if isinstance(node, ast.Dict) for key in node.keys]
    return "state" in given or any(isinstance(key, ast.Constant) and key.value == "state" for key in inside)


def root(node: ast.expr) -> str | None:
    """The name a chain of calls and attributes starts with, if it is that of a row with a state of its own."""
    while isinstance(node, ast.Attribute | ast.Call):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node.id if isinstance(node, ast.Name) and node.id in NOT_LETTERS else None


def test_no_signals():
    word = r"\bsignals\b|\breceiver\b"
    imports = [
        name(path)
        for path in that_match(HOUSE, word)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom) and re.search(word, ast.unparse(node))
    ]
    assert imports == []


def test_no_import_inside_a_function():
    late = {
        name(path)
        for path in that_match(PYTHON, r"(^[ \t]+|[;:] *)(import|from)\s")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert late - LATE_IMPORTS == set()


@pytest.mark.parametrize("module", VIEWS)
def test_views_are_short_and_say_which_methods_they_take(module):
    path = ROOT / f"{module.replace('.', '/')}.py"
    views = [function for function in functions(path) if is_view(function)]
    assert {view.name: body_lines(view) for view in views if body_lines(view) > VIEW} == {}
    taken = [[d for d in view.decorator_list if ast.unparse(d).startswith("require_")] for view in views]
    assert [len(found) for found in taken] == [1] * len(views) != []


def test_tasks_are_short():
    path = ROOT / "letters" / "tasks.py"
    assert {one.name: body_lines(one) for one in functions(path) if body_lines(one) > TASK} == {}
    assert {one.name for one in functions(path)} >= {"run", "sweep"}
    assert tasks.run.name == "letters.tasks.run"


@functools.cache
def pages() -> dict[str, tuple[object, set[str]]]:
    """Each URL name that answers a GET with a page: its view, and the templates it may render."""
    found = {}
    for step in STEPS:
        urls = importlib.import_module(f"letters.{step}.urls")
        for pattern in urls.urlpatterns:
            view = inspect.unwrap(pattern.callback)
            rendered = templates_of(view)
            if rendered and "require_POST" not in decorators(view):
                found[f"{urls.app_name}:{pattern.name}"] = (view, rendered)
    return found


def decorators(view: object) -> set[str]:
    function = next(f for f in functions(Path(inspect.getsourcefile(view))) if f.name == view.__name__)
    return {ast.unparse(decorator).partition("(")[0] for decorator in function.decorator_list}


source_of = functools.cache(inspect.getsource)


@functools.cache
def templates_of(function: object, depth: int = 3) -> set[str]:
    """Templates named in a function or in the functions of its own step that it calls."""
    source = source_of(function)
    found = set(re.findall(r'"(letters/[\w/]+\.html)"', source))
    space, step = inspect.getmodule(function), function.__module__.rpartition(".")[0]
    for called in re.findall(r"\b(_?\w+(?:\.\w+)?)\(", source) if depth else ():
        target = functools.reduce(lambda held, part: getattr(held, part, None), called.split("."), space)
        if inspect.isfunction(target) and target.__module__.startswith(step) and target is not function:
            found |= templates_of(inspect.unwrap(target), depth - 1)
    return found


def test_each_page_has_the_template_of_its_name():
    other = {
        key: sorted(rendered)
        for key, (_, rendered) in pages().items()
        if key not in WITHOUT_PAGE and f"letters/{key.replace(':', '/')}.html" not in rendered
    }
    assert other == {}
    assert len(pages()) >= 15


def test_each_page_is_the_view_of_its_name():
    assert {key: view.__name__ for key, (view, _) in pages().items() if key.partition(":")[2] != view.__name__} == {}


def test_each_step_tests_its_views():
    assert [step for step in STEPS if not list((ROOT / "tests" / "letters" / step).glob("test_*.py"))] == []
