"""What WeasyPrint leaves open for PDF/UA-1 and libraries: identifiers in XMP, scopes and languages of cells.

It works on the finished document just before it is written; the layout is left to press.
"""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from letters.render import readable
from letters.render.order import Facts

# ISO 14289-1 section 5: the identifier, and the PDF/A extension schema (ISO 19005-3 section 6.6.2.3.3) that
# declares it, since PDF/A permits no undeclared property.
PDFUA = """
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

DUBLIN_CORE = """
<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about="">
<dc:identifier>{identifier}</dc:identifier>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:date><rdf:Seq><rdf:li>{date}</rdf:li></rdf:Seq></dc:date>
<dc:format>application/pdf</dc:format>
</rdf:Description>
"""


def finish(document: readable.Printed, pdf: readable.Written, *, facts: Facts) -> None:
    """Complete a pydyf document in place; WeasyPrint calls this once all objects exist."""
    _identify(pdf, facts)
    _associate_once(pdf)
    readable.settle(document, pdf)
    for page in document.pages:
        for box in _boxes(page._page_box):
            _complete_cell(box)
            _describe_link(box)


def _identify(pdf: readable.Written, facts: Facts) -> None:
    core = DUBLIN_CORE.format(
        identifier=escape(facts.identifier), language=escape(facts.language), date=escape(facts.date)
    )
    if facts.relations:
        items = "".join(f"<rdf:li>{escape(address)}</rdf:li>" for address in facts.relations)
        core = core.replace("<dc:format>", f"<dc:relation><rdf:Bag>{items}</rdf:Bag></dc:relation>\n<dc:format>")
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    packet: bytes = metadata.stream[0]
    metadata.stream = [packet.replace(b"</rdf:RDF>", (PDFUA + core).encode() + b"</rdf:RDF>", 1)]
    # ISO 19005-3 permits packing it, but tools that look for plain XMP in the bytes then find none.
    metadata.compress = False


def _associate_once(pdf: readable.Written) -> None:
    associated = pdf.catalog.get("AF")
    if associated is not None:
        associated[:] = list(dict.fromkeys(bytes(item) for item in associated))


def _describe_link(box: object) -> None:
    """Say of a link what the title of its element says (ISO 14289-1 section 7.18.1)."""
    element, annotation = getattr(box, "element", None), getattr(box, "link_annotation", None)
    if element is not None and annotation and element.get("title"):
        annotation["Contents"].string = element.get("title")


def _complete_cell(box: object) -> None:
    """Give a table cell its language, and a header cell its scope (ISO 14289-1 section 7.5)."""
    element, mark = getattr(box, "element", None), getattr(box, "mark", None)
    if element is None or not isinstance(mark, dict):
        return
    if element.get("lang"):
        mark["Lang"] = f"({element.get('lang')})"
    if mark["S"] == "/TH":
        mark["A"]["Scope"] = "/Row" if element.get("scope") == "row" else "/Column"


def _boxes(box: object) -> Iterator[object]:
    yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(getattr(child, "_box", child))
