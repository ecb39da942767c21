"""Tests of the whole pack: its files, their bytes, and its Word file in the eyes of other programs."""

import dataclasses
import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import docx
import pytest

from letters.journals import shipped
from letters.text.blocks import new_ids
from letters.text.canonical import Refused
from letters.text.inline import Run, block
from letters.text.pack.contents import pack
from letters.text.pack.people import BadPeople
from letters.text.reading import read
from letters.text.venue import Rule
from tests.letters.text.pack.cases import COMMENTS, JOURNAL, PERSONS, SLOTS, matter
from tests.letters.text.pack.jats import valid

NAMES = [
    "README.txt", "covering-letter.txt", "covering-letter.docx", "letter.docx", "text-for-web-form.txt",
    "signatories.csv", "competing-interests.txt", "references.txt", "letter-jats.xml",
]  # fmt: skip


def paragraphs(data: bytes) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in docx.Document(BytesIO(data)).paragraphs]


def test_the_files_and_their_names():
    assert list(pack(matter())) == NAMES
    assert list(pack(matter(), pdf=b"%PDF-1.7")) == [*NAMES, "signed-letter.pdf"]
    assert [name for name in pack(matter(venue=COMMENTS)) if "response" in name] == [
        "response.docx",
        "response-jats.xml",
    ]
    assert "summary.docx" in pack(matter(full="The letter"))
    assert "references.txt" not in pack(matter(blocks=[one for one in matter().blocks if one.kind != "reference"]))


def test_the_same_matter_gives_the_same_bytes():
    assert pack(matter(), pdf=b"%PDF-1.7") == pack(matter(), pdf=b"%PDF-1.7")


def test_the_readme_names_every_file_and_what_is_particular():
    assert pack(matter(venue=COMMENTS, elsewhere=("X",)))["README.txt"].decode() == (
        "For BMJ rapid response: Response to a guideline\n\n"
        "covering-letter.txt      to the editor; paste the .txt or upload the .docx\n"
        "covering-letter.docx     to the editor; paste the .txt or upload the .docx\n"
        "response.docx            the clean text, without comments or tracked changes\n"
        "text-for-web-form.txt    to paste into a form: title, text, signatories, references\n"
        "signatories.csv          who stands behind the text, in which role; opens in a spreadsheet\n"
        "competing-interests.txt  for the field or form that asks for interests\n"
        "references.txt           the reference list by itself; entries left as the letter prints them are marked\n"
        "response-jats.xml        the text as JATS XML for the journal's production\n\n"
        "Authors: 2 societies\nEndorsed by: 1 society\nAcknowledged: Ida Berg\nHanded in by: Bob Stone\n\n"
        "- The journal is asked to post the enclosed response. Length: 10 words, not counting references, author "
        "details and signatories.\n"
        "- It takes at most 600 words.\n"
        "- What BMJ rapid response shows is a response on a web page. Do not call it a journal article.\n"
        "- References are in the style “bmj” of the Citation Style Language project.\n"
        "- As the letter prints them: 2; references.txt says why.\n"
        "- The same statement goes to other journals: wait for the permission of all editors, and keep it.\n"
    )


def test_references_left_as_printed_are_marked():
    assert pack(matter(venue=COMMENTS))["references.txt"].decode() == (
        "1 Wang X, Martin G, et al. Common procedures: a review. BMJ. 2025;388:e079971. doi: 10.1136/bmj-2024-079971\n"
        "2 Unpublished data on file.\n"
        "   (as printed in the letter: it is no article, book or chapter in the usual order)\n"
    )


def test_the_word_file_is_clean_and_whole():
    data = pack(matter(venue=COMMENTS))["response.docx"]
    assert paragraphs(data) == [
        ("Title", "Response to a guideline"), ("Normal", "We disagree1,2."), ("Heading 1", "Grounds"),
        ("List Paragraph", "Pooling"), ("List Paragraph", "Omission"), ("Normal", "Sincerely,"),
        ("Normal", "Atlantic Spine Society"), ("Normal", "Société du Nord"), ("Normal", "Endorsed by:"),
        ("Normal", "Guild of Imaging"), ("Normal", "Acknowledged:"), ("Normal", "Ida Berg"),
        ("Heading 1", "Competing interests declared by the societies"), ("Normal", "Société du Nord: Grant of 2024."),
        ("Normal", "No competing interests were declared by the other 2."), ("Heading 1", "References"),
        ("Bibliography", "Wang X, Martin G, et al. Common procedures: a review. BMJ. 2025;388:e079971. "
         "doi: 10.1136/bmj-2024-079971"),
        ("Bibliography", "Unpublished data on file."),
    ]  # fmt: skip
    with zipfile.ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        document = archive.read("word/document.xml").decode()
    assert not [name for name in names if "comments" in name or "people" in name]
    assert not re.search(r"<w:(?:ins|del|moveFrom|moveTo|comment\w+|rPrChange)\b", document)
    assert docx.Document(BytesIO(data)).core_properties.author == ""


