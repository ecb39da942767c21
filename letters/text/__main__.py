"""`python -m letters.text check FILE` and `redline OLD NEW --out FILE.html|FILE.docx`: import check and redline in a
terminal."""

import argparse
import datetime
import json
import sys
from html import escape
from pathlib import Path

from letters.text.blocks import carry_ids
from letters.text.check import import_check
from letters.text.diff import redline
from letters.text.reading import Reading, Unreadable, read
from letters.text.tracked import redline_docx

_SIGNS = {"ok": "ok  ", "warn": "look", "stop": "STOP"}
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.1rem/1.6 serif }}
ins {{ background: #d7f0dc; text-decoration: underline }}
del {{ background: #f8dcdc }}
.visually-hidden {{ position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }}
.own-labels {{ list-style: none }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{summary}</p>
{html}
</body>
</html>
"""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 = nothing stands against it, 1 = something does, 2 = could not be tried."""
    options = _parser().parse_args(arguments)
    try:
        return _check(options) if options.command == "check" else _redline(options)
    except (Unreadable, OSError) as error:
        print(f"{error.filename}: {error.strerror}." if isinstance(error, OSError) else error, file=sys.stderr)
        return 2


def _check(options: argparse.Namespace) -> int:
    check = import_check(_read(options.file, options.tracked, options.bold))
    if options.json:
        print(json.dumps(check.as_dict(), ensure_ascii=False, indent=2))
    else:
        for state, sentence in check.lines():
            print(f"{_SIGNS[state]}  {sentence}")
    return 0 if check.publishable else 1


def _redline(options: argparse.Namespace) -> int:
    old, new = _read(options.old, options.tracked), _read(options.new, options.tracked)
    blocks = carry_ids(old.blocks, new.blocks)
    found = redline(old.blocks, blocks)
    if options.out.suffix.lower() == ".docx":
        now = datetime.datetime.now(datetime.UTC)
        options.out.write_bytes(redline_docx(old.blocks, blocks, author=options.author, when=now))
        print(found.summary)
        return 0
    title = f"{options.old.name} → {options.new.name}"
    page = _PAGE.format(title=escape(title), summary=escape(found.summary), html=found.html)
    options.out.write_text(page, encoding="utf-8")
    print(found.summary)
    return 0


def _read(path: Path, tracked: str, bold: str = "ask") -> Reading:
    return read(path.read_bytes(), name=path.name, tracked=tracked, bold=bold)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="letters.text", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="what the import check finds in a letter")
    check.add_argument("file", type=Path)
    check.add_argument("--json", action="store_true", help="for a machine to read")
    check.add_argument(
        "--bold", choices=("ask", "take", "leave"), default="ask", help="bold lines that look like headings"
    )
    lines = commands.add_parser("redline", help="the changes between two files")
    lines.add_argument("old", type=Path)
    lines.add_argument("new", type=Path)
    lines.add_argument("--out", type=Path, required=True, help="a page (.html) or Word with tracked changes (.docx)")
    lines.add_argument("--author", default="Signon", help="whose changes they are in Word")
    for command in (check, lines):
        command.add_argument("--tracked", choices=("ask", "accept", "reject"), default="ask")
    return parser


if __name__ == "__main__":
    sys.exit(main())
