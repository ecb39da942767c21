"""Tests of the comments of a Word file: each comes in on its words or is named as left out."""

import datetime
import shutil
import subprocess

import pytest

from letters.text.blocks import carry_ids
from letters.text.check import import_check
from letters.text.reading import Comment, read
from tests.letters.text.files import docx, p, r
from tests.letters.text.test_revisions import BY, dele, ins

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
DAY = "2025-03-18T10:00:00Z"


def comment(name: int, *lines: str, author: str = "Ann") -> str:
    """A comment; its last paragraph has the number by which commentsExtended.xml names it."""
    said = "".join(p(line) for line in lines[:-1])
    said += f'<w:p xmlns:w14="{W14}" w14:paraId="{name:08X}">{r(lines[-1])}</w:p>'
    return f'<w:comment w:id="{name}" w:author="{author}" w:date="{DAY}">{said}</w:comment>'


def on(name: int, inner: str) -> str:
    end = f'<w:commentRangeEnd w:id="{name}"/><w:r><w:commentReference w:id="{name}"/></w:r>'
    return f'<w:commentRangeStart w:id="{name}"/>{inner}{end}'


def extended(*entries: tuple[int, int, int]) -> dict[str, bytes]:
    """commentsExtended.xml from (comment, the comment it answers or 0, done)."""
    inner = "".join(
        f'<w15:commentEx w15:paraId="{name:08X}" w15:done="{done}"'
        + (f' w15:paraIdParent="{parent:08X}"' if parent else "")
        + "/>"
        for name, parent, done in entries
    )
    part = f'<?xml version="1.0"?><w15:commentsEx xmlns:w15="{W15}">{inner}</w15:commentsEx>'
    return {"word/commentsExtended.xml": part.encode()}


def reading_of(body: str, comments: str, tracked: str = "ask", **parts):
    return read(docx(body, comments=comments, **parts), name="a.docx", tracked=tracked)


def test_comments_come_with_their_words_and_block():
    body = p("First.") + p("We ", inner=on(1, r("ask you")) + r(" now."))
    reading = reading_of(body, comment(1, "Too soft?", "More."))
    block = reading.blocks[1].id
    assert reading.comments == [Comment("Ann", DAY, "Too soft?\nMore.", "ask you", block, id="1", index=1)]
    assert reading.comments[0].moment == datetime.datetime(2025, 3, 18, 10, tzinfo=datetime.UTC)
    assert reading.dropped == []


@pytest.mark.parametrize(
    ("date", "hour"), [("", None), ("yesterday", None), ("2025-03-18T10:00:00+02:00", 8), ("2025-03-18T10:00:00", 10)]
)
def test_comment_moments_are_aware_or_none(date, hour):
    moment = Comment("Ann", date, "", "").moment
    assert (moment and moment.astimezone(datetime.UTC).hour) == hour


def test_comment_index_finds_the_block_after_ids_were_carried():
    old = read(docx(p("We ask you now.")), name="a.docx").blocks
    reading = reading_of(p("Dear all,") + p("We ", inner=on(1, r("ask you")) + r(" today.")), comment(1, "When?"))
    carried = carry_ids(old, reading.blocks)
    assert carried[reading.comments[0].index].id == old[0].id


def test_comments_answer_each_other_and_are_resolved_together():
    body = p("", inner=on(1, on(2, r("We ask")))) + p("", inner=on(3, r("you.")))
    said = comment(1, "Why?") + comment(2, "Because.", author="Ben") + comment(3, "Whom?")
    reading = reading_of(body, said, extra=extended((1, 0, 1), (2, 1, 0), (3, 0, 0)))
    assert [(c.id, c.parent, c.resolved, c.quote) for c in reading.comments] == [
        ("1", "", True, "We ask"),
        ("2", "1", True, "We ask"),
        ("3", "", False, "you."),
    ]
    line = "3 comments by 2 people (1 of them a reply and 1 resolved): comments are not part of the letter."
    assert ("warn", line) in import_check(reading).lines()


def test_replies_without_a_place_hang_where_their_comment_does():
    body = p("First.") + p("", inner=on(1, r("We ask"))) + p("", inner=on(3, r("you.")))
    said = comment(3, "Whom?") + comment(2, "Because.") + comment(1, "Why?")
    reading = reading_of(body, said, extra=extended((1, 0, 0), (2, 1, 0), (3, 0, 0)))
    assert [(c.id, c.parent, c.index, c.quote) for c in reading.comments] == [
        ("1", "", 1, "We ask"),
        ("2", "1", 1, "We ask"),
        ("3", "", 2, "you."),
    ]


def test_comments_that_answer_in_a_circle_are_cut_open():
    body = p("", inner=on(1, on(2, on(3, r("We")))))
    said = "".join(comment(n, "x") for n in (1, 2, 3))
    reading = reading_of(body, said, extra=extended((1, 2, 0), (2, 3, 0), (3, 1, 0), (3, 3, 0)))
    assert [(c.id, c.parent) for c in reading.comments] == [("1", ""), ("3", "1"), ("2", "3")]


def test_answers_deeper_than_any_talk_begin_a_thread_of_their_own():
    names = range(1, 60)
    body = p("", inner="".join(on(n, r("We ")) for n in names))
    said = "".join(comment(n, "x") for n in names)
    reading = reading_of(body, said, extra=extended(*((n, n - 1, 0) for n in names)))
    parents = {c.id: c.parent for c in reading.comments}
    assert len(parents) == 59
    assert all(int(parent) == int(name) - 1 for name, parent in parents.items() if parent)
    assert sum(not parent for parent in parents.values()) < 6


