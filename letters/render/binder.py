"""Puts body, annex and evidence together into one file, in a child process; every length of annex in flat memory.

The body is WeasyPrint's and is small: pikepdf opens it, hooks are made in its catalog, page tree, structure and
outline, and its objects are written first. The annex follows page by page from the parts on the shelf.
"""

import hashlib
import json
import tempfile
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import pikepdf

from letters.render.annexfonts import write_fonts
from letters.render.annexpage import GROUP, AnnexPages, Made, Numbers, foot, outline_entry
from letters.render.annexrow import Cell, DrawnRow
from letters.render.bodyfile import BodyFile
from letters.render.objects import ObjectWriter, text
from letters.render.parts import Layout
from letters.render.typeset import Face, Setter

BOOKMARKS = 40  # into the annex at most
LONGEST = 60  # characters of a bookmark
KINDS = {".json": "application#2Fjson", ".txt": "text#2Fplain"}


@dataclass(frozen=True)
class Binding:
    """What is bound: paths of the body, of the parts in their order and of the files to attach; where to write it.

    `title` is that of the annex, `groups` have a heading and the heads of three columns each in the language `tongue`,
    `of` stands between page and pages; `foot` is the short title, `issue` version and edition, `moment` the time
    (RFC 3339) the files are dated with.
    """

    body: str
    parts: list[str]
    evidence: dict[str, str]
    out: str
    layout: dict[str, Any]
    title: str
    groups: list[tuple[str, str, str, str]]
    tongue: str
    of: str
    foot: str
    issue: str
    moment: str


def bind(binding: Binding) -> int:
    """Write the file; gives its number of pages. The same input gives the same bytes."""
    with pikepdf.open(binding.body) as pdf, Path(binding.out).open("wb") as file:
        body = BodyFile(pdf, sorted(binding.evidence))
        writer, setter = ObjectWriter(file, body.taken), Setter()
        scopes = [writer.add(f"<</O/Table/Scope/{scope}>>") for scope in ("Column", "Row")]
        numbers = Numbers(body.resources, body.section, body.next_parent, *scopes)
        pages = AnnexPages(
            writer, setter, numbers, Layout(**binding.layout), binding.title, binding.groups, binding.tongue
        )
        faces = _draw(pages, binding.parts)
        total = _feet(writer, setter, binding, pages.made, body)
        for name, face in setter.faces.items():
            _join(faces, name, face)
        fonts = write_fonts(writer, faces, {body.FACE: body.font})
        writer.put(body.resources, f"<</Font<<{fonts}>>>>")
        _trees(writer, body, pages.made, total)
        _attach(writer, body, binding)
        _bookmarks(writer, body, pages.made, binding.title)
        body.copy(writer)
        writer.close(*body.roots)
    return total


def _draw(pages: AnnexPages, parts: list[str]) -> dict[str, Face]:
    """All rows of all parts onto pages; gives the faces they are drawn in."""
    faces: dict[str, Face] = {}
    for path in parts:
        part: dict[str, Any] = json.loads(zlib.decompress(Path(path).read_bytes()))
        for society, group, height, content, cells in part["rows"]:
            spec = tuple(Cell(header, tongue, tuple(paragraphs)) for header, tongue, paragraphs in cells)
            pages.add(DrawnRow(height, content, spec), society, group)
        for name, (family, weight, widths, single, pieces) in part["faces"].items():
            found = Face(name, family, weight, {int(glyph): width for glyph, width in widths.items()})
            found.single = dict.fromkeys((glyph, letter) for glyph, letter in single)
            found.pieces = {(tuple(glyphs), piece): None for glyphs, piece in pieces}
            _join(faces, name, found)
    pages.finish()
    return faces


def _join(faces: dict[str, Face], name: str, face: Face) -> None:
    known = faces.setdefault(name, Face(name, face.family, face.weight))
    known.widths = face.widths | known.widths
    known.single.update(face.single)
    known.pieces.update(face.pieces)


def _feet(writer: ObjectWriter, setter: Setter, binding: Binding, made: Made, body: BodyFile) -> int:
    """The feet of all pages, now that their number is known."""
    total = len(body.feet) + len(made.feet)
    for page, number in enumerate([*body.feet, *made.feet], start=1):
        own = page <= len(body.feet)
        right = f"{binding.issue}\N{EN SPACE}·\N{EN SPACE}{page} {binding.of} {total}"
        drawn = foot(setter, "" if own else binding.foot, right)
        # WeasyPrint turns the page upside down; `opening` kept its state to come back to.
        writer.packed(number, f"{'Q ' if own else ''}{drawn}".encode())
    writer.stream(body.opening, b"", b"q")
    return total


