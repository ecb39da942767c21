"""Our own check that a paper is built to PDF/A-3a and PDF/UA-1; it finds what we could break, no more."""

import io
from collections.abc import Iterator

import pikepdf

PDFA = "http://www.aiim.org/pdfa/ns/id/"
PDFUA = "http://www.aiim.org/pdfua/ns/id/"
DC = "http://purl.org/dc/elements/1.1/"
RELATIONS = ("/Data", "/Source")
HEADINGS = tuple(f"/H{level}" for level in range(1, 7))


def problems(pdf: bytes) -> list[str]:
    """What keeps a PDF from the two standards, one sentence each; an empty list is a pass.

    The rules are those of ISO 19005-3 (PDF/A-3) and ISO 14289-1 (PDF/UA-1). Raises pikepdf.PdfError for a
    file that is not a PDF.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [*_catalog(opened), *_metadata(opened), *_fonts(opened), *_attached(opened), *_pages(opened),
                 *_pictures(opened)]  # fmt: skip
        return [*found, *_tree(opened)]


def _pictures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image" and item.get("/Interpolate"):
            yield "A picture asks to be smoothed, which PDF/A forbids."


def _catalog(pdf: pikepdf.Pdf) -> Iterator[str]:
    root = pdf.Root
    if not _part(root, "/MarkInfo").get("/Marked"):
        yield "The file is not marked as tagged."
    if not str(root.get("/Lang", "")):
        yield "The file states no language."
    if not _part(root, "/ViewerPreferences").get("/DisplayDocTitle"):
        yield "The file does not ask to show its title."
    if not any(intent.get("/S") == "/GTS_PDFA1" for intent in root.get("/OutputIntents", [])):
        yield "The file has no output intent for its colours."
    if "/OpenAction" in root or "/AA" in root:
        yield "The file does something when it is opened."
    if "/JavaScript" in _part(root, "/Names") or any(map(_has_script, pdf.objects)):
        yield "The file carries a script."
    if pdf.is_encrypted:
        yield "The file is encrypted."


def _part(item: pikepdf.Object, name: str) -> pikepdf.Object:
    """A dictionary inside another, or an empty one where it is missing."""
    found = item.get(name)
    return found if isinstance(found, pikepdf.Dictionary) else pikepdf.Dictionary()


def _has_script(item: pikepdf.Object) -> bool:
    """Whether an object is an action in JavaScript, or holds one that is no object of its own."""
    if isinstance(item, pikepdf.Array):
        held = list(item)
    elif isinstance(item, pikepdf.Dictionary):
        held = list(item.values())
    else:
        return False
    direct = (part for part in held if isinstance(part, pikepdf.Object) and not part.is_indirect)
    return (isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/JavaScript") or any(map(_has_script, direct))


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        if (xmp.get(f"{{{PDFA}}}part"), xmp.get(f"{{{PDFA}}}conformance")) != ("3", "A"):
            yield "The file does not call itself PDF/A-3a."
        if xmp.get(f"{{{PDFUA}}}part") != "1":
            yield "The file does not call itself PDF/UA-1."
        for name in ("title", "creator", "identifier", "language", "date", "description"):
            if not xmp.get(f"{{{DC}}}{name}"):
                yield f"The file's description lacks its {name}."


def _fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or "/DescendantFonts" not in item:
            continue
        name = str(item.get("/BaseFont", "a font"))[1:]
        descriptor = _part(item.DescendantFonts[0], "/FontDescriptor")
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"The font {name} is not embedded."
        if "/ToUnicode" not in item:
            yield f"The font {name} does not say which characters it shows."
        elif b"> <>" in item.ToUnicode.read_bytes():
            yield f"The font {name} has a glyph without a meaning."


def _attached(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = [item.objgen for item in pdf.Root.get("/AF", [])]
    if len(associated) != len(set(associated)):
        yield "A file is associated twice."
    for name, spec in pdf.attachments.items():
        relation = str(spec.obj.get("/AFRelationship", ""))
        if spec.obj.objgen not in associated or relation not in RELATIONS:
            yield f"The attached file {name} does not say how it belongs to the letter."


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if "/StructParents" not in page:
            yield f"Page {number} is not joined to the structure."
        for note in page.get("/Annots", []):
            described = "/StructParent" in note and str(note.get("/Contents", ""))
            if note.get("/Subtype") == "/Link" and not described:
                yield f"A link on page {number} is not described."
            elif note.get("/Subtype") == "/Widget" and any(int(side) for side in note.get("/Rect", [])):
                yield f"A form field shows on page {number}."


def _tree(pdf: pikepdf.Pdf) -> Iterator[str]:
    if "/StructTreeRoot" not in pdf.Root:
        yield "The file has no structure."
        return
    level = 0
    for element in _elements(pdf.Root.StructTreeRoot):
        kind = str(element.get("/S", ""))
        if kind == "/Link" and not any(_is_reference(kid) for kid in _kids(element)):
            yield "A link in the structure leads nowhere."
        elif kind == "/Figure" and not str(element.get("/Alt", "")):
            yield "A picture has no words in its place."
        elif kind == "/Table" and not any(cell.get("/S") == "/TH" for cell in _elements(element)):
            yield "A table has no header cells."
        elif kind in HEADINGS:
            if int(kind[2:]) > level + 1:
                yield f"A heading of level {kind[2:]} follows one of level {level}."
            level = int(kind[2:])


def _elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """All structure elements below one, in reading order."""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    kids = element.get("/K")
    if isinstance(kids, pikepdf.Array):
        return list(kids)
    return [] if kids is None else [kids]


def _is_reference(kid: pikepdf.Object) -> bool:
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
