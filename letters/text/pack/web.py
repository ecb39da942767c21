"""The text as a person pastes it into a web form, and how many words the journal counts in it."""

from dataclasses import replace
from itertools import groupby

from letters.text.blocks import Block
from letters.text.fit_text import count_words
from letters.text.inline import Run, runs_of, tidy, to_html, to_text
from letters.text.pack.layout import entries, restyled
from letters.text.pack.matter import Matter
from letters.text.pack.signed import lines
from letters.text.plain import plain_text

_CITES = "#ref-"


def web_text(matter: Matter, *, titled: bool = True) -> str:
    """Paragraphs with an empty line between them; raised citations as [1], the signatories in their place.

    The title is the first paragraph unless `titled` is false, for forms that ask for it by itself.
    """
    blocks = [_flat(one) for one in restyled(matter, entries(matter)) if titled or one.kind != "title"]
    return plain_text(blocks, signatories=lines(matter.people))


def words(matter: Matter) -> int:
    """The words of the text as its journal counts them, the base of a live count."""
    return count_words(matter.blocks, matter.venue.rule("excludes").items, lines(matter.people))


def _flat(one: Block) -> Block:
    """The block with raised citations written in brackets; others stay as their text says them."""
    if one.kind in ("table", "reference") or _CITES not in one.html:
        return one
    runs = runs_of(one)
    out: list[Run] = []
    for raised, group in groupby(runs, key=lambda run: "sup" in run.marks):
        parts = list(group)
        if raised and any(run.href.startswith(_CITES) for run in parts):
            text = "".join(run.text for run in parts).strip()
            gap = "" if not out or out[-1].text[-1:] in " \n(" else " "
            out.append(Run(text if text.startswith("[") else f"{gap}[{text}]"))
        else:
            out += parts
    neat = tidy(out)
    return replace(one, html=to_html(neat), text=to_text(neat))
