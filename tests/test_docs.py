"""README, guides and decision records say only what is there: commands, paths, links, labels, settings, pictures."""

import ast
import functools
import itertools
import re
import shlex
import subprocess
import sys
import tomllib
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from letters import jobs
from letters.lists.columns import FIELDS

ROOT = Path(__file__).resolve().parent.parent
TOP = [ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "CHANGELOG", "SECURITY")]
PAGES = [*TOP, *sorted((ROOT / "docs").rglob("*.md"))]
GUIDES = [ROOT / "docs" / "officers.md", ROOT / "docs" / "coordinators.md"]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
OF_THE_HOUSE = (".py", ".toml", ".yml", ".html", ".css", ".md")  # what else a page names may be made at run time
# Put together from parts, so that this file does not hold what it looks for.
FORBIDDEN = [
    "/" + "work/", "/" + "root/", "pypi" + r"\.org", "python" + "hosted", "npm" + "js", "deb" + r"\.debian",
    "archive" + r"\.ubuntu", "security" + r"\.debian", "docker" + r"\.io", "issue" + r"s? #?\d",
]  # fmt: skip
BINARY = {".ttf", ".woff2", ".png"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def blocks(page: Path) -> list[str]:
    """The ```sh blocks of a page, without the indentation they have inside a list."""
    found = re.findall(r"^( *)```sh\n(.*?)^ *```$", text(page), flags=re.MULTILINE | re.DOTALL)
    return ["\n".join(line.removeprefix(indent) for line in body.splitlines()) for indent, body in found]


def command_lines(page: Path) -> list[list[str]]:
    lines = [line for block in blocks(page) for line in block.splitlines()] + code_spans(page)
    return [shlex.split(line, comments=True) for line in lines if line.startswith(("./run", "docker compose"))]


def code_spans(page: Path) -> list[str]:
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text(page), flags=re.MULTILINE | re.DOTALL))


def rows(page: Path, head: str) -> list[list[str]]:
    """The cells of the table whose first heading is `head`."""
    table = text(page).split(f"\n| {head} |", 1)[1].split("\n\n", 1)[0]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines()[2:]]


@functools.cache
def programs() -> dict[str, list[Path]]:
    """Each command of ./run with the files that read its options."""
    shown = subprocess.run([ROOT / "run", "help"], capture_output=True, text=True, check=True).stdout
    listed = re.findall(r"^  ([a-z]+) ", shown, flags=re.MULTILINE)
    own = ROOT / "letters" / "management" / "commands"
    files = {command: [own / f"{command}.py"] for command in ("demo", "serve", "rehearse")}
    files["manage"] = sorted(own.glob("*.py"))
    files |= {"check": [ROOT / "letters/text/__main__.py"], "redline": [ROOT / "letters/text/__main__.py"]}
    files |= {"verify": [ROOT / "letters/proof/__main__.py"], "test": [ROOT / "tests/checks.py"]}
    return {command: files.get(command, [ROOT / "run"]) for command in listed}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_on_a_page_exist(page):
    services = yaml.safe_load(text(ROOT / "docker-compose.yml"))["services"]
    for words in command_lines(page):
        if words[0] == "./run":
            assert words[1] in programs(), words
            options = {word.split("=")[0] for word in words if word.startswith("--")}
            read = " ".join(map(text, programs()[words[1]])) + " makemigrations --name"
            assert {option for option in options if option not in read} == set(), words
        elif "exec" in words:
            assert words[words.index("exec") + 1] in services, words
        for before, word in itertools.pairwise(words):
            assert before not in ("manage", "manage.py") or word in get_commands(), words


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_named_on_a_page_exist(page):
    for span in code_spans(page):
        path = re.sub(r"<\w+>", "*", span).removesuffix("/")
        if re.fullmatch(r"[\w./*-]+", path) and span.endswith(OF_THE_HOUSE):
            assert list(ROOT.glob(path)) or list((ROOT / "letters").rglob(path)), span
        elif re.fullmatch(r"(letters|signon|templates|tests|docs|static|requirements)/[\w./*-]*", path):
            assert list(ROOT.glob(path)), span


def test_tests_named_on_a_page_exist():
    files = (ROOT / "tests").rglob("test_*.py")
    written = {found for file in files for found in re.findall(r"def (test_\w+)", text(file))}
    named = {span for page in PAGES for span in code_spans(page) if re.fullmatch(r"test_\w+", span)}
    assert named - written == set()
    assert len(named) >= 3


def test_code_to_break_is_in_its_file():
    for file, change, _ in rows(ROOT / "CONTRIBUTING.md", "in"):
        assert re.search(r"^`(.+?)` to `(.+)`$", change)[1] in text(ROOT / file.strip("`")), change


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_of_a_page_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", text(page)):
        if not target.startswith("http"):
            assert (page.parent / target.partition("#")[0]).exists(), target