def test_comments_on_deleted_words_are_named_with_their_place():
    body = p("Stays.") + p("We ", inner=on(1, dele("gone")) + on(2, ins("may")) + r(" ask."))
    said = comment(1, "Why?") + comment(2, "Soft")
    accepted, rejected = (reading_of(body, said, way) for way in ("accept", "reject"))
    assert [c.quote for c in accepted.comments] == ["may"]
    assert accepted.dropped == ["A comment by Ann (“Why?”) on deleted words in paragraph 2 was left out."]
    assert [c.quote for c in rejected.comments] == ["gone"]
    assert rejected.dropped == ["A comment by Ann (“Soft”) on deleted words in paragraph 2 was left out."]


def test_comments_in_a_deleted_paragraph_are_named_behind_the_one_before():
    gone = p("", props=f"<w:rPr><w:del {BY}/></w:rPr>", inner=on(1, dele("All of it.")))
    reading = reading_of(p("Stays.") + gone + p("Last.", props="<w:outlineLvl w:val='9'/>"), comment(1, "Why?"))
    assert reading.comments == []
    assert reading.dropped == ["A comment by Ann (“Why?”) on deleted words in paragraph 2 was left out."]
    block = f"<w:del {BY}>{p('', inner=on(1, dele('All of it.')))}</w:del>"
    reading = reading_of(p("Stays.") + block + p("Last."), comment(1, "Why?"))
    assert reading.dropped == ["A comment by Ann (“Why?”) on deleted words in paragraph 2 was left out."]


def test_comments_in_a_deleted_row_are_named():
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc></w:tr>"
    table = row.format("", p("Kept")) + row.format(f"<w:del {BY}/>", p("", inner=on(1, r("Gone"))))
    reading = reading_of(f"<w:tbl>{table}</w:tbl>", comment(1, "Why?"))
    assert reading.comments == []
    assert reading.dropped == ["A comment by Ann (“Why?”) on deleted words in table 1 was left out."]


def test_comments_on_nothing_in_the_text_are_named():
    reading = reading_of(p("We ask."), comment(2, "Not in the text"))
    assert reading.dropped == ["A comment by Ann (“Not in the text”) on nothing in the text was left out."]


def test_comments_on_a_point_are_kept():
    mark = '<w:r><w:commentReference w:id="1"/></w:r>'
    reading = reading_of(p("We ask.", inner=mark) + p("", inner=on(2, "")), comment(1, "Hm") + comment(2, "End"))
    assert [(c.quote, c.index) for c in reading.comments] == [("", 0), ("", 0)]


def test_comments_over_several_paragraphs_quote_all_their_words():
    start, end = '<w:commentRangeStart w:id="1"/>', '<w:commentRangeEnd w:id="1"/>'
    body = p("First.", inner=start) + p("Second") + p("third", inner=end) + p("Last.")
    reading = reading_of(body, comment(1, "All?"))
    assert [(c.quote, c.index) for c in reading.comments] == [("Second third", 1)]
    body = start + p("Second") + end + p("Last.")
    assert [(c.quote, c.index) for c in reading_of(body, comment(1, "All?")).comments] == [("Second", 0)]


def test_long_quotes_are_cut():
    reading = reading_of(p("", inner=on(1, r("word " * 500))), comment(1, "x"))
    assert reading.comments[0].quote == " ".join(["word"] * 119) + "…"


def test_an_end_without_a_start_is_no_comment():
    reading = reading_of(p("We ask.", inner='<w:commentRangeEnd w:id="7"/>'), comment(1, "x"))
    assert reading.comments == []


def test_lines_and_tabs_in_a_comment_keep_words_apart():
    said = f'<w:comment w:id="1" w:author=" Ann  Bee "><w:p>{r("One")}<w:r><w:br/><w:t>two</w:t><w:tab/></w:r>'
    reading = reading_of(p("", inner=on(1, r("We"))), f"{said}{r('three')}</w:p></w:comment>")
    assert [(c.author, c.date, c.text) for c in reading.comments] == [("Ann Bee", "", "One\ntwo three")]


def test_one_person_is_named_and_nobody_is_somebody():
    nameless = f'<w:comment w:id="1">{p("x")}</w:comment>'
    reading = reading_of(p("", inner=on(1, r("We"))), nameless)
    assert import_check(reading).commented == "1 comment by 1 person"
    assert import_check(reading_of(p("", inner=on(1, r("We"))), comment(1, "x"))).commented == "1 comment by Ann"


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_comments_of_a_file_of_pandoc_are_read(tmp_path):
    said = f'[{{}}]{{{{.comment-start id="{{}}" author="{{}}" date="{DAY}"}}}}{{}}[]{{{{.comment-end id="{{}}"}}}}'
    one = said.format("Too *soft*?", 0, "Ann", "ask **you**", 0)
    two = said.format("Whom?", 1, "Ben", "all", 1)
    file = tmp_path / "letter.docx"
    source = f"# Aims\n\nFirst.\n\nWe {one} now.\n\n- Dear {two}\n"
    subprocess.run(["pandoc", "-f", "markdown", "-o", str(file)], input=source, text=True, check=True, timeout=60)
    reading = read(file.read_bytes(), name="letter.docx")
    assert [(c.author, c.date, c.text, c.quote, reading.blocks[c.index].text) for c in reading.comments] == [
        ("Ann", DAY, "Too soft?", "ask you", "We ask you now."),
        ("Ben", DAY, "Whom?", "all", "Dear all"),
    ]
    assert import_check(reading).commented == "2 comments by 2 people"
