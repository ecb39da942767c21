"""Tests of list numbers as a reader sees them."""

import pytest

from letters.text.counting import letter, roman, spelled
from letters.text.markup import letter_html
from letters.text.reading import read
from tests.letters.text.files import abstract, docx, level, num, p, style

DECIMAL = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2.") + level(2, "lowerRoman", "%3.")


def labels(body: str, numbering: str) -> list[str]:
    return [block.label for block in read(docx(body, numbering=numbering), name="a.docx").blocks]


def test_numbering_goes_on_after_bullets():
    numbering = abstract(1, DECIMAL) + abstract(2, level(0, "bullet", "\uf0b7"), level(1, "bullet", "o"))
    numbering += num(1, 1) + num(2, 2)
    body = p("One", num=(1, 0)) + p("Two", num=(1, 0)) + p("dot", num=(2, 1)) + p("dot", num=(2, 1))
    body += p("Three", num=(1, 0)) + p("A plain paragraph.") + p("Four", num=(1, 0))
    assert labels(body, numbering) == ["1.", "2.", "•", "•", "3.", "", "4."]


def test_numbering_of_levels_starts_anew_under_each_parent():
    body = "".join(p("x", num=(1, depth)) for depth in (0, 1, 1, 2, 2, 0, 1, 2, 0))
    found = labels(body, abstract(1, DECIMAL) + num(1, 1))
    assert found == ["1.", "a.", "b.", "i.", "ii.", "2.", "a.", "i.", "3."]


def test_numbering_start_values_and_overrides():
    numbering = abstract(1, level(0, "decimal", "%1)", start=7)) + num(1, 1) + num(2, 1)
    numbering += num(3, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>')
    body = p("x", num=(1, 0)) + p("x", num=(2, 0)) + p("x", num=(3, 0)) + p("x", num=(3, 0))
    assert labels(body, numbering) == ["7)", "8)", "3)", "4)"]


def test_numbering_shows_numbers_of_the_levels_above():
    levels = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2")
    levels += level(2, "decimal", "%1.%2.%3", more="<w:isLgl/>")
    body = "".join(p("x", num=(1, depth)) for depth in (0, 1, 2, 2))
    assert labels(body, abstract(1, levels) + num(1, 1)) == ["I.", "I.1", "1.1.1", "1.1.2"]


def test_numbering_of_a_level_that_never_restarts():
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "(%2)", more='<w:lvlRestart w:val="0"/>')
    body = "".join(p("x", num=(1, depth)) for depth in (0, 1, 0, 1))
    assert labels(body, abstract(1, levels) + num(1, 1)) == ["1.", "(a)", "2.", "(b)"]


def test_numbering_from_a_style_and_its_removal():
    styles = (
        '<w:style w:type="paragraph" w:styleId="LN"><w:name w:val="List Number"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="LN2"><w:name w:val="Own"/><w:basedOn w:val="LN"/></w:style>'
    )
    body = p("x", style="LN") + p("x", style="LN2") + p("x", style="LN", num=(0, 0))
    file = docx(body, styles=styles, numbering=abstract(1, DECIMAL) + num(1, 1))
    assert [block.label for block in read(file, name="a.docx").blocks] == ["1.", "2.", ""]


def test_numbering_counts_empty_items_as_word_does():
    body = p("x", num=(1, 0)) + p("", num=(1, 0)) + p("x", num=(1, 0))
    assert labels(body, abstract(1, DECIMAL) + num(1, 1)) == ["1.", "3."]


def test_numbering_by_a_list_the_file_lacks_is_a_paragraph():
    blocks = read(docx(p("x", num=(9, 0))), name="a.docx").blocks
    assert [(block.kind, block.label) for block in blocks] == [("paragraph", "")]


def test_numbering_of_headings_is_their_label():
    file = docx(
        p("Title", style="Title") + p("Aims", style="H") + p("Text."),
        styles='<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>',
        numbering=abstract(1, level(0, "upperLetter", "%1.")) + num(1, 1),
    )
    heading = read(file, name="a.docx").blocks[1]
    assert (heading.kind, heading.label) == ("heading", "A.")
    assert '<span class="label">A.</span> Aims</h2>' in letter_html([heading])


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (1999, "lowerRoman", "mcmxcix"),
        (4, "upperRoman", "IV"),
        (7, "decimalZero", "07"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (5, "chicago", "**"),
        (0, "lowerLetter", "0"),
        (5, "chineseCounting", "5"),
    ],
)
def test_counting_spells_like_word(number, form, text):
    assert spelled(number, form) == text


def test_counting_letters_and_romans_never_repeat():
    assert len({letter(n) for n in range(1, 200)}) == 199
    assert len({roman(n) for n in range(1, 4000)}) == 3999


def listed(name: str, list_id: int) -> str:
    """A built-in list style as Word and python-docx have it: a list of its own with one level."""
    inner = f'<w:pPr><w:numPr><w:numId w:val="{list_id}"/></w:numPr></w:pPr>'
    return style(name.replace(" ", ""), name, inner=inner)


def test_built_in_list_styles_are_as_deep_as_their_names_say():
    names = ["List Number", "List Number 2", "List Bullet 3", "list number 5"]
    styles = "".join(listed(name, i) for i, name in enumerate(names, 1))
    styles += style("Mine", "My steps", based_on="ListNumber2")
    form = [("decimal", "%1."), ("lowerLetter", "%1)"), ("bullet", "•"), ("decimal", "%1.")]
    numbering = "".join(abstract(i, level(0, *form[i - 1])) for i in range(1, 5))
    numbering += "".join(num(i, i) for i in range(1, 5))
    body = "".join(p("x", style=name) for name in ("ListNumber", "ListNumber2", "Mine", "ListBullet3", "listnumber5"))
    body += p("x", style="ListNumber2", num=(1, 0)) + p("x", style="ListNumber")
    blocks = read(docx(body, styles=styles, numbering=numbering), name="a.docx").blocks
    assert [(block.level, block.label) for block in blocks] == [
        (1, "1."), (2, "a)"), (2, "b)"), (3, "•"), (5, "1."), (1, "2."), (1, "3."),
    ]  # fmt: skip
