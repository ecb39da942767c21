"""A letter as JATS XML (NISO Z39.96, Journal Publishing 1.1), which journals' production systems read."""

from lxml import etree

from letters.text.pack.citation import cited
from letters.text.pack.jats_back import back
from letters.text.pack.jats_body import body
from letters.text.pack.jats_front import front
from letters.text.pack.jats_xml import XLINK, XML
from letters.text.pack.matter import Matter
from letters.text.pack.signed import lines

VERSION = "1.1"
DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.1 20151215//EN" '
    '"https://jats.nlm.nih.gov/publishing/1.1/JATS-journalpublishing1.dtd">'
)


def jats(matter: Matter) -> bytes:
    """The article in UTF-8, valid against the DTD it names; references stand as printed and, where sure, structured."""
    references = cited(matter.blocks)
    notes = sum(block.kind == "footnote" for block in matter.blocks)
    ids = {f"ref-{one.number}" for one in references} | {f"fn-{n + 1}" for n in range(notes)}
    root = etree.Element("article", {"article-type": "letter", "dtd-version": VERSION}, nsmap={"xlink": XLINK})
    root.set(f"{{{XML}}}lang", matter.language)
    root.append(front(matter, ids))
    root.append(body(matter.blocks, lines(matter.people), ids))
    root.append(back(matter.blocks, references, matter.people, ids))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", doctype=DOCTYPE)
