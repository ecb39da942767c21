"""Tests of paragraphs, headings, titles, quotations, notes and tables of a Word document."""

from letters.text.canonical import canonical_text
from letters.text.markup import letter_html
from letters.text.reading import read
from letters.text.structure import as_headings, retitled
from tests.letters.text.files import HEADINGS, docx, p, r, style


def kinds(body: str, **parts) -> list[tuple[str, int, str]]:
    blocks = read(docx(body, **parts), name="a.docx").blocks
    return [(block.kind, block.level, block.text) for block in blocks]


def test_title_is_the_title_style_else_the_only_top_heading():
    body = p("T", style="Title") + p("A", style="Heading1") + p("x") + p("B", style="Heading3")
    assert kinds(body, styles=HEADINGS) == [
        ("title", 0, "T"),
        ("heading", 1, "A"),
        ("paragraph", 0, "x"),
        ("heading", 2, "B"),
    ]
    body = p("T", style="Heading1") + p("A", style="Heading2") + p("B", style="Heading2")
    assert kinds(body, styles=HEADINGS) == [("title", 0, "T"), ("heading", 1, "A"), ("heading", 1, "B")]
    body = p("A", style="Heading1") + p("x") + p("B", style="Heading1")
    assert kinds(body, styles=HEADINGS) == [("heading", 1, "A"), ("paragraph", 0, "x"), ("heading", 1, "B")]


def test_headings_by_localised_and_derived_styles_and_outline_level():
    styles = style("berschrift1", "heading 1") + style("Mine", "My heading", based_on="berschrift1")
    styles += style("Out", "Outlined", inner='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>')
    styles += style("Title", "Title") + style("Untertitel", "Subtitle", based_on="Title")
    body = p("T", style="Title") + p("S", style="Untertitel") + p("A", style="Mine") + p("B", style="Out")
    body += p("C", props='<w:outlineLvl w:val="2"/>') + p("D", props='<w:outlineLvl w:val="9"/>')
    assert kinds(body, styles=styles) == [
        ("title", 0, "T"),
        ("paragraph", 0, "S"),
        ("heading", 1, "A"),
        ("heading", 2, "B"),
        ("heading", 3, "C"),
        ("paragraph", 0, "D"),
    ]


def test_bold_lines_are_reported_not_made_headings():
    body = p("", inner=r("Aims", "<w:b/>")) + p("", inner=r("Lead.", "<w:b/>") + r(" And text.")) + p("Text")
    reading = read(docx(body), name="a.docx")
    assert [block.kind for block in reading.blocks] == ["paragraph"] * 3
    assert reading.bold_headings == [reading.blocks[0].id]


def test_bold_lines_can_be_made_headings_and_a_title_be_given():
    reading = read(docx(p("", inner=r("Aims", "<w:b/>")) + p("Text")), name="a.docx")
    blocks = retitled(as_headings(reading.blocks, reading.bold_headings), "A & B")
    assert [(b.kind, b.level, b.html) for b in blocks] == [
        ("title", 0, "A &amp; B"),
        ("heading", 1, "Aims"),
        ("paragraph", 0, "Text"),
    ]
    assert [b.id for b in blocks[1:]] == [b.id for b in reading.blocks]
    assert retitled(blocks, "C")[0].id == blocks[0].id


def test_quotations_and_the_place_for_signatories():
    styles = style("Q", "Quote", inner="<w:rPr><w:i/></w:rPr>")
    body = p("They say.", style="Q") + p("[Insert society names]") + p("[1] is cited.") + p("<b>")
    assert kinds(body.replace("<b>", "&lt;signatories&gt;"), styles=styles) == [
        ("quote", 0, "They say."),
        ("signatories", 0, "[Insert society names]"),
        ("paragraph", 0, "[1] is cited."),
        ("signatories", 0, "<signatories>"),
    ]


def test_a_drop_cap_belongs_to_its_word():
    body = p("W", props='<w:framePr w:dropCap="drop"/>') + p("e write.")
    assert kinds(body) == [("paragraph", 0, "We write.")]


