"""What stands behind the sealed part of a file: validation data and an archive time-stamp, each in one exact form.

The sealed part holds both empty: a store without data, a field without a time-stamp (ISO 32000-2 sections 12.8.4.3 and
12.8.5). So what is added fills these two and touches nothing else, and its absence shows. What the parts prove is left
to lasting.
"""

import re
from dataclasses import dataclass, replace

import pikepdf

from letters.proof.cms import BadSeal
from letters.proof.pieces import Data

ROOM = 9_000  # bytes kept for the token of the archive time-stamp
FIELD = "Archive"
FIELD_KEYS = {"/FT", "/T", "/Type", "/Subtype", "/F", "/Rect", "/P"}
MOST = 40  # certificates and answers together
KINDS = ("Certs", "OCSPs", "CRLs")
_OBJECT = re.compile(rb"(\d{1,9}) 0 obj\n<< /Length (\d{1,7}) >>\nstream\n")
_END = b"\nendstream\nendobj\n"
_LISTED = re.compile(rb" /(Certs|OCSPs|CRLs) \[((?: \d{1,9} 0 R)+) \]")
_STORE = re.compile(rb"\d{1,9} 0 obj\n<< /Type /DSS((?: /(?:Certs|OCSPs|CRLs) \[(?: \d{1,9} 0 R)+ \])+) >>\nendobj\n")
_COVERS = b"\n/ByteRange [ %s] >>\nendobj\n"
_TOKEN = re.compile(rb"/Contents <([0-9A-F]{%d})>" % (2 * ROOM))


@dataclass(frozen=True)
class Places:
    """Where a file ends, and what a section behind it refers to.

    `size` is the number of the next free object, `start` the byte of the last cross-reference section; `root`, `info`
    and `id` are written as in the trailer. `store` and `field` are the numbers of the two empty objects, `page` that
    of the page the field belongs to; each is 0 where it is missing.
    """

    length: int
    start: int
    size: int
    root: bytes
    info: bytes
    id: bytes
    store: int = 0
    field: int = 0
    page: int = 0


@dataclass(frozen=True)
class Held:
    """The validation data of a file in the order written, each in DER; all three may be empty."""

    certificates: tuple[bytes, ...] = ()
    ocsp: tuple[bytes, ...] = ()
    crl: tuple[bytes, ...] = ()


def places(data: Data, pdf: pikepdf.Pdf) -> Places:
    """Where the sealed part of a file, opened as `pdf`, ends. Raises BadSeal where it does not end as ours does."""
    found = re.search(rb"startxref\n(\d{1,10})\n%%EOF\n\Z", data[-64:])
    trailer = pdf.trailer
    ids, info = trailer.get("/ID"), trailer.get("/Info")
    if found is None or not isinstance(ids, pikepdf.Array) or len(ids) != 2 or not isinstance(info, pikepdf.Dictionary):
        raise BadSeal("The sealed part of the file does not end as a sealer of ours ends it.")
    store, field, page = announced(pdf)
    return Places(
        length=len(data),
        start=int(found[1]),
        size=int(trailer.Size),
        root=b"%d 0 R" % pdf.Root.objgen[0],
        info=b"%d 0 R" % info.objgen[0],
        id=b"[ %s ]" % b" ".join(b"<%s>" % bytes(one).hex().upper().encode() for one in ids),
        store=store,
        field=field,
        page=page,
    )


def announced(pdf: pikepdf.Pdf) -> tuple[int, int, int]:
    """The numbers of the empty store, of the empty field and of its page, as in Places."""
    store, field, page = pdf.Root.get("/DSS"), 0, 0
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    second = fields[1] if isinstance(fields, pikepdf.Array) and len(fields) == 2 else None
    if isinstance(second, pikepdf.Dictionary) and set(second.keys()) == FIELD_KEYS and second["/T"] == FIELD:
        field, page = second.objgen[0], second["/P"].objgen[0]
    empty = isinstance(store, pikepdf.Dictionary) and dict(store.items()) == {"/Type": "/DSS"}
    return store.objgen[0] if store is not None and empty else 0, field, page


