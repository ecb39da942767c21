"""Tests of letters as JATS XML, each held against the published DTD."""

import dataclasses

import pytest
from hypothesis import given

from letters.text.blocks import new_ids
from letters.text.inline import Run, block
from letters.text.pack.jats import jats
from letters.text.pack.matter import Target
from letters.text.pack.people import AUTHOR, Contributor, People
from letters.text.reading import read
from letters.text.tables import Cell, Row, table_block
from tests.examples import examples
from tests.letters.text.drafts import letters
from tests.letters.text.pack.cases import BOB, COMMENTS, PERSONS, SLOTS, matter
from tests.letters.text.pack.jats import valid

XLINK = "{http://www.w3.org/1999/xlink}"
NAMES = ["multisociety-letter-v1.docx", "multisociety-letter-v2.docx", "multisociety-letter-v3.docx"]
NAMES += ["presidents-statement.docx", "summary-rapid-response.docx", "multisociety-letter-v2.md"]


def said(root, path: str) -> list[str]:
    return ["".join(node.itertext()) for node in root.findall(path)]


def test_a_letter_of_societies():
    root = valid(jats(matter(issn="1234-5678", publisher="Tests Ltd", rights="© the societies")))
    assert root.get("article-type") == "letter"
    meta = root.find("front/article-meta")
    assert said(root, "front/journal-meta/issn") == ["1234-5678"]
    assert said(meta, "article-categories//subject") == ["Letter"]
    assert said(meta, "title-group/article-title") == ["Response to a guideline"]
    contribs = meta.findall("contrib-group/contrib")
    assert [one.get("contrib-type") for one in contribs] == ["author", "author"]
    assert said(meta, ".//contrib/collab//institution") == ["Atlantic Spine Society", "Société du Nord"]
    assert said(meta, ".//collab//institution-id") == ["https://ror.org/021k9xw90"]
    assert [one.get("country") for one in meta.findall(".//collab/country")] == ["US", "FR"]
    assert said(meta, ".//corresp") == ["Submitted by Bob Stone, bob@asis.example"]
    assert said(meta, ".//fn[@fn-type='conflict']/p") == [
        "Société du Nord: Grant of 2024.", "No competing interests were declared by the other 2.",
    ]  # fmt: skip
    date = meta.find("pub-date")
    assert (date.get("date-type"), date.get("iso-8601-date")) == ("signed", "2025-03-18")
    assert said(meta, "permissions/copyright-statement") == ["© the societies"]
    answered = meta.findall("related-article")
    assert [
        (one.get("related-article-type"), one.get("ext-link-type"), one.get(f"{XLINK}href")) for one in answered
    ] == [("commentary-article", "doi", "10.1136/bmj-2024-079970")]


def test_endorsers_and_the_acknowledged_are_no_authors():
    root = valid(jats(matter()))
    assert "Guild of Imaging" not in "".join(said(root, ".//contrib-group"))
    assert said(root, "back/ack/p") == ["Acknowledged: Ida Berg."]
    assert said(root, "back/notes/p") == ["This text is endorsed, not authored, by Guild of Imaging."]


def test_persons_write_on_behalf_of_societies():
    root = valid(jats(matter(people=PERSONS, venue=SLOTS)))
    group = root.find("front/article-meta/contrib-group")
    assert said(group, "contrib/name/surname") == ["Stone"]
    assert said(group, "contrib/contrib-id") == ["https://orcid.org/0000-0002-1825-0097"]
    assert group.find("contrib").get("corresp") == "yes"
    assert said(group, "on-behalf-of//institution") == ["Atlantic Spine Society", "Société du Nord"]
    assert said(group, "contrib/collab") == []


def test_a_person_whose_name_has_no_known_parts():
    whole = Contributor(AUTHOR, family="Ada Lovelace, PhD")
    root = valid(jats(matter(people=People((whole,), whole), issn="", dated=None)))
    assert said(root, ".//contrib//string-name") == ["Ada Lovelace, PhD"]