def test_a_table_of_contents_is_left_out_and_named():
    body = '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    body += "<w:sdtContent>" + p("Aims 3") + "</w:sdtContent></w:sdt>" + p("Text")
    reading = read(docx(body), name="a.docx")
    assert [block.text for block in reading.blocks] == ["Text"]
    assert reading.dropped == ["The table of contents at the top was left out."]


def test_text_inside_content_controls_is_read():
    assert kinds("<w:sdt><w:sdtContent>" + p("Inside") + "</w:sdtContent></w:sdt>") == [("paragraph", 0, "Inside")]


def note(kind: str, name: int, text: str) -> str:
    return f'<w:{kind} w:id="{name}">{p(text, inner=f"<w:r><w:{kind}Ref/></w:r>")}</w:{kind}>'


def refer(kind: str, name: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{name}"/></w:r>'


def test_footnotes_and_endnotes_are_numbered_linked_and_last():
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    body = p("One", inner=refer("footnote", 7)) + p("Two", inner=refer("endnote", 3) + refer("footnote", 2))
    file = docx(
        body,
        footnotes=separator
        + note("footnote", 2, "Second.")
        + note("footnote", 7, "First.")
        + note("footnote", 9, "No."),
        endnotes=note("endnote", 3, "At the end."),
    )
    blocks = read(file, name="a.docx").blocks
    assert [(b.kind, b.label, b.text) for b in blocks] == [
        ("paragraph", "", "One¹"),
        ("paragraph", "", "Twoⁱ²"),
        ("footnote", "1.", "First."),
        ("footnote", "2.", "Second."),
        ("footnote", "i.", "At the end."),
    ]
    html = letter_html(blocks)
    assert f'<p id="b-{blocks[1].id}">Two<sup><a href="#fn-3">i</a><a href="#fn-2">2</a></sup></p>' in html
    assert all(f'id="fn-{n}"' in html for n in (1, 2, 3))


def cell(text: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{p(text)}</w:tc>"


def test_tables_keep_header_rows_and_merged_cells():
    span, begin, goes_on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = [
        "<w:trPr><w:tblHeader/></w:trPr>" + cell("Study") + cell("Result", span),
        cell("A", begin) + cell("1") + cell("2"),
        cell("", goes_on) + cell("3") + cell(""),
    ]
    body = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    block = read(docx(p("x") + body), name="a.docx").blocks[1]
    assert block.kind == "table"
    assert block.html == (
        '<table><thead><tr><th scope="col">Study</th><th scope="colgroup" colspan="2">Result</th></tr>'
        '</thead><tbody><tr><td rowspan="2">A</td><td>1</td><td>2</td></tr>'
        "<tr><td>3</td><td></td></tr></tbody></table>"
    )
    assert block.text == "Study | Result\nA | 1 | 2\n3 |"
    assert letter_html([block]).startswith(f'<table id="b-{block.id}"><thead>')


def test_tables_inside_tables_keep_their_words():
    inner = "<w:tbl><w:tr>" + cell("in") + cell("side") + "</w:tr></w:tbl>"
    body = "<w:tbl><w:tr><w:tc>" + p("out") + inner + p("") + "</w:tc>" + cell("b") + "</w:tr></w:tbl>"
    reading = read(docx(p("x") + body), name="a.docx")
    assert reading.blocks[1].text == "out in | side | b"
    assert reading.dropped == ["The grid of a table inside a table (its words are kept) in table 1 was left out."]


def test_tables_hide_a_row_deleted_by_a_tracked_change():
    row = "<w:tr>{}" + cell("a") + "</w:tr>"
    gone = row.format('<w:trPr><w:del w:author="A" w:date="2025"/></w:trPr>').replace(">a<", ">b<")
    file = docx(p("x") + f"<w:tbl>{row.format('')}{gone}</w:tbl>")
    assert read(file, name="a.docx", tracked="accept").blocks[1].text == "a"
    assert read(file, name="a.docx", tracked="reject").blocks[1].text == "a\nb"


def test_canonical_text_of_a_word_file_is_the_letter_as_read():
    body = p("T", style="Title") + p("Dear Editor,") + p("", inner=r("line") + "<w:r><w:br/></w:r>" + r("two"))
    text = canonical_text(read(docx(body, styles=HEADINGS), name="a.docx").blocks)
    assert text == "T\n\nDear Editor,\n\nline\ntwo\n"
