"""Our own check that a paper is built to PDF/A-3a and PDF/UA-1; it finds what we could break, no more."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pikepdf
from pikepdf.models.metadata import XmpDocument

from letters.render.reread import Kid, Reread

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
DC = "http://purl.org/dc/elements/1.1/"
RELATIONS = ("/Data", "/Source")
SCRIPT = "The file carries a script."
HEADINGS = tuple(f"/H{level}" for level in range(1, 7))


def problems(pdf: bytes | Path) -> list[str]:
    """What keeps a PDF from the two standards, one sentence each; an empty list is a pass.

    The rules are those of ISO 19005-3 (PDF/A-3) and ISO 14289-1 (PDF/UA-1). Raises pikepdf.PdfError for a
    file that is not a PDF, and ValueError for one that cannot be read.
    """
    file = Reread(pdf)
    checks = (_catalog(file), _metadata(file), _attached(file), _pages(file), _tree(file), _rest(file))
    return list(dict.fromkeys(chain.from_iterable(checks)))


def _rest(file: Reread) -> Iterator[str]:
    """What is wrong with an object that is not in the tree, wherever it lies."""
    for item in file.rest():
        if isinstance(item, pikepdf.Dictionary | pikepdf.Array):
            yield from _scripts(item)
        if isinstance(item, pikepdf.Dictionary):
            if item.get("/Subtype") == "/Image" and item.get("/Interpolate"):
                yield "A picture asks to be smoothed, which PDF/A forbids."
            if "/DescendantFonts" in item:
                yield from _font(file, item)


def _catalog(file: Reread) -> Iterator[str]:
    root = file.root
    if not file.part(root, "/MarkInfo").get("/Marked"):
        yield "The file is not marked as tagged."
    if not str(root.get("/Lang", "")):
        yield "The file states no language."
    if not file.part(root, "/ViewerPreferences").get("/DisplayDocTitle"):
        yield "The file does not ask to show its title."
    if not any(file.get(intent).get("/S") == "/GTS_PDFA1" for intent in file.kids(root, "/OutputIntents")):
        yield "The file has no output intent for its colours."
    if "/OpenAction" in root or "/AA" in root:
        yield "The file does something when it is opened."
    if "/JavaScript" in file.part(root, "/Names"):
        yield SCRIPT
    if file.encrypted:
        yield "The file is encrypted."


def _scripts(item: pikepdf.Object) -> Iterator[str]:
    # Few objects name the language of scripts at all, and one search is quicker than a look at each part.
    if b"/JavaScript" in item.unparse() and _has_script(item):
        yield SCRIPT


def _has_script(item: pikepdf.Object) -> bool:
    """Whether an object is an action in JavaScript, or holds one that is no object of its own."""
    if isinstance(item, pikepdf.Array):
        held = list(item)
    elif isinstance(item, pikepdf.Dictionary):
        held = list(item.values())
    else:
        return False
    return (isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/JavaScript") or any(map(_has_script, held))


def _metadata(file: Reread) -> Iterator[str]:
    xmp = XmpDocument(file.data(file.root, "/Metadata"))
    if (xmp.get(f"{{{PDFA}}}part"), xmp.get(f"{{{PDFA}}}conformance")) != ("3", "A"):
        yield "The file does not call itself PDF/A-3a."
    if xmp.get(f"{{{PDFUA}}}part") != "1":
        yield "The file does not call itself PDF/UA-1."
    for name in ("title", "creator", "identifier", "language", "date", "description"):
        if not xmp.get(f"{{{DC}}}{name}"):
            yield f"The file's description lacks its {name}."


def _font(file: Reread, font: pikepdf.Object) -> Iterator[str]:
    name = str(font.get("/BaseFont", "a font"))[1:]
    descendant = next(map(file.get, file.kids(font, "/DescendantFonts")), pikepdf.Dictionary())
    descriptor = file.part(descendant, "/FontDescriptor")
    if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
        yield f"The font {name} is not embedded."
    if "/ToUnicode" not in font:
        yield f"The font {name} does not say which characters it shows."
    elif b"> <>" in file.data(font, "/ToUnicode"):
        yield f"The font {name} has a glyph without a meaning."


def _attached(file: Reread) -> Iterator[str]:
    associated = file.kids(file.root, "/AF")
    if len(associated) != len(set(associated)):
        yield "A file is associated twice."
    for name, kid in file.named(file.part(file.part(file.root, "/Names"), "/EmbeddedFiles")):
        relation = str(file.get(kid).get("/AFRelationship", ""))
        if kid not in associated or relation not in RELATIONS:
            yield f"The attached file {name} does not say how it belongs to the letter."


def _pages(file: Reread) -> Iterator[str]:
    for number, page in enumerate(file.pages(file.kids(file.root, "/Pages")), start=1):
        if "/StructParents" not in page:
            yield f"Page {number} is not joined to the structure."
        for note in map(file.get, file.kids(page, "/Annots")):
            described = "/StructParent" in note and str(note.get("/Contents", ""))
            if note.get("/Subtype") == "/Link" and not described:
                yield f"A link on page {number} is not described."
            elif note.get("/Subtype") == "/Widget" and any(int(side) for side in note.get("/Rect", [])):
                yield f"A form field shows on page {number}."


def _tree(file: Reread) -> Iterator[str]:
    if "/StructTreeRoot" not in file.root:
        yield "The file has no structure."
    level = 0
    for kind, kids, element in file.elements(file.kids(file.part(file.root, "/StructTreeRoot"))):
        yield from _scripts(element) if element else ()
        if kind == "/Link" and not any(_is_reference(file, kid) for kid in kids):
            yield "A link in the structure leads nowhere."
        elif kind == "/Figure" and not (element and str(element.get("/Alt", ""))):
            yield "A picture has no words in its place."
        elif kind == "/Table" and not any(cell.kind == "/TH" for cell in file.elements(kids)):
            yield "A table has no header cells."
        elif kind in HEADINGS:
            if int(kind[2:]) > level + 1:
                yield f"A heading of level {kind[2:]} follows one of level {level}."
            level = int(kind[2:])


def _is_reference(file: Reread, kid: Kid) -> bool:
    item = file.get(kid)
    return isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/OBJR"
