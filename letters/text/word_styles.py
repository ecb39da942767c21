"""The styles, settings and page of a .docx a letter is written as; which paragraph has which style is said in
word_body."""

from lxml import etree

from letters.text.ooxml import W
from letters.text.word_xml import w

TITLE, QUOTE, ITEM, REFERENCE = "Title", "Quote", "ListParagraph", "Bibliography"
LINK, CODE, NOTE, MARK, GRID = "Hyperlink", "HTMLCode", "FootnoteText", "FootnoteReference", "TableGrid"
DEEPEST = 9
_SIZES = {1: "30", 2: "26", 3: "24"}
# Separator lines between text and notes, which Word expects with these ids (17.11).
_SEPARATORS = (("separator", "-1"), ("continuationSeparator", "0"))


def styles() -> etree._Element:
    """The part "styles" with Word's own names, so that Word, LibreOffice and our reader know them."""
    fonts = w("rFonts", ascii="Calibri", hAnsi="Calibri", cs="Calibri", eastAsia="Calibri")
    run = w("rPrDefault", w("rPr", fonts, w("sz", val="22"), w("szCs", val="22")))
    paragraph = w("pPrDefault", w("pPr", w("spacing", after="140", line="276", lineRule="auto")))
    made = [
        w("docDefaults", run, paragraph),
        _style("Normal", "Normal", default="1"),
        _style(TITLE, "Title", w("spacing", before="0", after="240"), run=[w("b"), w("sz", val="36")], next="Normal"),
        *[_heading(level) for level in range(1, DEEPEST + 1)],
        _style(QUOTE, "Quote", w("ind", left="567", right="567"), run=[w("i")]),
        _style(ITEM, "List Paragraph", w("spacing", after="80")),
        _style(REFERENCE, "Bibliography", w("spacing", after="80")),
        _style(NOTE, "footnote text", w("spacing", after="40"), run=[w("sz", val="18")]),
        _style(LINK, "Hyperlink", run=[w("color", val="0563C1"), w("u", val="single")], kind="character"),
        _style(CODE, "HTML Code", run=[w("rFonts", ascii="Courier New", hAnsi="Courier New")], kind="character"),
        _style(MARK, "footnote reference", run=[w("vertAlign", val="superscript")], kind="character"),
        _grid(),
    ]
    return w("styles", *made)


def settings(*kinds: str) -> etree._Element:
    """The part "settings"; `kinds` are "footnote" and "endnote" as far as the letter has them."""
    notes = [w(f"{kind}Pr", *[w(kind, id=name) for _, name in _SEPARATORS]) for kind in kinds]
    mode = w("compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val="15")
    return w("settings", *notes, w("compat", mode))


def separators(kind: str) -> list[etree._Element]:
    """What must stand before the notes of a kind in their part."""
    return [w(kind, w("p", w("r", w(form))), type=form, id=name) for form, name in _SEPARATORS]


def page() -> etree._Element:
    """A4 with margins of 2.5 cm."""
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1418")
    return w("sectPr", w("pgSz", w="11906", h="16838"), w("pgMar", **margins, header="709", footer="709", gutter="0"))


def _style(
    name: str,
    title: str,
    *paragraph: etree._Element,
    run: list[etree._Element] | None = None,
    kind: str = "paragraph",
    next: str = "",
    default: str = "",
) -> etree._Element:
    node = w("style", w("name", val=title), type=kind, styleId=name)
    if default:
        node.set(f"{W}default", default)
    elif kind == "paragraph":
        node.append(w("basedOn", val="Normal"))
    if next:
        node.append(w("next", val=next))
    node.append(w("qFormat"))
    if paragraph:
        node.append(w("pPr", *paragraph))
    if run:
        node.append(w("rPr", *run))
    return node


def _heading(level: int) -> etree._Element:
    outline = w("outlineLvl", val=str(level - 1))
    inner = (w("keepNext"), w("spacing", before="280", after="120"), outline)
    run = [w("b"), w("sz", val=_SIZES.get(level, "22"))]
    return _style(f"Heading{level}", f"heading {level}", *inner, run=run, next="Normal")


def _grid() -> etree._Element:
    lines = [w(side, val="single", sz="4", space="0", color="auto") for side in ("top", "left", "bottom", "right")]
    inner = [w(side, val="single", sz="4", space="0", color="auto") for side in ("insideH", "insideV")]
    borders = w("tblPr", w("tblBorders", *lines, *inner))
    return w("style", w("name", val="Table Grid"), borders, type="table", styleId=GRID)