def test_body_and_references():
    root = valid(jats(matter()))
    body = root.find("body")
    assert said(body, "p") == ["We disagree1,2."]
    assert [(one.get("rid"), one.text) for one in body.findall("p/sup/xref")] == [("ref-1", "1"), ("ref-2", "2")]
    assert said(body, "sec/title") == ["Grounds"]
    assert said(body, "sec/list[@list-type='order']/list-item/label") == ["1.", "2."]
    assert said(body, "sec/list[@list-type='simple']/list-item/p") == [
        "Atlantic Spine Society", "Société du Nord", "Endorsed by:", "Guild of Imaging", "Acknowledged:", "Ida Berg",
    ]  # fmt: skip
    assert said(root, "back/ref-list/title") == ["References"]
    sure, unsure = root.findall("back/ref-list/ref")
    assert said(sure, "citation-alternatives/element-citation//surname") == ["Wang", "Martin"]
    assert sure.find(".//element-citation/person-group/etal") is not None
    assert said(sure, ".//element-citation/elocation-id") == ["e079971"]
    assert said(sure, ".//mixed-citation/pub-id") == ["10.1136/bmj-2024-079971"]
    assert said(unsure, "mixed-citation") == ["Unpublished data on file."]
    assert unsure.find(".//element-citation") is None


def test_a_response_is_never_called_a_letter_of_the_journal():
    root = valid(jats(matter(venue=COMMENTS)))
    assert said(root, ".//article-categories//subject") == ["Online response"]


def test_sections_lie_inside_each_other_as_their_headings_do():
    shape = [("A", 1), ("A1", 2), ("A2", 2), ("B", 1)]
    made = []
    for words, level in shape:
        made += [block("heading", [Run(words)], level=level), block("paragraph", [Run(f"In {words}")])]
    body = valid(jats(matter(blocks=new_ids(made)))).find("body")
    assert said(body, "sec/title") == ["A", "B"]
    assert said(body, "sec/sec/title") == ["A1", "A2"]
    assert said(body, "sec/sec/p") == ["In A1", "In A2"]


def test_awkward_blocks_are_valid():
    made = [
        block("heading", [Run("A\nB")], level=3, label="1.1"),
        block("item", [Run("deep")], level=4, label="a."),
        block("item", [Run("up")], level=1, label="•"),
        block("paragraph", [Run("one\ntwo", frozenset({"strong", "sup", "code"}), "#ref-9")]),
        block("quote", [Run("a", href="https://a.org/x"), Run("\nb")]),
        table_block([Row([Cell([Run("only head")])], head=True)]),
        table_block([Row([Cell([Run("h")], colspan=2)], head=True), Row([Cell([Run("a\nb")]), Cell([])])]),
        block("heading", [Run("Literature")], level=1),
        block("reference", [Run("Same number.")], label="1."),
        block("reference", [Run("Same number again.")], label="1."),
        block("reference", [Run("No number.")], label="*"),
        block("footnote", [Run("Below")], label="*"),
    ]
    root = valid(jats(matter(blocks=new_ids(made))))
    assert [one.get("id") for one in root.findall(".//ref")] == ["ref-1", None, "ref-0"]
    assert said(root, "body//p/bold/monospace/sup") == ["one", "two"]
    assert said(root, ".//thead/tr/th") == ["h"]
    assert said(root, "back/ref-list/title") == ["Literature"]


@given(letters)
@examples(150)
def test_any_letter_is_valid_and_loses_no_words(blocks):
    root = valid(jats(matter(blocks=blocks)))
    whole = " ".join("".join(root.itertext()).split())
    for one in blocks:
        if one.kind in ("paragraph", "quote") and one.text.isascii() and "<" not in one.html:
            assert " ".join(one.text.split()) in whole


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("people", [None, PERSONS])
def test_real_letters_are_valid(inputs, name, people):
    blocks = read((inputs / name).read_bytes(), name=name).blocks
    given_people = {"people": people} if people else {}
    made = matter(
        blocks=blocks, targets=(Target("10.1136/bmj-2024-079970"), Target("10.1136/bmj.r179")), **given_people
    )
    root = valid(jats(made))
    assert len(root.findall(".//ref")) == sum(one.kind == "reference" for one in blocks)
    assert [one.get("id") for one in root.findall(".//related-article")] == ["target-1", "target-2"]


def test_characters_xml_cannot_hold_are_left_out():
    odd = dataclasses.replace(BOB, affiliation="A\x0bB\ufffeC")
    root = valid(jats(matter(people=People((Contributor(AUTHOR, society="S\x00"),), odd), title="T\x01")))
    assert said(root, ".//collab//institution") == ["S"]