def validation(at: Places, held: Held) -> bytes:
    """The revision with the validation data."""
    made, offsets, listed = bytearray(), dict[int, int](), []
    number = at.size
    for kind, several in zip(KINDS, (held.certificates, held.ocsp, held.crl), strict=True):
        refs = b""
        for der in several:
            offsets[number] = at.length + len(made)
            made += b"%d 0 obj\n<< /Length %d >>\nstream\n%s" % (number, len(der), der) + _END
            refs += b" %d 0 R" % number
            number += 1
        listed += [b" /%s [%s ]" % (kind.encode(), refs)] if refs else []
    offsets[at.store] = at.length + len(made)
    made += b"%d 0 obj\n<< /Type /DSS%s >>\nendobj\n" % (at.store, b"".join(listed))
    return bytes(made) + _section(at, number, offsets, at.length + len(made))


def behind(at: Places, added: bytes) -> Places:
    """The same after a revision of ours was added."""
    start = at.length + added.rindex(b"startxref\n")
    last = int(added[start - at.length + 10 : -7])
    number = int(added[last - at.length :].split(b" ", 1)[0])
    return replace(at, length=at.length + len(added), start=last, size=number + 1)


def archive(at: Places, token: bytes) -> tuple[bytes, bytes, bytes]:
    """The revision with the archive time-stamp in three pieces; the middle one is the token's hex with its brackets."""
    field = (
        b"%d 0 obj\n<< /FT /Sig /T (Archive) /Type /Annot /Subtype /Widget /F 132 /Rect [ 0 0 0 0 ] /P %d 0 R "
        b"/V %d 0 R >>\nendobj\n" % (at.field, at.page, at.size)
    )
    stamp = b"%d 0 obj\n<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161\n/Contents " % at.size
    written = b"<%s>" % token.hex().upper().encode().ljust(2 * ROOM, b"0")
    opening = at.length + len(field + stamp)
    closing = opening + len(written)
    # The last number counts bytes that it stands among itself; spaces keep it from moving them.
    kept = len(_COVERS % (b" " * 40))
    offsets = {at.field: at.length, at.size: at.length + len(field)}
    table = _section(at, at.size + 1, offsets, closing + kept)
    tail = _COVERS % (b"0 %d %d %d" % (opening, closing, kept + len(table))).ljust(40)
    return field + stamp, written, tail + table


def _section(at: Places, number: int, offsets: dict[int, int], here: int) -> bytes:
    """A cross-reference stream (ISO 32000-1 section 7.5.8) as object `number` at byte `here`, and the file's end."""
    listed = sorted((offsets | {number: here}).items())
    entries = b"".join(b"\1" + offset.to_bytes(8, "big") + b"\0" for _, offset in listed)
    index = b" ".join(b"%d 1" % one for one, _ in listed)
    facts = b"/Type /XRef /W [ 1 8 1 ] /Index [ %s ] /Size %d /Prev %d /Root %s /Info %s /ID %s /Length %d" % (
        index, number + 1, at.start, at.root, at.info, at.id, len(entries),
    )  # fmt: skip
    return b"%d 0 obj\n<< %s >>\nstream\n%s" % (number, facts, entries) + _END + b"startxref\n%d\n%%%%EOF\n" % here


def read(at: Places, added: bytes) -> tuple[Held, bytes]:
    """The validation data and the hex of the archive token ("" for none) that were added. Raises BadSeal.

    What was found is written again and must come out byte for byte, so that nothing else can stand there.
    """
    held, token = _held(added), b""
    exact = validation(at, held)
    if at.field:
        found = _TOKEN.search(added, len(exact))
        if found is None:
            raise BadSeal("The archive time-stamp that the seal announces is not there.")
        token = bytes.fromhex(found[1].decode())
        exact += b"".join(archive(behind(at, exact), token))
    if exact != added:
        raise BadSeal("What was added behind the seal is not written in its one exact form: a byte of it was changed.")
    return held, token


def _held(added: bytes) -> Held:
    place, found = 0, list[bytes]()
    while head := _OBJECT.match(added, place):
        place = head.end() + int(head[2])
        found.append(added[head.end() : place])
        place += len(_END)
        if len(found) > MOST:
            raise BadSeal(f"More than {MOST} certificates and answers were added behind the seal.")
    store = _STORE.match(added, place)
    counts = {name.decode(): refs.count(b"R") for name, refs in _LISTED.findall(store[1])} if store else {}
    if store is None or sum(counts.values()) != len(found):
        raise BadSeal("The validation data that the seal announces is not there, or is damaged.")
    parts = iter(found)
    kinds = (tuple(next(parts) for _ in range(counts.get(kind, 0))) for kind in KINDS)
    return Held(*kinds)
