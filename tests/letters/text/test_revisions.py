"""Tests of tracked changes: nothing of them is accepted in silence."""

import pytest

from letters.text.check import import_check
from letters.text.reading import Tracked, read
from tests.letters.text.files import docx, p, r

BY = 'w:id="1" w:author="Ann" w:date="2025-03-18T10:00:00Z"'
BEN = 'w:id="2" w:author="Ben" w:date="2025-03-19T10:00:00Z"'


def ins(text: str, by: str = BY) -> str:
    return f"<w:ins {by}>{r(text)}</w:ins>"


def dele(text: str, by: str = BY) -> str:
    return f'<w:del {by}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def texts(body: str, tracked: str) -> list[str]:
    return [block.text for block in read(docx(body), name="a.docx", tracked=tracked).blocks]


def test_tracked_insertions_and_deletions_are_read_both_ways():
    body = p("We ", inner=dele("must ") + ins("may ") + r("ask."))
    assert texts(body, "accept") == texts(body, "ask") == ["We may ask."]
    assert texts(body, "reject") == ["We must ask."]


def test_tracked_changes_are_listed_and_stop_publishing_until_decided():
    body = p("We ", inner=dele("must ") + ins("may ", BEN) + r("ask ") + ins("a", BY) + ins("b", BY) + r(" now"))
    reading = read(docx(body), name="a.docx")
    assert reading.tracked == [
        Tracked("deleted", "Ann", "2025-03-18T10:00:00Z", "must "),
        Tracked("inserted", "Ben", "2025-03-19T10:00:00Z", "may "),
        Tracked("inserted", "Ann", "2025-03-18T10:00:00Z", "ab"),
    ]
    assert reading.undecided
    check = import_check(reading)
    assert ("stop", "3 tracked changes by 2 people: accept all, reject all, or go back.") in check.lines()
    assert not check.publishable
    decided = import_check(read(docx(body), name="a.docx", tracked="reject"))
    assert decided.publishable


def test_tracked_changes_with_words_between_are_two():
    reading = read(docx(p("", inner=ins("a") + r(" and ") + ins("b"))), name="a.docx")
    assert [change.text for change in reading.tracked] == ["a", "b"]


def test_tracked_paragraph_marks_join_paragraphs():
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    body = p("One ", props=mark) + p("two.") + p("Three.")
    assert texts(body, "accept") == ["One two.", "Three."]
    assert texts(body, "reject") == ["One", "two.", "Three."]
    body = p("", props=f"<w:rPr><w:ins {BY}/></w:rPr>", inner=ins("New.")) + p("Old.")
    assert texts(body, "accept") == ["New.", "Old."]
    assert texts(body, "reject") == ["Old."]


def test_tracked_moves_are_read_both_ways():
    gone = p("", props=f"<w:rPr><w:moveFrom {BY}/></w:rPr>", inner=f"<w:moveFrom {BY}>{r('Moved.')}</w:moveFrom>")
    come = p("", props=f"<w:rPr><w:moveTo {BY}/></w:rPr>", inner=f"<w:moveTo {BY}>{r('Moved.')}</w:moveTo>")
    body = gone + p("Stays.") + come + p("Last.")
    assert texts(body, "accept") == ["Stays.", "Moved.", "Last."]
    assert texts(body, "reject") == ["Moved.", "Stays.", "Last."]


def test_tracked_deletion_inside_an_insertion_is_in_neither_text():
    body = p("a", inner=f"<w:ins {BY}>{dele('b', BEN)}</w:ins>" + r("c"))
    assert texts(body, "accept") == texts(body, "reject") == ["ac"]


def test_tracked_formatting_is_named():
    inner = r("bold", f"<w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange>")
    reading = read(docx(p("", inner=inner)), name="a.docx")
    assert [(change.kind, change.text) for change in reading.tracked] == [("formatted", "bold")]
    check = import_check(reading)
    assert ("warn", "1 tracked change of formatting only: shown as in the file, accepted.") in check.lines()
    assert check.publishable


def test_reading_knows_three_ways_with_tracked_changes():
    with pytest.raises(ValueError, match="ask, accept or reject"):
        read(docx(p("x")), name="a.docx", tracked="maybe")
