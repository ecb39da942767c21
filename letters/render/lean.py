"""Opens a PDF for pyHanko without telling it where each of its objects lies; what is added to the file is seal's.

pyHanko would keep some 400 bytes for each of half a million objects, of which it needs a dozen.
"""

import io
from typing import BinaryIO

from pyhanko.pdf_utils.decode_limits import DecodeLimits
from pyhanko.pdf_utils.generic import Reference, StreamObject, TrailerReference
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.xref import ObjStreamRef, TrailerDictionary, XRefCache, read_object_header

from letters.render.tables import IN_STREAM, PLAIN, Tables

# What pyHanko reads instead of the tables of the file: a file without objects.
_EMPTY = b"%s\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R>>\nstartxref\n9\n%%%%EOF\n"


class _Places(XRefCache):
    """Where objects lie, looked up in the tables of all revisions."""

    def __init__(self, reader: PdfFileReader, tables: Tables) -> None:
        super().__init__(reader, [])
        self._tables = tables

    @property
    def total_revisions(self) -> int:
        """How many tables there are."""
        return len(self._tables.starts)

    def __getitem__(self, ref: Reference) -> int | ObjStreamRef | None:
        """Where the newest form of an object lies: in the file, or in a stream of objects; None for nowhere."""
        kind, place, index = self._tables.entry(ref.idnum) or (None, 0, 0)
        if kind == IN_STREAM:
            return ObjStreamRef(place, index)
        return place if kind == PLAIN else None


class Lean(PdfFileReader):
    """pyHanko's reader for a file whose tables are known."""

    def __init__(self, file: BinaryIO, tables: Tables) -> None:
        file.seek(0)
        super().__init__(io.BytesIO(_EMPTY % file.read(8)), decode_limits=DecodeLimits.for_trusted_input())
        self.stream, self.last_startxref, self.has_xref_stream = file, tables.starts[0], True
        self.trailer, self.xrefs = TrailerDictionary(), _Places(self, tables)
        self.trailer.container_ref = TrailerReference(self)  # type: ignore[no-untyped-call]
        for start in tables.starts:
            file.seek(start)
            number, generation = read_object_header(file, strict=True)  # type: ignore[no-untyped-call]
            table = StreamObject.read_from_stream(file, Reference(number, generation, self))
            self.trailer.add_trailer_revision(table)


def reader_of(file: BinaryIO) -> PdfFileReader:
    """The lean reader where it can read the tables, else pyHanko's own."""
    tables = Tables.of(file)
    return Lean(file, tables) if tables else PdfFileReader(file)
