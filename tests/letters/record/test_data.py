"""What other programs read of a letter: names that are hostile to a page, a feed, a table or a citation stay names."""

import csv
import datetime
import io
import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from letters.models import Letter
from letters.record import cite, feed, linked, roster, roster_data
from letters.record.cite import Cited
from letters.record.page import rows_of
from letters.record.roster import Signatory
from tests import factories
from tests.letters.record import stage

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = (
    "</script><script>alert(1)</script>", "=cmd|' /C calc'!A0", "\u202eevil\u202c", "{}}{\\",
    "a\nER  - \r\nTY  - X", "<!--", "]]>", "&amp;", "\x00\x0b\ufffe", "\u2028", '"', "@misc{x,", "% comment", " and ",
    "é\U0001f600",
)  # fmt: skip
words = st.text(max_size=60) | st.sampled_from(HOSTILE)


def hostile(test):
    for one in HOSTILE:
        test = example(one)(test)
    return given(words)(test)


def record(name: str) -> dict[str, object]:
    return {
        "society": name, "short_name": name, "printed_name": name, "office": name, "country": "GB", "interests": name,
        "receipt": "R", "position": 1,
    }  # fmt: skip


def cited(name: str) -> Cited:
    return Cited(
        "letter-1", name, [name, "Second"], name, datetime.date(2025, 3, 18), 2, 1, "ab" * 32,
        "https://letters.example/l/letter", "https://letters.example/v/abc-1",
    )  # fmt: skip


