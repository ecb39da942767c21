"""The door for files: what kind a file is, the limits it must keep, and its parts as XML; meaning is left to
the readers."""

import struct
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath

from lxml import etree

MB = 1_000_000
MAX_FILE = 25 * MB
MAX_UNZIPPED = 200 * MB
MAX_PART = 30 * MB
MAX_ENTRIES = 2_000
MAX_RATIO = 100
MAX_WORDS = 60_000
# A small file may repeat itself a lot; a ratio says nothing about it.
RATIO_FROM = 5 * MB
# ECMA-376 part 1, 4.4.16 of APPNOTE.TXT: end of central directory record, and its 64-bit locator before it.
_END, _END64 = b"PK\x05\x06", b"PK\x06\x07"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_AGAIN = "open it in Word and save it again as Word document (.docx)"


class Unreadable(ValueError):
    """A file that cannot be read as a letter; the message is one sentence that names it and says what to
    do."""


def kind(data: bytes, *, name: str) -> str:
    """ "docx" or "text", by content and not by name; raises Unreadable for everything else and for too large
    a file."""
    if len(data) > MAX_FILE:
        raise Unreadable(f"{name} is larger than {MAX_FILE // MB} MB: take out the images and upload it again.")
    if not data.strip():
        raise Unreadable(f"{name} is empty: choose the file with the letter.")
    if data.startswith(_OLE):
        raise Unreadable(_old_office(data, name))
    for start, what in ((b"%PDF", "a PDF"), (b"{\\rtf", "a rich text file"), (b"\x89PNG", "an image")):
        if data.startswith(start):
            raise Unreadable(f"{name} is {what}: upload the letter as Word document (.docx) or as Markdown.")
    if data.startswith(b"PK"):
        return "docx"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{name} is UTF-16 text: save it as UTF-8.")
    if PurePosixPath(name).suffix.lower() in {".docx", ".docm", ".doc"} or b"\0" in data:
        raise Unreadable(f"{name} is not a Word document inside: {_AGAIN}.")
    return "text"


class Package:
    """An opened .docx whose limits were checked on its central directory; parts are unpacked under a hard
    cap."""

    def __init__(self, data: bytes, *, name: str) -> None:
        """Raises Unreadable when the file is not a zip, breaks a limit or holds no Word text."""
        self.name = name
        self._left = MAX_UNZIPPED
        _check_end(data, name)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError) as error:
            raise Unreadable(f"{name} is damaged: {_AGAIN}.") from error
        self._entries = _checked(self._zip.infolist(), name)

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part; raises Unreadable when it is damaged or unpacks to more than it may."""
        entry = self._entries[part]
        limit = min(MAX_PART, self._left)
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)
        except (
            zipfile.BadZipFile,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise Unreadable(f"{self.name} is damaged in {part}: {_AGAIN}.") from error
        except Exception as error:  # zlib.error and lzma.LZMAError have no common ancestor but Exception
            raise Unreadable(f"{self.name} is damaged in {part}: {_AGAIN}.") from error
        if len(data) > limit:
            raise Unreadable(f"{self.name} unpacks to far more text than a letter has: {_AGAIN}.")
        self._left -= len(data)
        return data

    def xml(self, part: str) -> etree._Element:
        """The root of a part; no entity, document type or network access is ever honoured."""
        return parse(self.read(part), name=self.name, part=part)

    def parts(self, start: str) -> Iterator[str]:
        """Names of the parts that begin with `start`, in the order of the file."""
        return (part for part in self._entries if part.startswith(start))


def parse(data: bytes, *, name: str, part: str) -> etree._Element:
    """XML without document type, entities or network; raises Unreadable when it is not that."""
    if b"<!DOCTYPE" in data or "<!DOCTYPE".encode("utf-16-le") in data or "<!DOCTYPE".encode("utf-16-be") in data:
        raise Unreadable(f"{name} holds a document type declaration in {part}, which Word never writes: {_AGAIN}.")
    if _STRICT in data[:5000]:
        raise Unreadable(f"{name} is saved as “Strict Open XML”: save it as plain “Word document (.docx)”.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{name} is damaged in {part}: {_AGAIN}.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(f"{name} holds a document type declaration in {part}: {_AGAIN}.")
    return root


def _check_end(data: bytes, name: str) -> None:
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or len(data) < at + 22:
        raise Unreadable(f"{name} is cut off or not a Word document: {_AGAIN}.")
    entries, size = struct.unpack("<HI", data[at + 10 : at + 16])
    # The directory is measured too: its entry count is only a claim, and reading 500,000 entries takes
    # seconds.
    if entries > MAX_ENTRIES or size > MAX_ENTRIES * 400 or data[at - 20 : at - 16] == _END64:
        raise Unreadable(f"{name} holds more than {MAX_ENTRIES:,} parts, far more than a letter has: {_AGAIN}.")


def _checked(infos: list[zipfile.ZipInfo], name: str) -> dict[str, zipfile.ZipInfo]:
    if len(infos) > MAX_ENTRIES:
        raise Unreadable(f"{name} holds more than {MAX_ENTRIES:,} parts, far more than a letter has: {_AGAIN}.")
    unzipped = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unzipped > MAX_UNZIPPED or (unzipped > RATIO_FROM and unzipped > MAX_RATIO * max(packed, 1)):
        raise Unreadable(f"{name} unpacks to {unzipped // MB:,} MB, far more than a letter has: {_AGAIN}.")
    if any(info.flag_bits & 1 for info in infos):
        raise Unreadable(f"{name} is protected by a password: remove the password and upload it again.")
    entries = {info.filename: info for info in infos}
    if len(entries) < len(infos):
        raise Unreadable(f"{name} holds two parts of one name, so nobody can tell which is meant: {_AGAIN}.")
    _check_kind(entries, name)
    return entries


def _check_kind(entries: dict[str, zipfile.ZipInfo], name: str) -> None:
    if any(part.startswith("word/document") and part.endswith(".xml") for part in entries):
        return
    for start, what in (
        ("xl/", "a spreadsheet"),
        ("ppt/", "a set of slides"),
        ("content.xml", "an OpenDocument file"),
    ):
        if any(part.startswith(start) for part in entries):
            raise Unreadable(f"{name} is {what}: save the letter as Word document (.docx) and upload that.")
    raise Unreadable(f"{name} is a zip file but not a Word document (no word/document.xml inside): {_AGAIN}.")


def _old_office(data: bytes, name: str) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return (
            f"{name} is protected by a password: in Word choose File, Info, Protect Document, remove the "
            "password and upload it again."
        )
    return f"{name} is in the old .doc format or another old Office format: {_AGAIN}."
