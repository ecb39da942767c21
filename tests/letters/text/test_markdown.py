"""Tests of reading Markdown and pasted text."""

from letters.text.reading import read


def blocks(text: str):
    return [(b.kind, b.level, b.label, b.text) for b in read(text.encode(), name="a.md").blocks]


def test_markdown_title_headings_and_paragraphs():
    assert blocks("# T\n\nLine one\nline two.\n\n## A\n\n#### B\n") == [
        ("title", 0, "", "T"),
        ("paragraph", 0, "", "Line one line two."),
        ("heading", 1, "", "A"),
        ("heading", 2, "", "B"),
    ]


def test_markdown_lists_keep_numbers_depth_and_what_follows():
    text = "3. Three\n4. Four:\n    - dot\n\n        More on the dot.\n5. Five\n\n1) One\n"
    assert blocks(text) == [
        ("item", 1, "3.", "Three"),
        ("item", 1, "4.", "Four:"),
        ("item", 2, "•", "dot"),
        ("paragraph", 0, "", "More on the dot."),
        ("item", 1, "5.", "Five"),
        ("item", 1, "1)", "One"),
    ]


def test_markdown_an_item_without_words_lends_its_number_to_nothing():
    assert blocks("1.\n2. Two\n\nText")[:1] == [("item", 1, "2.", "Two")]
    assert blocks("1. One\n2.\n\nText")[-1] == ("paragraph", 0, "", "Text")


def test_markdown_emphasis_scripts_breaks_and_links():
    reading = read(b"**B** _i_ ~~s~~ 10<sup>5</sup> H<sub>2</sub>O  \n[x](https://a.org) <b>t</b>", name="a.md")
    assert reading.blocks[0].html == (
        "<strong>B</strong> <em>i</em> <s>s</s> 10<sup>5</sup> H<sub>2</sub>O<br>"
        '<a href="https://a.org">x</a> &lt;b&gt;t&lt;/b&gt;'
    )
    assert reading.blocks[0].text == "B i ~~s~~ 10⁵ H₂O\nx <https://a.org> <b>t</b>"


def test_markdown_refuses_other_schemes():
    assert read(b"[x](javascript:alert(1)) y", name="a.md").blocks[0].html == "[x](javascript:alert(1)) y"
    assert read(b"[x](ftp://a.org) y", name="a.md").blocks[0].html == "x y"


def test_markdown_tables_quotes_and_code():
    assert blocks("| a | b |\n|---|---|\n| 1 | 2 |\n\n> Said.\n\n```\nx  y\nz\n```") == [
        ("table", 0, "", "a | b\n1 | 2"),
        ("quote", 0, "", "Said."),
        ("paragraph", 0, "", "x y\nz"),
    ]


def test_markdown_footnotes():
    assert blocks("One[^a] two[^b] no[^c].\n\n[^a]: First.\n[^b]: Second.\n") == [
        ("paragraph", 0, "", "One¹ two² no[^c]."),
        ("footnote", 0, "1.", "First."),
        ("footnote", 0, "2.", "Second."),
    ]


def test_markdown_names_images_left_out():
    assert read(b"Look ![a chart](x.png) here", name="a.md").dropped == [
        "An image (“a chart”) in paragraph 1 was left out."
    ]
    assert read(b"Look\n\n![](x.png)\n\nhere", name="a.md").dropped == ["An image after paragraph 1 was left out."]


def test_pasted_text_with_indents_and_windows_line_ends():
    data = "\ufeffDear Editor,\r\n\r\n    We write [1-3].\r\n\r\n[Insert society names]\r\n".encode()
    assert [(b.kind, b.text) for b in read(data, name="letter.txt").blocks] == [
        ("paragraph", "Dear Editor,"),
        ("paragraph", "We write [1-3]."),
        ("signatories", "[Insert society names]"),
    ]


def test_markdown_reads_the_elements_our_own_export_writes():
    text = '<strong>B</strong> <em>i</em> <s>s</s> <a href="https://a.org/&quot;ü">x</a> <a href="javascript:y()">z</a>'
    assert read(text.encode(), name="a.md").blocks[0].html == (
        '<strong>B</strong> <em>i</em> <s>s</s> <a href="https://a.org/&quot;ü">x</a> z'
    )
    assert blocks('- <span class="label">a.</span> one\n- two\n') == [("item", 1, "a.", "one"), ("item", 1, "•", "two")]
    assert blocks("| a | b |\n|---|---|\n| c | <!-- --> |\n") == [("table", 0, "", "a | b\nc")]