def _trees(writer: ObjectWriter, body: BodyFile, made: Made, total: int) -> None:
    """What stands above the pages: the tree of pages, that of parents, and the section of the annex."""
    leaves = [f"{body.parent_leaf} 0 R"]
    for at, node in zip(range(0, len(made.pages), GROUP), made.nodes, strict=True):
        kids = [f"{number} 0 R" for number in made.pages[at : at + GROUP]]
        writer.put(node, f"<</Type/Pages/Parent {body.page_root} 0 R/Count {len(kids)}/Kids[{' '.join(kids)}]>>")
        first, last = body.next_parent + at, body.next_parent + at + len(kids) - 1
        nums = " ".join(made.parents[at : at + GROUP])
        leaves.append(f"{writer.add(f'<</Limits[{first} {last}]/Nums[{nums}]>>')} 0 R")
    nodes = " ".join(f"{number} 0 R" for number in (body.page_node, *made.nodes))
    writer.put(body.page_root, f"<</Type/Pages/Count {total}/Kids[{nodes}]>>")
    writer.put(body.parent_root, f"<</Kids[{' '.join(leaves)}]>>")
    parts = " ".join(f"{number} 0 R" for number in made.parts)
    writer.put(body.section, f"<</S/Sect/P {body.document} 0 R/K[{parts}]>>")


def _attach(writer: ObjectWriter, body: BodyFile, binding: Binding) -> None:
    """The evidence, packed piece by piece, as WeasyPrint would attach it."""
    moment = datetime.fromisoformat(binding.moment).astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
    for name, number in body.specifications.items():
        with tempfile.TemporaryFile() as packed:  # how long it is stands before it
            size, checksum = _pack(binding.evidence[name], packed)
            kind = KINDS.get(Path(name).suffix, "application#2Foctet-stream")
            dates = f"/CreationDate({moment})/ModDate({moment})"
            entries = (
                f"/Type/EmbeddedFile/Subtype/{kind}/Filter/FlateDecode"
                f"/Params<</CheckSum<{checksum}>/Size {size}{dates}>>"
            )
            stream = writer.new()
            writer.copied(stream, entries.encode(), packed)
        said = f"/F{text(name)}/UF{text(name)}/Desc(Evidence of this letter)/AFRelationship/Data"
        writer.put(number, f"<</Type/Filespec{said}/EF<</F {stream} 0 R>>>>")


def _pack(path: str, packed: BinaryIO) -> tuple[int, str]:
    """Write what a file holds as a Flate stream; gives its size and MD5 (ISO 32000-1 table 46)."""
    packer, digest, size = zlib.compressobj(6), hashlib.md5(usedforsecurity=False), 0
    with Path(path).open("rb") as file:
        while block := file.read(2**20):
            digest.update(block)
            size += len(block)
            packed.write(packer.compress(block))
    packed.write(packer.flush())
    return size, digest.hexdigest()


def _bookmarks(writer: ObjectWriter, body: BodyFile, made: Made, heading: str) -> None:
    """One bookmark for the annex, and in it one every so many pages that names the society it begins with."""
    step = -(-len(made.pages) // BOOKMARKS)
    chosen = range(0, len(made.pages), step)
    numbers = [writer.new() for _ in chosen]
    for place, (number, page) in enumerate(zip(numbers, chosen, strict=True)):
        around = f"/Prev {numbers[place - 1]} 0 R" if place else ""
        around += f"/Next {numbers[place + 1]} 0 R" if place + 1 < len(numbers) else ""
        name = made.firsts[page]
        title = name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
        writer.put(number, outline_entry(title, made.pages[page], body.bookmark, around))
    inside = f"/First {numbers[0]} 0 R/Last {numbers[-1]} 0 R/Count -{len(numbers)}"
    before = f"/Prev {body.bookmark_before} 0 R" if body.bookmark_before else ""
    writer.put(body.bookmark, outline_entry(heading, made.pages[0], body.bookmark_above, before + inside))
