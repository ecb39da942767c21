"""Files as Google Docs and Word write them, made by hand: the habits of each around the same few paragraphs.

Google Docs gives each list a definition of its own, spells out every property of every run, counts footnotes from 0
and wraps comments and suggestions in content controls. Word cuts words into runs at each saving, spelling mark and
bookmark, and writes new signs twice, for programs old and new.
"""

from tests.letters.text.files import abstract, docx, level, num, style

DAY = "2025-03-18T10:00:00Z"


def g(text: str, props: str = "") -> str:
    """A run of Google Docs."""
    ids = 'w:rsidR="00000000" w:rsidDel="00000000" w:rsidRPr="00000000"'
    return f'<w:r {ids}><w:rPr>{props}<w:rtl w:val="0"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def gp(inner: str, *, of: str = "", item: tuple[int, int] | None = None) -> str:
    """A paragraph of Google Docs; its paragraph properties hold all that could be otherwise."""
    more = f'<w:pStyle w:val="{of}"/>' if of else ""
    more += '<w:keepNext w:val="0"/><w:pageBreakBefore w:val="0"/><w:widowControl w:val="0"/>'
    if item:
        more += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
        more += f'<w:ind w:left="{720 * (item[1] + 1)}" w:hanging="360"/>'
    more += "<w:rPr>" + ('<w:u w:val="none"/>' if item else "") + "</w:rPr>"
    return f'<w:p w:rsidR="00000000" w:rsidRPr="00000000"><w:pPr>{more}</w:pPr>{inner}</w:p>'


def rdk(inner: str, n: int) -> str:
    """The content control in which Google Docs keeps a comment mark or a suggestion."""
    return f'<w:sdt><w:sdtPr><w:tag w:val="goog_rdk_{n}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def google_levels(*forms: tuple[str, str]) -> str:
    """Nine levels, the forms repeated."""
    made = []
    for depth in range(9):
        form, pattern = forms[depth % len(forms)]
        more = '<w:rPr><w:u w:val="none"/></w:rPr>'
        made.append(level(depth, form, pattern.replace("%", f"%{depth + 1}")).replace("</w:lvl>", f"{more}</w:lvl>"))
    return "".join(made)


def google_docs() -> bytes:
    """A letter with headings, two numbered lists, bullets, a link, footnotes, a suggestion and a comment."""
    count = google_levels(("decimal", "%."), ("lowerLetter", "%."), ("lowerRoman", "%."))
    dots = google_levels(("bullet", "●"), ("bullet", "○"), ("bullet", "■"))
    numbering = abstract(1, count) + abstract(2, dots) + abstract(3, count) + num(1, 1) + num(2, 2) + num(3, 3)
    raised = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
    mark = f'<w:r>{raised}<w:footnoteReference w:customMarkFollows="0" w:id="{{}}"/></w:r>'
    note = gp(f"<w:r>{raised}<w:footnoteRef/></w:r>" + g(" {}", '<w:sz w:val="20"/>'))
    blue = '<w:color w:val="1155cc"/><w:u w:val="single"/>'
    link = f'<w:hyperlink r:id="rId6">{g("the data", blue)}</w:hyperlink>'
    by = f'w:author="Ann" w:date="{DAY}"'
    ids = 'w:rsidR="00000000" w:rsidDel="00000000" w:rsidRPr="00000000"'
    gone = f'<w:del {by} w:id="0"><w:r {ids}><w:delText xml:space="preserve">must </w:delText></w:r></w:del>'
    come = f'<w:ins {by} w:id="1">{g("may ")}</w:ins>'
    comment = rdk('<w:commentRangeStart w:id="0"/>', 2) + g("the editors")
    comment += '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
    body = gp(g("A letter on counting"), of="Title")
    body += gp(
        '<w:bookmarkStart w:colFirst="0" w:colLast="0" w:name="_a1b2c3" w:id="0"/><w:bookmarkEnd w:id="0"/>'
        + g("Aims"),
        of="Heading1",
    )
    body += gp(g("We thank ") + g("all ", '<w:b w:val="1"/>') + g("for ") + link + mark.format(0) + g(" and wait."))
    body += gp(g("First"), item=(1, 0)) + gp(g("Deeper"), item=(1, 1)) + gp(g("A dot"), item=(2, 0))
    body += gp(g("Second") + mark.format(1), item=(1, 0)) + gp("")
    body += gp(rdk(gone, 0) + rdk(come, 1) + g("ask ") + comment + g(" now [1]."))
    body += gp(g("References"), of="Heading2") + gp(g("Wang X. Counting."), item=(3, 0))
    styles = style("Normal", "normal") + style("Title", "Title", based_on="Normal")
    styles += "".join(style(f"Heading{n}", f"heading {n}", based_on="Normal") for n in (1, 2))
    notes = "".join(
        f'<w:footnote w:id="{n}">{note.format(text)}</w:footnote>'
        for n, text in enumerate(["Seen in March.", "Twice."])
    )
    said = f'<w:comment {by} w:id="0">{gp(g("All of them?"))}</w:comment>'
    return docx(
        body,
        links={"rId6": "https://example.org/data"},
        styles=styles,
        numbering=numbering,
        footnotes=notes,
        comments=said,
    )


