"""What a letter gives out: its lists, which come back by the import, and the whole of it as a zip."""

import csv
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from letters.export import bundle
from letters.export.tables import TABLES
from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.models import Document, Invitation, Officer, Society, database_now
from letters.models.document import Kind
from letters.proof.chain import event_hash
from letters.sign import responses
from tests import factories

pytestmark = pytest.mark.django_db


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_page_offers_every_list_and_the_whole(desk):
    letter = factories.reviewed()
    page = desk.get(f"/manage/{letter.slug}/export").content.decode()
    assert all(f"/manage/{letter.slug}/export/{what}/csv" in page for what in TABLES)
    assert f"/manage/{letter.slug}/export/zip" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_societies_that_are_given_out_come_back_by_the_import(desk, kind):
    letter = factories.signing_open()
    answer = desk.get(f"/manage/{letter.slug}/export/societies/{kind}")
    assert answer["Content-Disposition"] == f'attachment; filename="{letter.slug}-societies.{kind}"'
    found = plan(factories.reviewed(), read_listing(answer.content, name=f"a.{kind}"))
    assert [(entry.state, entry.row.printed_name) for entry in found.entries] == [
        ("matched", "Bob Barker, MD"), ("matched", "Erin Eames"), ("matched", "Carol Créac'h, MD"),
        ("matched", "佐藤 陽子, MD"),
    ]  # fmt: skip


def test_a_formula_in_a_name_is_words_in_both_files(desk):
    letter = factories.signing_open()
    Officer.objects.filter(user__email="bob@north.example").update(printed_name="=cmd()", office="+1")
    Society.objects.filter(short_name="NSC").update(official_name="@SUM(A1)")
    address = f"/manage/{letter.slug}/export/societies"
    line = rows(desk.get(f"{address}/csv"))[1]
    assert (line[0], line[3], line[5]) == ("'@SUM(A1)", "'=cmd()", "'+1")
    sheet = load_workbook(io.BytesIO(desk.get(f"{address}/xlsx").content)).active
    assert [(sheet.cell(2, at).value, sheet.cell(2, at).data_type) for at in (1, 4, 6)] == [
        ("@SUM(A1)", "s"), ("=cmd()", "s"), ("+1", "s"),
    ]  # fmt: skip


def test_only_the_invitations_asked_for_are_given_out(desk):
    letter = factories.signing_open()
    pk = Invitation.objects.get(letter=letter, society__short_name="SDS").pk
    found = rows(desk.get(f"/manage/{letter.slug}/export/societies/csv?to={pk}&to=x&to=²"))
    assert [line[1] for line in found] == ["short_name", "SDS"]


def test_answers_and_signatures_stand_in_the_lists(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    responses.decline(by=factories.link_of(letter, "carol"), reason="No.")
    found = {line[1]: line for line in rows(desk.get(f"/manage/{letter.slug}/export/societies/csv"))}
    assert (found["SDS"][14], found["JSC"][17]) == ("declined", "")
    signed = rows(desk.get(f"/manage/{letter.slug}/export/signatories/csv"))
    assert [line[:4] for line in signed[1:]] == [
        ["Northern Society of Counting", "Bob Barker, MD", "President", "version 1"]
    ]


@pytest.mark.parametrize("path", ["nothing/csv", "societies/pdf"])
def test_another_list_or_kind_is_404(desk, path):
    assert desk.get(f"/manage/{factories.reviewed().slug}/export/{path}").status_code == 404


def opened(answer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def test_the_whole_letter_holds_what_its_readme_names_and_no_secret(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter)
    links = [factories.link_of(letter, name) for name in ("bob", "carol", "sato")]
    answer = desk.get(f"/manage/{letter.slug}/export/zip")
    assert answer["Content-Disposition"] == f'attachment; filename="{letter.slug}.zip"'
    box = opened(answer)
    assert box.testzip() is None
    said = box.read("README.txt").decode()
    names = [name for name in box.namelist() if name != "README.txt"]
    assert all(name in said for name in names)
    assert {"text/version-1-source.md", "text/version-2.docx", "lists/mails.csv", "record/events.jsonl"} <= set(names)
    assert box.read("text/version-1-source.md").decode() == factories.TEXT
    everything = b"".join(box.read(name) for name in names if not name.endswith(".docx")).decode()
    assert [link for link in links if link.token in everything or link.typed in everything] == []
    events = [json.loads(line) for line in box.read("record/events.jsonl").splitlines()]
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    assert [event.pop("hash") for event in events] == [event_hash(event) for event in events]


def test_a_file_missing_from_the_store_is_named_and_breaks_nothing(desk):
    letter = factories.reviewed()
    document = letter.versions.get().source
    document.path.rename(document.path.with_suffix(".away"))
    box = opened(desk.get(f"/manage/{letter.slug}/export/zip"))
    document.path.with_suffix(".away").rename(document.path)
    assert "text/version-1-source.md" in box.read("MISSING.txt").decode()
    assert "text/version-1.txt" in box.namelist()


@pytest.mark.slow
def test_a_sealed_letter_gives_its_pdf_evidence_and_decisions(desk):
    letter = factories.sealed("bob")
    decision = Document.objects.keep(b"%PDF-1.7 yes", kind=Kind.MANDATE, edition=None, now=database_now())
    bundle.Signature.objects.filter(invitation__letter=letter).update(mandate_file=decision)
    box = opened(desk.get(f"/manage/{letter.slug}/export/zip"))
    assert box.read("sealed/edition-1.pdf").startswith(b"%PDF-")
    assert zipfile.is_zipfile(io.BytesIO(box.read("sealed/edition-1-evidence.zip")))
    assert [box.read(name) for name in box.namelist() if name.startswith("decisions/")] == [b"%PDF-1.7 yes"]


def test_a_list_of_30_societies_asks_as_often_as_one_of_3(desk):
    head = "society,short_name,country,contact_name,credentials,office,email,role\n"
    asked = set()
    for size in (3, 30):
        letter = factories.signing_open(
            head + "".join(f"S{n}x{size},,US,A,,President,a{n}@s{size}.example,signer\n" for n in range(size))
        )
        for what in TABLES:
            with CaptureQueriesContext(connection) as queries:
                answer = desk.get(f"/manage/{letter.slug}/export/{what}/csv")
            assert answer.status_code == 200
            asked.add((what, len(queries)))
    assert len(asked) == len(TABLES)
