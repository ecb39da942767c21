"""Tests of the text for web forms and of its count."""

from letters.text.blocks import new_ids
from letters.text.fit_text import count_words
from letters.text.inline import Run, block
from letters.text.pack.web import web_text, words
from letters.text.reading import read
from tests.letters.text.pack.cases import COMMENTS, PERSONS, SLOTS, WANG, blocks, matter

SUP = frozenset({"sup"})


def test_the_text_as_a_person_pastes_it():
    assert web_text(matter(people=PERSONS)) == (
        "Response to a guideline\n\nWe disagree [1,2].\n\nGrounds\n\n1. Pooling\n\n2. Omission\n\nSincerely,\n\n"
        "Bob Stone, President, Atlantic Spine Society\nOn behalf of:\nAtlantic Spine Society\nSociété du Nord\n"
        f"Endorsed by:\nGuild of Imaging\n\nReferences\n\n1. {WANG}\n2. Unpublished data on file.\n"
    )


def test_references_stand_in_the_style_of_the_journal():
    text = web_text(matter(venue=COMMENTS))
    assert text.endswith(
        "References\n\n1 Wang X, Martin G, et al. Common procedures: a review. BMJ. 2025;388:e079971. "
        "doi: 10.1136/bmj-2024-079971\n2 Unpublished data on file.\n"
    )


def test_a_form_with_a_field_for_the_title_gets_the_text_without_it():
    assert web_text(matter(), titled=False).startswith("We disagree [1,2].\n\n")
    untitled = matter(blocks=blocks()[1:])
    assert web_text(untitled).startswith("Response to a guideline\n\nWe disagree")


def test_only_citations_leave_the_raised_line():
    made = [
        block("paragraph", [Run("10"), Run("5", SUP), Run(" trials."), Run("1", SUP, "#ref-1"), Run("–2", SUP)]),
        block("paragraph", [Run("See ("), Run("1", SUP, "#ref-1"), Run(") and note"), Run("1", SUP, "#fn-1")]),
        block("paragraph", [Run("In [1]", SUP, "#ref-1")]),
    ]
    text = web_text(matter(blocks=new_ids(made)), titled=False)
    assert text.startswith("10⁵ trials. [1–2]\n\nSee ([1]) and note¹\n\n")


def test_words_are_counted_as_the_journal_counts():
    told = matter()
    assert words(told) == count_words(told.blocks, ("references", "signatories")) == 10
    assert words(matter(venue=SLOTS)) > 10


def test_the_founding_letter_has_neither_placeholder_nor_hidden_words(inputs):
    name = "multisociety-letter-v2.docx"
    text = web_text(matter(blocks=read((inputs / name).read_bytes(), name=name).blocks))
    assert "[Insert" not in text
    assert text.count("\nAtlantic Spine Society\nSociété du Nord\n") == 1
    assert "respectively [1-3]. Their works" in text
    assert "\n23. McCormick ZL" in text
    assert text.startswith("Multisociety Response to BMJ Publications on Interventional Spine Procedures")
