"""The words of one block as Markdown on one line, escaped so that a reader of CommonMark says the very same."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from markdown_it.common.normalize_url import normalizeLink

from letters.text.inline import MARKS, Run, tidy
from letters.text.word_notes import code_of

# What refers to note k.
Noted = Callable[[int], str]
_ALWAYS = re.compile(r"[\\`*_~<|]|\](?=[(\[:]|$)|^[(:]|!(?=\[|$)|&(?=#?\w|$)")
_IN_LINK = re.compile(r"[\\`*_~<|\[\]!&]")
# What would begin a heading, quotation, list or rule at the start of a line.
_START = re.compile(r"^(?:[#>+\-=:]|\d{1,9}(?=[.)]))")
_SIGNS = {frozenset({"strong"}): "**", frozenset({"em"}): "*"}


def line(runs: Sequence[Run], *, noted: Noted | None = None, heading: bool = False) -> str:
    """Runs as one line; line breaks are `<br>`, characters from notes are turned into references by `noted`."""
    text = _inline(runs, noted)
    if heading:
        return _edges(text.replace("#", "\\#"))
    found = _START.match(text)
    if found:
        at = found.end() if found[0].isdigit() else 0
        text = f"{text[:at]}\\{text[at:]}"
    return _edges(text)


def cell(runs: Sequence[Run], *, noted: Noted | None = None) -> str:
    """Runs as the cell of a table."""
    return _edges(_inline(runs, noted))


def _inline(runs: Sequence[Run], noted: Noted | None) -> str:
    # Citations are linked anew by the reader, so links inside the letter are left out.
    own = [r if code_of(r.text) is not None or not r.href.startswith("#") else replace(r, href="") for r in runs]
    neat = tidy(own)
    # What follows a run decides whether stars can end its emphasis; a blank stands for the end of the line.
    follows = [run.text if not run.marks and not run.href else "" for run in neat[1:]] + [" "]
    out = ""
    for href, group in groupby(zip(neat, follows, strict=False), key=lambda pair: _target(pair[0])):
        if href:
            out += _link([run for run, _ in group], href)
            continue
        for run, after in group:
            code = code_of(run.text)
            out += _marked(run, out, after) if code is None or noted is None else noted(code)
    return out


def _target(run: Run) -> str:
    return "" if run.href.startswith("#") else run.href


def _marked(run: Run, before: str, after: str) -> str:
    words = _escaped(run.text, _ALWAYS)
    sign = _SIGNS.get(run.marks)
    inner = run.text == run.text.strip() and "\n" not in run.text
    # Stars count as emphasis only where blanks or stops show that they open and close (CommonMark 0.31, 6.2).
    if sign and inner and (not before or before.endswith(" ")) and after[:1] in set(" .,;"):
        return f"{sign}{words}{sign}"
    return _tagged(run, words)


def _tagged(run: Run, words: str) -> str:
    names = [mark for mark in MARKS if mark in run.marks]
    return "".join(f"<{name}>" for name in names) + words + "".join(f"</{name}>" for name in reversed(names))


def _link(runs: Sequence[Run], href: str) -> str:
    if normalizeLink(href) != href or re.search(r"[<>\\\s]", href):
        # Markdown would change the address.
        address = escape(href).replace("|", "&#124;")
        return f'<a href="{address}">{"".join(_tagged(run, _escaped(run.text, _IN_LINK)) for run in runs)}</a>'
    words = "".join(_tagged(run, _escaped(run.text, _IN_LINK)) for run in runs)
    return f"[{words}](<{href.replace('&', '&amp;')}>)"


def _escaped(text: str, what: re.Pattern[str]) -> str:
    return what.sub(lambda found: f"\\{found[0]}", text).replace("\n", "<br>")


def _edges(text: str) -> str:
    """Blanks that a reader would cut off at the ends of a line (all but the plain one) as character references."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    if start >= end:
        return text
    return "".join(f"&#{ord(c)};" for c in text[:start]) + text[start:end] + "".join(f"&#{ord(c)};" for c in text[end:])
