"""Runs, the words of one block with their emphasis and links, and their HTML and plain text; readers make
them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from letters.text.blocks import Block
from letters.text.scripts import lowered, raised

# Outermost first. A link is always innermost and holds text only: PDF/UA readers lose a link around <sup>.
MARKS = ("strong", "em", "u", "s", "code", "sup", "sub")
QUOTE = '"'
SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one set of marks (names of HTML elements) and at most one link; LF in it is a line break."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


def block(kind: str, runs: Iterable[Run], *, level: int = 0, label: str = "") -> Block:
    """A block without an id from runs."""
    neat = tidy(runs)
    return Block("", kind, level, label, to_html(neat), to_text(neat))


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Runs with blanks collapsed and cut at line ends, equal neighbours merged, empty ones dropped, text in
    NFC."""
    neat: list[Run] = []
    last = "\n"
    for run in runs:
        text = re.sub(r" *\n *", "\n", re.sub(r"[ \t\r]+", " ", run.text))
        if last in " \n":
            text = text.lstrip(" ")
        if not neat:
            text = text.lstrip(" \n")
        if text.startswith("\n"):
            _cut_end(neat, " ")
        if not text:
            continue
        last = text[-1]
        if neat and (neat[-1].marks, neat[-1].href) == (run.marks, run.href):
            neat[-1] = replace(run, text=neat[-1].text + text)
        else:
            neat.append(replace(run, text=text))
    _cut_end(neat, " \n")
    neat = _without_blank_links(neat)
    return [replace(run, text=unicodedata.normalize("NFC", run.text)) for run in neat]


def to_html(runs: Iterable[Run]) -> str:
    """Inline HTML with the fewest elements; the text is escaped as an HTML serialiser would."""
    out: list[str] = []
    open_tags: list[str] = []
    before = Run("")
    for run in runs:
        if (run.marks, run.href) == (before.marks, before.href):
            out.append(escaped(run.text))
            continue
        before = run
        tags = [mark for mark in MARKS if mark in run.marks]
        if run.href:
            tags.append(f'a href="{escape(run.href, quote=False).replace(QUOTE, "&quot;")}"')
        same = 0
        while same < min(len(tags), len(open_tags)) and tags[same] == open_tags[same]:
            same += 1
        out += [f"</{tag.split()[0]}>" for tag in reversed(open_tags[same:])]
        out += [f"<{tag}>" for tag in tags[same:]]
        out.append(escaped(run.text))
        open_tags = tags
    out += [f"</{tag.split()[0]}>" for tag in reversed(open_tags)]
    return "".join(out)


def to_text(runs: Sequence[Run]) -> str:
    """Plain text: `10⁵`, `H₂O`, `~~struck~~`, and `words <target>` where the words do not show a link's
    target."""
    out = []
    for marks, group in groupby(runs, key=lambda run: run.marks & {"sup", "sub", "s"}):
        text = targets = ""
        for href, linked_runs in groupby(group, key=lambda run: run.href):
            words = "".join(run.text for run in linked_runs)
            target = f" <{href}>" if href and not _shown(href, words) else ""
            text += words if marks else words + target
            targets += target if marks else ""
        if "sup" in marks or "sub" in marks:
            text = raised(text) if "sup" in marks else lowered(text)
        out.append((f"~~{text}~~" if "s" in marks else text) + targets)
    return unicodedata.normalize("NFC", "".join(out))


def from_html(html: str) -> list[Run]:
    """The runs of inline HTML made by `to_html`; elements it does not make are read through."""
    reader = _Inline()
    reader.feed(html)
    reader.close()
    return reader.runs


def runs_of(block: Block) -> list[Run]:
    """The runs of a block; should its HTML ever say other words than its text, the text is taken."""
    runs = tidy(from_html(block.html))
    return runs if to_text(runs) == block.text else [Run(block.text)]


def linked(runs: Sequence[Run], links: Sequence[tuple[int, int, str]]) -> list[Run]:
    """The runs with a link on each (start, end, href) of their joined text, where no link is yet."""
    out: list[Run] = []
    start = 0
    for run in runs:
        end = start + len(run.text)
        at = start
        for a, b, href in links if not run.href else ():
            a, b = max(a, at), min(b, end)
            if a < b:
                out.append(replace(run, text=run.text[at - start : a - start]))
                out.append(replace(run, text=run.text[a - start : b - start], href=href))
                at = b
        out.append(replace(run, text=run.text[at - start :]))
        start = end
    return [run for run in out if run.text]


def allowed(href: str) -> str:
    """The address when it is one a letter may link to (http, https, mailto, in the page), else ""."""
    address = href.strip()
    if any(char.isspace() or not char.isprintable() for char in address):
        return ""
    return address if address.lower().startswith(SCHEMES) or address.startswith("#") else ""


def escaped(text: str) -> str:
    """Text as HTML, in the very form the sanitiser writes, with `<br>` for LF."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\u00a0", "&nbsp;")
    return text.replace("\n", "<br>")


class _Inline(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self.open: list[str] = []
        self.href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_data("\n")
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
        elif tag in MARKS:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.href = ""
        elif tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        self.runs.append(Run(data, frozenset(self.open), self.href))


def _without_blank_links(runs: Sequence[Run]) -> list[Run]:
    """A link on blanks alone cannot be seen; it stays only where it continues a link on words."""
    out: list[Run] = []
    for i, run in enumerate(runs):
        beside = {other.href for other in (*runs[max(0, i - 1) : i], *runs[i + 1 : i + 2])}
        seen = run.text.strip() or not run.href or run.href in beside
        run = run if seen else replace(run, href="")
        if out and (out[-1].marks, out[-1].href) == (run.marks, run.href):
            out[-1] = replace(run, text=out[-1].text + run.text)
        else:
            out.append(run)
    return out


def _cut_end(runs: list[Run], blanks: str) -> None:
    while runs and not runs[-1].text.rstrip(blanks):
        runs.pop()
    if runs:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(blanks))


def _shown(href: str, words: str) -> bool:
    if href.startswith("#") or href in words:
        return True
    target, seen = _bare(href), _bare(words)
    return target in (seen, f"doi.org/{seen}", f"pubmed.ncbi.nlm.nih.gov/{seen}")


def _bare(address: str) -> str:
    bare = "".join(address.split()).casefold()
    bare = re.sub(r"^(https?://|mailto:|doi:|pmid:)+", "", bare).removeprefix("www.")
    return re.sub(r"^dx\.doi\.org/", "doi.org/", bare).rstrip("/.,;")
