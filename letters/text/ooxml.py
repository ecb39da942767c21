"""Names and small values of WordprocessingML (ECMA-376 part 1, chapter 17) that every reader of .docx parts
needs."""

from lxml import etree

from letters.text.door import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
ON = frozenset({"1", "true", "on"})
_OFF = frozenset({"0", "false", "off"})


def value(element: etree._Element | None, path: str) -> str | None:
    """The `w:val` of the child at a path such as "w:numPr/w:ilvl"; None when the child or its value is
    absent."""
    found = child(element, path)
    return None if found is None else found.get(f"{W}val")


def child(element: etree._Element | None, path: str) -> etree._Element | None:
    """The first descendant at a path of `w:` names, or None."""
    return None if element is None else element.find(path.replace("w:", W))


def number(text: str | None) -> int | None:
    """A decimal attribute as int; None for anything else."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def switch(element: etree._Element | None) -> bool | None:
    """An on/off property (17.17.4): None when absent, else whether it is on."""
    return None if element is None else element.get(f"{W}val", "true") not in _OFF


def words_in(element: etree._Element) -> str:
    """All text below an element on one line, for naming what is left out."""
    text = (node.text or "" for node in element.iter(f"{W}t", f"{M}t"))
    return " ".join("".join(text).split())


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id -> (last word of its type, target) of a part; {} when the part has none."""
    folder, _, file = part.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in package:
        return {}
    root = package.xml(rels)
    return {
        rel.get("Id", ""): (rel.get("Type", "").rpartition("/")[2], rel.get("Target", ""))
        for rel in root.iter(_RELATION)
    }


def main_part(package: Package) -> str:
    """The name of the part with the text: word/document.xml, or what the package's relations call the
    document."""
    if "word/document.xml" in package:
        return "word/document.xml"
    for kind, target in relations(package, "/").values() if "_rels/.rels" in package else []:
        if kind == "officeDocument" and target.lstrip("/") in package:
            return target.lstrip("/")
    return next(part for part in package.parts("word/document") if part.endswith(".xml"))
