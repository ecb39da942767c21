"""A whole letter as one zip file, made while it is sent, so that its size is nobody's memory."""

import dataclasses
import io
import json
import zipfile
from collections.abc import Callable, Iterator

from letters.export.tables import TABLES
from letters.models import Document, Edition, Letter, Sending, Signature, Submission, Version
from letters.models.document import Kind, suffix_of
from letters.text.plain import plain_text
from letters.text.word import clean_docx
from letters.text.workbook import comma_separated


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """One file of the zip: its name, what it is, and how its bytes come about."""

    name: str
    says: str
    data: Callable[[], bytes]


def parts(letter: Letter) -> list[Part]:
    """Every file there is to give, without reading any (five queries)."""
    found = [part for version in letter.versions.select_related("source").order_by("number") for part in _text(version)]
    for what, table in TABLES.items():
        found.append(Part(f"lists/{what}.csv", table.says, _table(letter, what)))
    found.append(
        Part("record/events.jsonl", "the record: one event per line, each with the hash before it", _events(letter))
    )
    editions = Edition.objects.filter(letter=letter).exclude(document=None).select_related("document")
    for edition in editions.prefetch_related("documents"):
        found += _edition(edition)
    sent = Submission.objects.filter(edition__letter=letter, state__in=[Sending.SENT, Sending.UNKNOWN])
    gone = sent.exclude(sent_copy=None).select_related("journal", "sent_copy", "receipt_file")
    found += [part for number, row in enumerate(gone, start=1) for part in _sent(number, row)]
    decided = Signature.objects.filter(invitation__letter=letter).exclude(mandate_file=None)
    for signature in decided.select_related("mandate_file").order_by("receipt_no"):
        found.append(_decision(signature))
    return found


def _sent(number: int, row: Submission) -> Iterator[Part]:
    """The message or the pasted text, and what shows that the journal got it."""
    if row.by_mail:
        yield Part(f"sent/{number}.eml", f"the message to {row.journal}, as sent", _stored(row.sent_copy))
    else:
        yield Part(f"sent/{number}.txt", f"the text handed in at {row.journal}, as pasted", _stored(row.sent_copy))
    if row.receipt_file:
        with row.receipt_file.path.open("rb") as file:
            name = f"sent/{number}-receipt.{suffix_of(file.read(8))}"
        yield Part(name, f"what shows that {row.journal} got it", _stored(row.receipt_file))


def _text(version: Version) -> Iterator[Part]:
    base, says = f"text/version-{version.number}", f"version {version.number}"
    if version.circulated_at is None:
        base, says = f"{base}-not-published", f"{says}, not published"
    ending = version.source_name.rpartition(".")[2].lower()
    ending = ending if ending in ("docx", "md", "txt") else "bin"
    yield Part(f"{base}-source.{ending}", f"{says}: the file it was read from", _stored(version.source))
    yield Part(f"{base}.txt", f"{says}: its plain text", lambda: plain_text(version.parts, signatories=[]).encode())
    yield Part(
        f"{base}.docx", f"{says}: clean, as Word file",
        lambda: clean_docx(version.parts, title=version.title, signatories=[]),
    )  # fmt: skip
    yield Part(
        f"{base}-canonical.txt", f"{says}: the words that are signed; their hash is {version.content_hash}",
        lambda: version.text.encode(),
    )  # fmt: skip


def _table(letter: Letter, what: str) -> Callable[[], bytes]:
    table = TABLES[what]
    return lambda: comma_separated(table.heading, table.lines(letter, ()))


def _events(letter: Letter) -> Callable[[], bytes]:
    def lines() -> bytes:
        records = (event.as_record() for event in letter.events.order_by("seq"))
        return "".join(json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n" for record in records).encode()

    return lines


def _edition(edition: Edition) -> Iterator[Part]:
    base = f"sealed/edition-{edition.number}"
    yield Part(f"{base}.pdf", f"{edition}: the sealed PDF", _stored(edition.document))
    for document in edition.documents.all():
        if document.kind == Kind.EVIDENCE:
            yield Part(f"{base}-evidence.zip", f"{edition}: its evidence, checked by verify", _stored(document))
            return


def _decision(signature: Signature) -> Part:
    name, says = f"decisions/{signature.receipt_no}", f"the decision of {signature.society_name}; private"
    document = signature.mandate_file
    ending = suffix_of(document.read()) if document and document.path.exists() else ""
    return Part(f"{name}.{ending or 'bin'}", says, _stored(document))


def _stored(document: Document | None) -> Callable[[], bytes]:
    def read() -> bytes:
        if document is None:
            return b""
        return document.read()

    return read


def readme(letter: Letter, found: list[Part]) -> str:
    """What stands in the zip, in the order of its files."""
    width = max(len(part.name) for part in found)
    lines = [f"{part.name:<{width}}  {part.says}" for part in found]
    head = [
        letter.title, f"Convener: {letter.convener}. State: {letter.get_state_display()}.", "",
        "This is everything the system keeps of this letter for its coordinators. It holds names and addresses of",
        "officers and papers that societies gave in confidence: keep it as you would keep those. Links and codes,",
        "with which somebody could sign in, are not in it. Times are UTC. In the lists a cell that a spreadsheet",
        "would run as a formula begins with an apostrophe.", "",
    ]  # fmt: skip
    return "\n".join([*head, *lines, ""])


class _Pipe(io.RawIOBase):
    """Takes what zipfile writes and gives it on."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.waiting += piece
        return len(piece)

    def taken(self) -> bytes:
        """What was written since the last call."""
        piece = bytes(self.waiting)
        self.waiting.clear()
        return piece


def stream(letter: Letter) -> Iterator[bytes]:
    """The zip file piece by piece, never more than one of its files in memory.

    A file that is missing from the store is named in MISSING.txt in place of breaking the download.
    """
    found, lost, pipe = parts(letter), [], _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("README.txt", readme(letter, found))
        for part in found:
            try:
                box.writestr(part.name, part.data())
            except FileNotFoundError:
                lost.append(part.name)
            yield pipe.taken()
        if lost:
            box.writestr("MISSING.txt", "These files are not in the store any more:\n" + "\n".join(lost) + "\n")
    yield pipe.taken()
