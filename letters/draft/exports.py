"""A version as a file: Word, plain text, Markdown, Word with the changes tracked, and a PDF marked as a draft."""

import dataclasses
from collections.abc import Callable

from letters.models import Signature, Version
from letters.render.draft import Busy, draft_of, draft_paper
from letters.render.pdf import PressFailed, Unprintable
from letters.text.markdown_out import markdown
from letters.text.plain import plain_text
from letters.text.tracked import redline_docx
from letters.text.word import clean_docx

NO_PAPER = (Busy, Unprintable, PressFailed)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclasses.dataclass(frozen=True, slots=True)
class Export:
    """A file to download."""

    name: str
    media_type: str
    data: bytes


def signatories(version: Version) -> list[str]:
    """The societies whose signatures stand under this version, in printed order."""
    live = Signature.objects.filter(version=version).live().in_printed_order()
    return list(dict.fromkeys(live.values_list("society_name", flat=True)))


def word(version: Version) -> Export:
    """The clean text with the societies that signed in place of the placeholder."""
    data = clean_docx(version.parts, title=version.title, signatories=signatories(version))
    return Export(f"{version.letter.slug}-version-{version.number}.docx", WORD, data)


def text(version: Version) -> Export:
    """The plain text for a web form, references unbroken."""
    words = plain_text(version.parts, signatories=signatories(version))
    return Export(f"{version.letter.slug}-version-{version.number}.txt", "text/plain; charset=utf-8", words.encode())


def markdown_text(version: Version) -> Export:
    """The text as Markdown, which imports as the same text."""
    words = markdown(version.parts, signatories=signatories(version))
    name = f"{version.letter.slug}-version-{version.number}.md"
    return Export(name, "text/markdown; charset=utf-8", words.encode())


def tracked(version: Version, before: Version | None) -> Export | None:
    """What changed since `before`, as tracked changes by whoever brought the text in; None without an earlier one."""
    if before is None:
        return None
    data = redline_docx(before.parts, version.parts, author=str(version.created_by), when=version.created_at)
    return Export(f"{version.letter.slug}-changes-{before.number}-to-{version.number}.docx", WORD, data)


def pdf(version: Version) -> Export | None:
    """The version on paper, marked on each page as a draft; None for the sealed one. Raises one of NO_PAPER."""
    draft = draft_of(version)
    name = f"{version.letter.slug}-{'superseded' if version.superseded else 'draft'}-version-{version.number}.pdf"
    return Export(name, "application/pdf", draft_paper(draft)) if draft else None


KINDS: dict[str, Callable[[Version], Export | None]] = {
    "word": word, "text": text, "markdown": markdown_text, "pdf": pdf,
}  # fmt: skip


def export(version: Version, kind: str, before: Version | None) -> Export | None:
    """The version as a file of this kind; None where there is none. Raises one of NO_PAPER."""
    if kind == "tracked":
        return tracked(version, before)
    return KINDS[kind](version) if kind in KINDS else None
