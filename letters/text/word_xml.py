"""Elements of WordprocessingML for the writers of .docx, and the zip they go into; what a letter needs of them is
theirs."""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from letters.text.ooxml import R, W

_SPACES = {"w": W[1:-1], "r": R[1:-1]}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = R[1:-1]
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
# The first date a zip can hold: a file made twice from one text has the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)
EPOCH = "1980-01-01T00:00:00Z"


def w(name: str, /, *children: etree._Element | None, **attributes: str) -> etree._Element:
    """A `w:` element with `w:` attributes; children that are None are left out."""
    node = etree.Element(W + name, {W + key: value for key, value in attributes.items()}, nsmap=_SPACES)
    node.extend([child for child in children if child is not None])
    return node


def told(name: str, text: str) -> etree._Element:
    """A `w:` element whose text keeps its blanks."""
    node = w(name)
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return node


def serialised(root: etree._Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


@dataclass(slots=True)
class Links:
    """The outside addresses a part links to, each with its relationship id."""

    ids: dict[str, str] = field(default_factory=dict)

    def id(self, href: str) -> str:
        """The relationship id of an address."""
        return self.ids.setdefault(href, f"link{len(self.ids) + 1}")


def packed(parts: dict[str, etree._Element], links: dict[str, Links], *, title: str) -> bytes:
    """A .docx of parts such as "document", "styles"; `links` belong to the part of that name.

    Equal input gives equal bytes: dates in the zip and in the core properties are fixed.
    """
    files: dict[str, bytes] = {"[Content_Types].xml": _types(parts), "_rels/.rels": _roots()}
    files["docProps/core.xml"] = _core(title)
    for name, root in parts.items():
        files[f"word/{name}.xml"] = serialised(root)
        rels = [_relation(id, "hyperlink", href, outside=True) for href, id in links.get(name, Links()).ids.items()]
        if name == "document":
            rels += [_relation(f"part-{other}", other, f"{other}.xml") for other in parts if other != name]
        if rels:
            files[f"word/_rels/{name}.xml.rels"] = _relations(rels)
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return file.getvalue()


def _types(parts: dict[str, etree._Element]) -> bytes:
    space = f"{_PACKAGE}/content-types"
    root = etree.fromstring(f'<Types xmlns="{space}"/>')
    for ending, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        etree.SubElement(root, f"{{{space}}}Default", Extension=ending, ContentType=kind)
    kinds = {f"/word/{n}.xml": f"{_MAIN}.{n}{'.main' if n == 'document' else ''}+xml" for n in parts}
    for name, kind in (kinds | {"/docProps/core.xml": _CORE}).items():
        etree.SubElement(root, f"{{{space}}}Override", PartName=name, ContentType=kind)
    return serialised(root)


def _roots() -> bytes:
    core = _relation("core", "", "docProps/core.xml")
    core.set("Type", f"{_PACKAGE}/relationships/metadata/core-properties")
    return _relations([_relation("document", "officeDocument", "word/document.xml"), core])


def _relation(id: str, kind: str, target: str, *, outside: bool = False) -> etree._Element:
    node = etree.Element(f"{{{_PACKAGE}/relationships}}Relationship", Id=id, Type=f"{_OFFICE}/{kind}", Target=target)
    if outside:
        node.set("TargetMode", "External")
    return node


def _relations(nodes: Sequence[etree._Element]) -> bytes:
    space = f"{_PACKAGE}/relationships"
    root = etree.fromstring(f'<Relationships xmlns="{space}"/>')
    root.extend(list(nodes))
    etree.cleanup_namespaces(root)
    return serialised(root)


def _core(title: str) -> bytes:
    dc, terms = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
    xsi = "http://www.w3.org/2001/XMLSchema-instance"
    core = f"{_PACKAGE}/metadata/core-properties"
    root = etree.Element(f"{{{core}}}coreProperties", nsmap={"cp": core, "dc": dc, "dcterms": terms, "xsi": xsi})
    etree.SubElement(root, f"{{{dc}}}title").text = title
    for name in ("created", "modified"):
        node = etree.SubElement(root, f"{{{terms}}}{name}", {f"{{{xsi}}}type": "dcterms:W3CDTF"})
        node.text = EPOCH
    return serialised(root)