def test_interests_the_text_states_are_not_added_again():
    own = [*matter().blocks[:5], block("paragraph", [Run("Competing interests: none.")])]
    silent = [dataclasses.replace(one, interests="") for one in matter().people.contributors]
    people = dataclasses.replace(matter().people, contributors=tuple(silent))
    said = paragraphs(pack(matter(blocks=new_ids(own), people=people))["letter.docx"])
    assert [text for _, text in said if "ompeting" in text] == ["Competing interests: none."]


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_reads_the_word_file(tmp_path):
    (tmp_path / "letter.docx").write_bytes(pack(matter(venue=COMMENTS))["response.docx"])
    command = ["pandoc", "--track-changes=all", "-t", "plain", "--wrap=none", str(tmp_path / "letter.docx")]
    text = subprocess.run(command, capture_output=True, check=True, text=True, timeout=60).stdout
    assert text.split("\n\n")[:4] == ["We disagree^(1,2).", "Grounds", "1.  Pooling", "2.  Omission"]
    assert text.rstrip().endswith("doi: 10.1136/bmj-2024-079971\n\n2.  Unpublished data on file.")
    assert text.count("insertion") == text.count("deletion") == 0


def test_persons_stand_where_no_group_may():
    with pytest.raises(BadPeople, match="NEJM letter takes no group as author: name 1 to 3 persons"):
        pack(matter(venue=SLOTS))
    files = pack(matter(venue=SLOTS, people=PERSONS))
    assert "It is written by Bob Stone on behalf of 2 societies." in files["covering-letter.txt"].decode()
    assert "Authors: Bob Stone\nOn behalf of: 2 societies\n" in files["README.txt"].decode()
    assert valid(files["letter-jats.xml"]).find(".//contrib/collab") is None


@pytest.mark.parametrize("key", sorted(shipped.venues()))
def test_no_wording_calls_a_response_a_published_article(key):
    venue = shipped.venues()[key]
    files = pack(matter(venue=venue, people=PERSONS, full="The letter", elsewhere=("Another",)))
    words = [data.decode() for name, data in files.items() if name.endswith(".txt")]
    words += [text for name in files if name.endswith(".docx") for _, text in paragraphs(files[name])]
    words.append("".join(valid(files["summary-jats.xml"]).itertext()))
    claims = [line for text in words for line in text.splitlines() if re.search(r"\bpublish|\barticle\b", line, re.I)]
    posted = venue.rule("article").yes is False
    kept = [
        line for line in claims if "Do not call it a journal article." not in line and "in the usual order" not in line
    ]
    assert bool(kept) != posted
    assert posted == (key in ("bmj-rapid-response", "science-advances-eletter"))


def test_a_journal_that_cannot_be_sent_to_is_named_as_such():
    closed = dataclasses.replace(JOURNAL, rules={"submitted": Rule("submitted", "no", note="Picked by the editors.")})
    said = pack(matter(venue=closed))["README.txt"].decode()
    assert "- Journal of Tests cannot be sent to: Picked by the editors.\n" in said


def test_characters_nobody_can_see_are_refused():
    made = [*matter().blocks, block("paragraph", [Run("a\u202eb")])]
    with pytest.raises(Refused):
        pack(matter(blocks=new_ids(made)))


@pytest.mark.parametrize("name", ["multisociety-letter-v2", "summary-rapid-response", "presidents-statement"])
def test_real_letters_read_back_with_all_their_words(inputs, name):
    blocks = read((inputs / f"{name}.docx").read_bytes(), name="letter.docx").blocks
    files = pack(matter(blocks=blocks, venue=COMMENTS))
    back = [one.text for one in read(files["response.docx"], name="back.docx").blocks]
    own = [one.text for one in blocks if one.kind not in ("reference", "signatories")]
    assert [text for text in own if text not in back] == []
