"""Tests of what is read inside a Word paragraph."""

from html import escape, unescape

import pytest

from letters.text.reading import read
from tests.letters.text.files import docx, p, r, style


def first(inner: str, **parts):
    return read(docx(p("", inner=inner), **parts), name="a.docx").blocks[0]


def dropped(body: str, **parts) -> list[str]:
    return read(docx(body, **parts), name="a.docx").dropped


def test_runs_keep_emphasis_and_scripts():
    inner = r("bold ", "<w:b/>") + r("both", "<w:b/><w:i/>") + r(" 10") + r("5", '<w:vertAlign w:val="superscript"/>')
    inner += r(" H") + r("2", '<w:vertAlign w:val="subscript"/>') + r("O ") + r("not", "<w:strike/>")
    block = first(inner)
    assert block.html == ("<strong>bold <em>both</em></strong> 10<sup>5</sup> H<sub>2</sub>O <s>not</s>")
    assert block.text == "bold both 10⁵ H₂O ~~not~~"


def test_runs_shifted_by_hand_are_raised_or_lowered():
    inner = r("10") + r("5", '<w:position w:val="8"/><w:sz w:val="19"/>') + r(" H")
    inner += r("2", '<w:position w:val="-2"/><w:sz w:val="19"/>') + r("O") + r(" x", '<w:position w:val="-2"/>')
    assert first(inner + r("2", '<w:position w:val="6"/>')).html == "10<sup>5</sup> H<sub>2</sub>O x<sup>2</sup>"


def test_runs_switch_off_what_a_style_switches_on():
    styles = style("Strong", "Strong", inner="<w:rPr><w:b/></w:rPr>", kind="character")
    inner = r("on", '<w:rStyle w:val="Strong"/>') + r("off", '<w:rStyle w:val="Strong"/><w:b w:val="0"/>')
    assert first(inner, styles=styles).html == "<strong>on</strong>off"


def test_runs_keep_breaks_blanks_and_hyphens():
    inner = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t>"
    inner += '<w:softHyphen/><w:t xml:space="preserve">e\u00a0f  g</w:t><w:br w:type="page"/><w:t>h</w:t></w:r>'
    block = first(inner)
    assert block.text == "a\nb c\u2011d\u00ade\u00a0f g h"
    assert block.html == "a<br>b c\u2011d\u00ade&nbsp;f g h"


def test_runs_map_symbol_fonts_and_report_the_rest():
    inner = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5 </w:t>'
    inner += '<w:sym w:font="Wingdings" w:char="F0E0"/></w:r>'
    inner += r(" \uf062", '<w:rFonts w:ascii="Symbol"/>') + '<w:r><w:sym w:font="Webdings" w:char="F021"/></w:r>'
    reading = read(docx(p("", inner=inner)), name="a.docx")
    assert reading.blocks[0].text == "≥5 → β"
    assert reading.dropped == ["A symbol of the font Webdings (number F021) in paragraph 1 was left out."]


def test_links_keep_web_and_mail_addresses_only():
    inner = '<w:hyperlink r:id="w">' + r("site") + '</w:hyperlink><w:hyperlink r:id="j">' + r(" js") + "</w:hyperlink>"
    inner += '<w:hyperlink w:anchor="x">' + r(" here") + "</w:hyperlink>"
    reading = read(
        docx(p("", inner=inner), links={"w": "https://a.org/?x=1&amp;y=2", "j": "javascript:alert(1)"}),
        name="a.docx",
    )
    block = reading.blocks[0]
    assert block.html == '<a href="https://a.org/?x=1&amp;y=2">site</a> js here'
    assert block.text == "site <https://a.org/?x=1&y=2> js here"
    assert reading.dropped == ["The target of a link (javascript:alert(1)) in paragraph 1 was left out."]


def test_links_show_no_target_that_can_be_read():
    inner = '<w:hyperlink r:id="w">' + r("www.a.org/b") + '</w:hyperlink> <w:hyperlink r:id="m">' + r(" x@a.org")
    inner += "</w:hyperlink>"
    links = {"w": "http://www.a.org/b/", "m": "mailto:x@a.org"}
    assert read(docx(p("", inner=inner), links=links), name="a.docx").blocks[0].text == "www.a.org/b x@a.org"


def test_superscript_links_are_inside_sup():
    inner = '<w:hyperlink r:id="w">' + r("1", '<w:vertAlign w:val="superscript"/>') + "</w:hyperlink>"
    block = read(docx(p("See", inner=inner), links={"w": "https://a.org/"}), name="a.docx").blocks[0]
    assert block.html == 'See<sup><a href="https://a.org/">1</a></sup>'


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


def test_fields_show_their_result_only():
    inner = field(" ADDIN ZOTERO_ITEM {} ", r("[1]") + field(" PAGE ", r("7"))) + r(" rest")
    assert first(inner).text == "[1]7 rest"


def test_fields_with_a_link_are_links():
    inner = field(' HYPERLINK "https://a.org/" ', r("site")) + '<w:fldSimple w:instr=" HYPERLINK https://b.org ">'
    inner += r(" other") + "</w:fldSimple>"
    assert first(inner).html == '<a href="https://a.org/">site</a><a href="https://b.org"> other</a>'


def test_fields_that_never_end_hide_nothing():
    inner = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("Words")
    assert first(inner).text == "Words"


def test_content_controls_and_smart_tags_are_read_through():
    inner = "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("a") + "</w:sdtContent></w:sdt>"
    inner += "<w:smartTag><w:customXml>" + r("b") + "</w:customXml></w:smartTag><w:bdo>" + r("c") + "</w:bdo>"
    assert first(inner).text == "abc"


def test_dropped_images_boxes_and_equations_are_named_with_their_place():
    image = "<w:r><w:drawing><wp:inline/></w:drawing></w:r>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + p("Boxed words") + "</w:txbxContent>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("Boxed words") + "</w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = p("", inner=image) + p("First", inner=box) + p("", inner=image)
    body += p("Sum ", inner="<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>") + p("", inner="<w:r><w:object/></w:r>")
    assert dropped(body) == [
        "An image at the top was left out.",
        "A text box (“Boxed words”) in paragraph 1 was left out.",
        "An image after paragraph 1 was left out.",
        "An equation (a=b) in paragraph 2 was left out.",
        "An embedded object after paragraph 2 was left out.",
    ]


def test_dropped_reading_aids_are_named():
    inner = "<w:r><w:ruby><w:rt>" + r("かん") + "</w:rt><w:rubyBase>" + r("漢") + "</w:rubyBase></w:ruby></w:r>"
    reading = read(docx(p("", inner=inner)), name="a.docx")
    assert reading.blocks[0].text == "漢"
    assert reading.dropped == ["A reading aid (“かん”) in paragraph 1 was left out."]


def test_dropped_hidden_text_and_page_header_are_named():
    body = p("Seen", inner=r(" unseen", "<w:vanish/>"))
    reading = read(docx(body, header=p("Society letterhead"), footer=p("Page 3")), name="a.docx")
    assert [block.text for block in reading.blocks] == ["Seen"]
    assert reading.dropped == [
        "Hidden text (“unseen”) in paragraph 1 was left out.",
        "The page header (“Society letterhead”) was left out.",
    ]


@pytest.mark.parametrize("text", ["a & b < c > d", 'He said "no"', "it's"])
def test_runs_escape_text(text):
    block = first(r(escape(text, quote=False)))
    assert block.text == text
    assert unescape(block.html) == text