def w(text: str, props: str = "", rsid: str = "00A1B2C3") -> str:
    """A run of Word."""
    inner = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r w:rsidRPr="{rsid}">{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def wp(inner: str, *, of: str = "", more: str = "") -> str:
    """A paragraph of Word."""
    properties = (f'<w:pStyle w:val="{of}"/>' if of else "") + more
    head = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p w:rsidR="00D4E5F6" w:rsidRDefault="00D4E5F6" w:rsidP="00A1B2C3">{head}{inner}</w:p>'


def split(*parts: str) -> str:
    """One sentence in runs of many savings, with a spelling mark around the second part."""
    runs = [w(part, rsid=f"00{n:06X}") for n, part in enumerate(parts)]
    runs[1:2] = ['<w:proofErr w:type="spellStart"/>', *runs[1:2], '<w:proofErr w:type="spellEnd"/>']
    return "".join(runs)


def field(code: str, *shown: str) -> str:
    """A complex field whose code and result are cut into runs."""
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{c}</w:instrText></w:r>' for c in (code[:half], code[half:])
    )
    begin, between, end = (f'<w:r><w:fldChar w:fldCharType="{t}"/></w:r>' for t in ("begin", "separate", "end"))
    return begin + codes + between + "".join(w(text) for text in shown) + end


def control(content: str, more: str = "") -> str:
    """A content control."""
    head = f'<w:sdtPr><w:alias w:val="x"/>{more}</w:sdtPr><w:sdtEndPr/>'
    return f"<w:sdt>{head}<w:sdtContent>{content}</w:sdtContent></w:sdt>"


def word() -> bytes:
    """A letter with split runs, fields, bookmarks, smart tags, content controls, notes and a table."""
    tag = f'<w:smartTag w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="City">{w("Zürich")}</w:smartTag>'
    tick = '<mc:Choice Requires="w16se"><x:symEx xmlns:x="urn:x" x:font="Segoe UI Symbol" x:char="2713"/></mc:Choice>'
    tick += "<mc:Fallback><w:t>✓</w:t></mc:Fallback>"
    tick = f"<w:r><w:rPr/><mc:AlternateContent>{tick}</mc:AlternateContent></w:r>"
    cite = field(" ADDIN EN.CITE &lt;EndNote&gt;&lt;Cite&gt;1&lt;/Cite&gt;&lt;/EndNote&gt; ", "[", "1", "]")
    link = field(' HYPERLINK "https://example.org/data" ', "the ", "data")
    note = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    body = wp(split("A let", "ter on ", "counting"), of="Title")
    body += control(
        wp('<w:bookmarkStart w:id="0" w:name="_Toc1"/>' + w("Aims") + '<w:bookmarkEnd w:id="0"/>', of="Heading1")
    )
    body += wp(
        split("We th", "ank ", "all in ")
        + tag
        + w(", ")
        + control(w("every one"), "<w:text/>")
        + w(", for ")
        + link
        + note
        + "<w:r><w:lastRenderedPageBreak/></w:r>"
        + w(" and wait ")
        + cite
        + w(".")
    )
    body += wp(
        w("Sums of 10")
        + w("5", '<w:vertAlign w:val="superscript"/>')
        + w(" for ")
        + tick
        + w(" sides")
        + '<w:permStart w:id="9" w:edGrp="everyone"/><w:r><w:noBreakHyphen/></w:r><w:permEnd w:id="9"/>'
        + w("all.")
    )
    body += (
        wp(split("Fi", "r", "st"), of="ListNumber")
        + wp(w("A dot"), of="ListBullet2")
        + wp(w("Second"), of="ListNumber")
    )
    row = "<w:tr><w:tc><w:tcPr/>{}</w:tc>{}</w:tr>"
    second = "<w:tc><w:tcPr/>{}</w:tc>"
    table = row.format(wp(w("Side")), second.format(wp(w("Sum"))))
    table += control(row.format(wp(w("left")), control(second.format(wp(split("t", "e", "n"))))), "<w:group/>")
    body += f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="4500"/><w:gridCol w:w="4500"/></w:tblGrid>{table}</w:tbl>'
    body += wp(w("References"), of="Heading1") + wp(w("1.") + "<w:r><w:tab/></w:r>" + w("Wang X. Counting."))
    body += '<w:sectPr w:rsidR="00D4E5F6"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    of_list = '<w:pPr><w:numPr><w:numId w:val="{}"/></w:numPr></w:pPr>'
    styles = style("Title", "Title") + style("Heading1", "heading 1") + style("FootnoteText", "footnote text")
    styles += style("ListNumber", "List Number", inner=of_list.format(1))
    styles += style("ListBullet2", "List Bullet 2", inner=of_list.format(2))
    styles += style(
        "FootnoteReference",
        "footnote reference",
        kind="character",
        inner='<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    )
    numbering = (
        abstract(1, level(0, "decimal", "%1.")) + abstract(2, level(0, "bullet", "\uf0b7")) + num(1, 1) + num(2, 2)
    )
    rule = '<w:footnote w:type="{0}" w:id="{1}"><w:p><w:r><w:{0}/></w:r></w:p></w:footnote>'
    notes = rule.format("separator", -1) + rule.format("continuationSeparator", 0)
    said = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>' + split(
        " Seen ", "in ", "March."
    )
    notes += f'<w:footnote w:id="1">{wp(said, of="FootnoteText")}</w:footnote>'
    return docx(body, styles=styles, numbering=numbering, footnotes=notes)
