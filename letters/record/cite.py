"""How a letter is cited: as a line of text, for BibTeX and for reference managers (RIS); it knows no rows."""

import dataclasses
import datetime
import re
from collections.abc import Sequence

NAMED = 3  # societies a line of text names before it counts the others
# A brace counts for BibTeX even behind a backslash, so that only words can stand for one.
TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "#": r"\#", "$": r"\$",
    "&": r"\&", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", '"': r"\textquotedbl{}",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Cited:
    """One sealed edition as a thing to cite: `page` is where it is read, `check` where it is verified.

    `number` is how many different societies there are where `societies` names only the first.
    """

    key: str
    title: str
    societies: Sequence[str]
    convener: str
    day: datetime.date
    version: int
    edition: int
    content_hash: str
    page: str
    check: str
    number: int = 0

    @property
    def which(self) -> str:
        """“Version 2, edition 1”."""
        return f"Version {self.version}, edition {self.edition}"

    @property
    def different(self) -> list[str]:
        """Each society once; some sign with several officers."""
        return list(dict.fromkeys(self.societies))


def as_text(cited: Cited) -> str:
    """One line: who, what, which text of which day, where it is read and where it is checked."""
    names, others = cited.different[:NAMED], max(cited.number, len(cited.different)) - NAMED
    who = ", ".join(map(flat, names)) + (f", and {others} more" if others > 0 else "")
    day = f"{cited.day.day} {cited.day:%B %Y}"
    return f"{who}. {_ended(flat(cited.title))} {cited.which}, {day}. {cited.page} (verify: {cited.check})"


def as_bibtex(cited: Cited) -> str:
    """An entry of the kind @misc; each society is an author in braces, so that its name is not taken apart."""
    note = f"{cited.which}; verify: {cited.check}; content hash SHA-256 {cited.content_hash}"
    fields = {
        "author": " and ".join(f"{{{tex(name)}}}" for name in cited.different),
        "title": f"{{{tex(cited.title)}}}",
        "year": str(cited.day.year),
        "month": str(cited.day.month),
        "howpublished": tex(f"Joint letter, convened by {flat(cited.convener)}"),
        "note": tex(note),
        "url": cited.page,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{cited.key},\n{lines}\n}}\n"


def as_ris(cited: Cited) -> str:
    """A record of the kind GEN; each society is an author."""
    lines = [
        ("TY", "GEN"),
        *(("AU", flat(name)) for name in cited.different),
        ("TI", flat(cited.title)),
        ("PY", str(cited.day.year)),
        ("DA", f"{cited.day:%Y/%m/%d}"),
        ("M1", cited.which),
        ("N1", f"Verify: {cited.check}. Content hash SHA-256: {cited.content_hash}"),
        ("UR", cited.page),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines)


def flat(words: str) -> str:
    """The words on one line, without control characters or what turns the direction of writing."""
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())


def tex(words: str) -> str:
    """The words for BibTeX, in which none of them can end a field."""
    return "".join(TEX.get(char, char) for char in flat(words))


def _ended(words: str) -> str:
    return words if re.search(r"[.!?]$", words) else f"{words}."