def test_pictures_are_shown_and_small():
    links = [(page, link) for page in PAGES for link in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", text(page))]
    shown = {(page.parent / link).resolve() for page, link in links}
    assert set((ROOT / "docs" / "img").iterdir()) == shown != set()
    assert {path.name for path in shown if path.stat().st_size > 300_000} == set()


@pytest.mark.parametrize("page", [ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=name)
def test_chart_of_the_house_is_the_one_that_is_guarded(page):
    chart = re.search(r"```\n(  urls .*?)\n```", text(page), flags=re.DOTALL)[1].splitlines()
    layers = next(contract for contract in PROJECT["tool"]["importlinter"]["contracts"] if "containers" in contract)
    assert [re.split(r" {2,}", line.strip("↓ "))[0] for line in chart] == layers["layers"]


def test_changelog_begins_with_this_version():
    assert re.search(r"^## (\S+)$", text(ROOT / "CHANGELOG.md"), flags=re.MULTILINE)[1] == PROJECT["project"]["version"]


def test_table_of_settings_is_env_example():
    lines = [line for line in text(ROOT / ".env.example").splitlines() if line and not line.startswith("#")]
    stated = rows(ROOT / "docs" / "operators.md", "variable")
    assert [f"{row[0].strip('`')}={row[1].strip('`')}" for row in stated] == lines


def test_table_of_settings_states_the_defaults():
    stated = {row[0].strip("`"): row[2].strip("`") for row in rows(ROOT / "docs" / "operators.md", "variable")}
    plain = {}
    for call in ast.walk(ast.parse(text(ROOT / "signon" / "settings.py"))):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("env.") and len(call.args) == 2:
            variable, default = call.args
            if isinstance(default, ast.Constant) and default.value != "":
                value = int(default.value) if isinstance(default.value, bool) else default.value
                plain[variable.value] = str(value)
    assert {variable: stated[variable] for variable in plain} == plain
    assert len(plain) >= 9


def test_columns_of_a_list_are_those_that_are_read():
    stated = [row[0].strip("`") for row in rows(ROOT / "docs" / "coordinators.md", "column")]
    assert stated == list(FIELDS)


def test_pauses_between_tries_are_those_of_the_jobs():
    units = ((3600, "h"), (60, "min"), (1, "s"))
    words = [next(f"{p // n} {unit}" for n, unit in units if p >= n) for p in jobs.PAUSES[: jobs.ATTEMPTS - 1]]
    sentence = f"repeated after {', '.join(words[:-1])} and {words[-1]}."
    assert sentence in " ".join(text(ROOT / "docs" / "operators.md").split())


def bold(page: Path) -> list[str]:
    return [" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", text(page), flags=re.DOTALL)]


@functools.cache
def screens() -> tuple[frozenset[str], str]:
    """Everything on the screens that can be pressed, with "…" for what differs, and all words there are."""
    labels, words = set(), []
    for file in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        page = re.sub(r"\{%\s*translate\s+\"([^\"]*)\"\s*%\}", r"\1", text(file))
        words.append(page)
        page = re.sub(r"\{\{.*?\}\}", "…", page)
        labels |= {one for pair in re.findall(r'label="([^"]+)"|(?m:^)\[([^\]]+)\] ', page) for one in pair}
        for inside in re.findall(r"<(?:button|a|summary)\b[^>]*>(.*?)</(?:button|a|summary)>", page, flags=re.DOTALL):
            labels |= {" ".join(piece.split()) for piece in re.split(r"\{%.*?%\}|<[^>]*>", inside)}
    for file in (ROOT / "letters").rglob("*.py"):
        strings = [node for node in ast.walk(ast.parse(text(file))) if isinstance(node, ast.Constant | ast.JoinedStr)]
        words += [str(node.value) for node in strings if isinstance(node, ast.Constant)]
        labels |= {spelled(node) for node in strings if file.parent.name in ("coordinate", "desk")}
    return frozenset(labels), " ".join("\n".join(words).split())


def spelled(node: ast.Constant | ast.JoinedStr) -> str:
    """A string of the source, with "…" for the values in it."""
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_buttons_on_a_page_are_on_the_screens(page):
    pressed = [found[1:-1] for found in bold(page) if found[0] == "["]
    labels, _ = screens()
    assert set(pressed) - labels - {"bold in brackets"} == set()
    assert len(pressed) > 15 or page not in GUIDES


@pytest.mark.parametrize("page", GUIDES, ids=name)
def test_bold_words_of_a_guide_are_on_the_screens(page):
    _, words = screens()
    assert {found for found in bold(page) if found[0] != "[" and found not in words} - {"bold"} == set()


def test_decisions_are_numbered_and_short():
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        assert text(path).startswith(f"# {path.name[:4]} ")
        assert len(text(path).splitlines()) <= 30


def test_no_file_names_a_machine_or_a_registry():
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("this folder is no git checkout, so its own files are not known")
    files = [ROOT / line for line in done.stdout.splitlines() if Path(line).suffix not in BINARY]
    found = {
        (name(file), match[0])
        for file in files
        if file.is_file()
        for match in re.finditer("|".join(FORBIDDEN), file.read_text(encoding="utf-8", errors="ignore"))
    }
    assert found == set()


@pytest.mark.slow
def test_commands_of_the_page_on_checking_work(tmp_path):
    demo = ROOT / "letters" / "management" / "demo"
    words = ["rehearse", demo / "letter-v1.md", "--societies", demo / "societies.csv", "--out", tmp_path / "out"]
    subprocess.run([sys.executable, ROOT / "manage.py", *words], check=True, capture_output=True)
    mails = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in (tmp_path / "out/mail").iterdir()]
    receipt = next(mail for mail in mails if mail["Subject"].startswith("Receipt ")).get_body(("plain",)).get_content()
    (tmp_path / "out" / "evidence").mkdir()
    note = re.search(r"^localhost:8000/\S+/events\s.*?^— \S+ \S+", receipt, flags=re.MULTILINE | re.DOTALL)[0]
    (tmp_path / "out" / "evidence" / "receipt.txt").write_text(f"{note}\n", encoding="utf-8")
    script = "\n".join(block for block in blocks(ROOT / "docs" / "verify.md") if not block.startswith("./run"))
    done = subprocess.run(["bash", "-euc", script], cwd=tmp_path / "out", capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    for sentence in ("Signature is Valid.", "Total document signed", "The record is the one", "Verified Successfully"):
        assert sentence in done.stdout