class Scripts(HTMLParser):
    """The bodies of a page's script elements, as a browser finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.bodies: list[str] = []
        self.inside = False

    def handle_starttag(self, tag, attrs):
        self.inside = tag == "script"
        if self.inside:
            self.bodies.append("")

    def handle_endtag(self, tag):
        self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.bodies[-1] += data


@hostile
def test_json_in_a_page_ends_no_element_and_means_the_same(name):
    said = {"name": name, "author": [{"name": name}]}
    made = linked.inside_a_page(said)
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{made}</script><p>After</p>')
    assert page.bodies == [made]
    assert not set("<>&\u2028") & set(made)
    assert json.loads(made) == said


@hostile
def test_a_table_holds_the_name_and_no_formula(name):
    cells = list(
        csv.reader(
            io.StringIO(b"".join(roster_data.as_csv([Signatory(record(name), None, False)])).decode("utf-8-sig"))
        )
    )
    assert len(cells) == 2
    assert tuple(cells[0]) == roster_data.HEADING
    assert not cells[1][1].lstrip().startswith(("=", "+", "-", "@"))


def entry(text: str) -> dict[str, str]:
    """The fields of the only entry, read as BibTeX reads it: by its braces, whatever stands before them."""
    found = re.fullmatch(r"@misc\{(?P<key>[^,{}]+),\n(?P<rest>.*)\n\}\n", text, flags=re.DOTALL)
    assert found, text
    fields, rest = {}, found["rest"]
    while rest:
        name, _, rest = rest.partition(" = {")
        depth, place = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(rest[place], 0)
            place += 1
        fields[name.strip()] = rest[: place - 1]
        rest = rest[place:].removeprefix(",").lstrip("\n")
    return fields


@hostile
def test_a_bibtex_entry_keeps_its_fields_whatever_stands_in_them(name):
    text = cite.as_bibtex(cited(name))
    fields = entry(text)
    assert list(fields) == ["author", "title", "year", "month", "howpublished", "note", "url"]
    assert (fields["year"], fields["url"]) == ("2025", "https://letters.example/l/letter")
    assert not re.search(r"(?<!\\)[%#$&_~^]", fields["title"])


@hostile
def test_a_ris_record_keeps_its_lines_whatever_stands_in_them(name):
    lines = cite.as_ris(cited(name)).split("\r\n")
    tags = [line[:6] for line in lines]
    authors = len(cited(name).different)
    last = [f"{tag}  - " for tag in ("TI", "PY", "DA", "M1", "N1", "UR", "ER")]
    assert tags == ["TY  - ", *["AU  - "] * authors, *last, ""]
    assert all(char.isprintable() for line in lines for char in line)


@hostile
def test_a_citation_is_one_line(name):
    text = cite.as_text(cited(name))
    assert all(char.isprintable() for char in text)
    assert text.endswith("(verify: https://letters.example/v/abc-1)")


@hostile
def test_the_feed_of_the_site_is_well_formed(name):
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    text = feed.of_site([Letter(slug="x", title=name, convener=name, published_at=now)])
    (found,) = ET.fromstring(text).findall(f"{ATOM}entry")
    # A summary is HTML: what a reader makes of it must be the words.
    summary = Scripts()
    summary.feed(found.findtext(f"{ATOM}summary") or "")
    assert summary.bodies == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_the_pages_hold_with_a_hostile_name(client, name):
    name = name.replace("\x00", "")  # PostgreSQL keeps none
    letter = stage.founding(stage.released("bob", "carol"))
    Letter.objects.update(convener=name)
    edition = letter.editions.get()
    factories.enrolled_anew(edition, society=name, printed_name=name, interests=name)
    letter.correspondence.update(title=name, text=name, sender=name)
    page = client.get(f"/l/{letter.slug}").content.decode()
    found = Scripts()
    found.feed(page)
    bodies = [body for body in found.bodies if body]
    assert len(bodies) == 1
    assert [author["name"] for author in json.loads(bodies[0])["author"]] == [name]
    steps = ET.fromstring(client.get(f"/l/{letter.slug}/feed.atom").content).findall(f"{ATOM}entry")
    assert len(steps) == 17
    assert len({step.findtext(f"{ATOM}id") for step in steps}) == 17
    data = client.get(f"/l/{letter.slug}/signatories.json").json()
    assert [row["society"] for row in data["signatories"]] == [name] * 2
    ET.fromstring(client.get(f"/l/{letter.slug}/badge.svg").content)


@pytest.mark.django_db
def test_the_data_say_what_the_page_says(client):
    letter = stage.released("bob", "carol")
    edition = letter.editions.get()
    answer = client.get(f"/l/{letter.slug}/signatories.json")
    data = answer.json()
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert data["letter"]["content_hash"] == edition.version.content_hash
    assert data["letter"]["verify"] == f"http://localhost:8000/v/{edition.public_id}"
    assert data["signatories"][0] | {"page": ""} == {
        "position": 1, "society": "Northern Society of Counting", "short_name": "NSC", "kind": "society",
        "country": "GB", "officer": "Bob Barker, MD", "office": "President", "interests": "", "ror": "", "page": "",
        "support_taken_back": "", "note": "",
    }  # fmt: skip
    assert tuple(data["signatories"][0]) == roster_data.HEADING
    lines = list(
        csv.DictReader(io.StringIO(client.get(f"/l/{letter.slug}/signatories.csv").content.decode("utf-8-sig")))
    )
    assert [line["society"] for line in lines] == [row["society"] for row in data["signatories"]]
    assert "author = {{Northern Society of Counting} and {Société du Sud}}" in (
        client.get(f"/l/{letter.slug}/citation.bib").content.decode()
    )
    assert "AU  - Société du Sud\r\n" in client.get(f"/l/{letter.slug}/citation.ris").content.decode()
    said = linked.described(rows_of(letter), roster.signatories(edition))
    assert [author["name"] for author in said["author"]] == [row["society"] for row in data["signatories"]]
    assert client.get("/feed.atom").content.count(b"<entry>") == 1


@pytest.mark.django_db
def test_the_feed_of_a_site_without_letters_is_always_the_same(client):
    first = client.get("/feed.atom")
    assert client.get("/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 304
    factories.drafted()
    assert client.get("/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 304
