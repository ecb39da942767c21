"""All files of a submission pack under names an editor understands; each file is made in a module of its own."""

from dataclasses import replace

from letters.text.inline import Run, block
from letters.text.pack.bibliography import Entry
from letters.text.pack.cover import covering_letter
from letters.text.pack.jats import jats
from letters.text.pack.layout import entries, restyled, with_interests
from letters.text.pack.lists import declared_by, interests, interests_text, signatories_csv, stated
from letters.text.pack.matter import Matter
from letters.text.pack.people import for_venue
from letters.text.pack.readme import readme
from letters.text.pack.signed import lines
from letters.text.pack.web import web_text
from letters.text.pack.wording import kind
from letters.text.word import clean_docx

COVER, TEXT, JATS = "covering-letter", "text-for-web-form.txt", "jats.xml"
SIGNATORIES, INTERESTS, REFERENCES = "signatories.csv", "competing-interests.txt", "references.txt"
PDF, README = "signed-letter.pdf", "README.txt"


def pack(matter: Matter, *, cover: str = "", pdf: bytes = b"") -> dict[str, bytes]:
    """{file name: bytes}, the same bytes for the same input, README.txt first.

    `cover` is the template of the covering letter, "" for the default of its language; `pdf` is the sealed file, which
    is left out when empty. Raises people.BadPeople when the journal cannot print these people, cover.BadCover,
    bibliography.BadStyle, canonical.Refused.
    """
    matter = replace(matter, people=for_venue(matter.people, matter.venue))
    listed = entries(matter)
    letter = covering_letter(matter, cover)
    made = {
        f"{COVER}.txt": letter.encode(), f"{COVER}.docx": _paragraphs(letter, "Covering letter"),
        f"{kind(matter)}.docx": document(matter), TEXT: web_text(matter).encode(),
        SIGNATORIES: signatories_csv(matter.people), INTERESTS: interests_text(matter).encode(),
        REFERENCES: _references(listed).encode() if listed else b"",
        f"{kind(matter)}-{JATS}": jats(matter), PDF: pdf,
    }  # fmt: skip
    files = {name: data for name, data in made.items() if data}
    return {README: readme(matter, list(files), listed).encode(), **files}


def document(matter: Matter) -> bytes:
    """The text as a clean .docx: title, text, signatories, interests, references; no comments, no tracked changes."""
    blocks = restyled(matter, entries(matter))
    if declared_by(matter.people)[0] or not stated(matter):
        blocks = with_interests(blocks, interests(matter))
    return clean_docx(blocks, title=matter.title, signatories=lines(matter.people))


def _paragraphs(text: str, title: str) -> bytes:
    parts = [part for part in text.split("\n\n") if part.strip()]
    return clean_docx([block("paragraph", [Run(part)]) for part in parts], title=title)


def _references(listed: list[Entry]) -> str:
    """The list, each entry that is as the letter prints it marked with why."""
    out = []
    for one in listed:
        out.append(f"{one.label} {one.text}" + (f"\n   (as printed in the letter: {one.why})" if one.why else ""))
    return "\n".join(out) + "\n"
