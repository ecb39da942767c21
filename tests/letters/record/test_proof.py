"""The proof of one signature from the public pages: the bytes the command writes, and nothing before the release."""

import html
import json
import re
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.models import Letter, State, database_now
from letters.proof import taken
from letters.proof.single import verify_single
from letters.render.site_keys import site_certificate
from letters.sign import actions as signing
from tests import factories
from tests.conftest import ROOT, signed_in
from tests.letters.record import stage
from tests.letters.record.test_cached import PUBLIC
from tests.letters.record.test_queries import listed

pytestmark = pytest.mark.django_db
NAME = "Société du Sud"


@pytest.fixture
def letter():
    return stage.with_evidence(stage.released("bob", "carol"))


def receipts(letter: Letter) -> dict[str, str]:
    return {record["society"]: record["receipt"] for record in letter.editions.get(superseded_at=None).roster}


def address(letter: Letter, receipt: str, more: str = "") -> str:
    return f"/l/{letter.slug}/proof.json?receipt={receipt}{more}"


def offered(client: Client, letter: Letter) -> list[tuple[str, str]]:
    page = client.get(f"/l/{letter.slug}").content.decode()
    return re.findall(r'<option value="([^"]+)">([^<]+)</option>', html.unescape(page))


def test_everybody_downloads_the_proof_that_the_command_writes(client, letter):
    evidence = client.get(f"/l/{letter.slug}/evidence.zip").content
    for society, receipt in receipts(letter).items():
        answer = client.get(address(letter, receipt))
        assert answer.content == taken.proof_of(evidence, society)
        assert verify_single(answer.content, against=evidence).ok
        assert answer["Content-Type"] == "application/json"
        name = f"{letter.slug}-edition-1-proof-{receipt}.json"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert client.get(address(letter, receipt, "&edition=1")).content == answer.content


def test_the_page_offers_the_proof_of_each_society(client, letter):
    found = receipts(letter)
    assert offered(client, letter) == [(receipt, name) for name, receipt in found.items()]
    page = client.get(f"/l/{letter.slug}").content.decode()
    assert f'action="/l/{letter.slug}/proof.json"' in page
    assert '<input type="hidden" name="edition" value="1">' in page


def test_of_several_signatures_of_a_society_each_is_offered_by_its_officer(client, letter):
    edition = letter.editions.get()
    factories.enrolled_anew(edition, society=NAME)
    assert [name for _, name in offered(client, letter)] == [
        f"{NAME} – {one['printed_name']}" for one in edition.records()
    ]


def test_a_proof_is_not_offered_where_the_support_was_taken_back(client, letter):
    link = factories.link_of(letter, "carol")
    signing.note(by=link, signature=link.invitation.signatures.get(), words="We changed our mind.")
    assert [name for _, name in offered(client, letter)] == ["Northern Society of Counting"]
    # What was sealed keeps the signature, and whoever has the sealed letter can make the same file.
    assert client.get(address(letter, receipts(letter)[NAME])).status_code == 200


def test_a_stranger_may_keep_a_proof_and_gets_a_304(letter):
    receipt = receipts(letter)[NAME]
    first = Client().get(address(letter, receipt))
    assert (first["Cache-Control"], "Cookie" in first["Vary"]) == (PUBLIC, True)
    again = Client().get(address(letter, receipt), headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = Client().get(address(letter, receipts(letter)["Northern Society of Counting"]))
    assert other["ETag"] != first["ETag"]
    known = signed_in(Client(), factories.alice()).get(address(letter, receipt))
    assert (known.status_code, "private" in known["Cache-Control"]) == (200, True)


def test_there_is_no_proof_of_what_does_not_stand_there(client, letter):
    receipt = receipts(letter)[NAME]
    wrong = ("", "R-0000", receipt.lower(), NAME, f"{receipt} ", f"{receipt}&edition=2", f"{receipt}&edition=x")
    assert [client.get(address(letter, one)).status_code for one in wrong] == [404] * len(wrong)
    assert client.get(f"/l/{letter.slug}/proof.json").status_code == 404
    assert client.get(f"/l/no-such-letter/proof.json?receipt={receipt}").status_code == 404
    assert client.post(address(letter, receipt)).status_code == 405


def test_before_the_release_it_is_dark_and_kept_by_nobody(client, enter):
    letter = factories.closed("bob", "carol")
    stage.mark_sealed(letter)
    stage.with_evidence(letter)
    receipt = receipts(letter)[NAME]
    nothing, answer = client.get("/l/no-such-letter"), client.get(address(letter, receipt))
    assert (answer.status_code, answer["Cache-Control"]) == (404, nothing["Cache-Control"])
    early = enter(letter, "bob").get(address(letter, receipt))
    assert (early.status_code, "no-store" in early["Cache-Control"]) == (200, True)


@pytest.mark.slow
def test_the_proof_asks_as_often_for_30_societies_as_for_3(client):
    counted = []
    for societies in (3, 30):
        letter = stage.with_evidence(stage.many(listed(societies)))
        place = address(letter, receipts(letter)["Society 2 of Counting"])
        with CaptureQueriesContext(connection) as asked:
            assert client.get(place).status_code == 200
        counted.append(len(asked))
    assert counted == [5, 5]


def test_an_officer_gets_the_proof_from_the_receipt_once_the_letter_is_public(enter, letter):
    receipt = receipts(letter)[NAME]
    carol, page = enter(letter, "carol"), f"/r/{letter.slug}/receipt/{receipt}"
    found = re.search(r'href="([^"]+)">Download our proof<', carol.get(page).content.decode())
    assert carol.get(found[1].replace("&amp;", "&")).content == Client().get(address(letter, receipt)).content
    for changed in ({"state": State.DELIVERED}, {"state": State.PUBLISHED}):
        Letter.objects.update(**changed)
        shown = "Download our proof" in carol.get(page).content.decode()
        assert shown == (changed["state"] == State.PUBLISHED)
    link = factories.link_of(letter, "carol")
    signing.note(by=link, signature=link.invitation.signatures.get(), words="We changed our mind.")
    assert "Download our proof" not in carol.get(page).content.decode()


@pytest.mark.slow
def test_verify_refuses_what_is_not_quite_a_proof_in_one_sentence(client):
    for data, said in (
        (b"{}", "The proof lacks &quot;format&quot;."),
        (b'{"a": 1}', "The proof is not written in its one exact form."),
        (b"{" * 200_000, "The file is not the proof of a signature: it is not canonical JSON."),
        (b"{" + bytes(2**20), "The file is larger than 1 MB: the proof of a signature never is."),
    ):
        page = client.post("/verify", {"file": SimpleUploadedFile("proof.json", data)}).content.decode()
        assert re.findall(r"<li>([^<]*)</li>", page.split('role="status"')[1].split("</section>")[0]) == [said]
        assert "verdict-bad" in page


@pytest.mark.slow
def test_a_proof_of_a_sealed_letter_says_at_verify_what_the_command_says(client, tmp_path):
    letter = factories.sealed("bob", "carol")
    Letter.objects.update(state=State.PUBLISHED, published_at=database_now())
    receipt = receipts(letter)[NAME]
    (tmp_path / "letter.pdf").write_bytes(client.get(f"/l/{letter.slug}/letter.pdf").content)
    command = [sys.executable, "-m", "letters.proof", str(tmp_path / "letter.pdf"), "--society", NAME, "--json"]
    written = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    assert client.get(address(letter, receipt)).content == written
    page = client.post("/verify", {"file": SimpleUploadedFile("proof.json", written)})
    key = json.loads(written)["checkpoint_key"].encode()
    assert page.context["verdict"] == verify_single(written, trusted=[key, site_certificate()])
    assert page.context["known"] is None
    assert f"This proof holds: {NAME} stands in the signed roster, at place 2 of 2." in page.content.decode()
    changed = written.replace(b'"index":1', b'"index":0')
    refused = client.post("/verify", {"file": SimpleUploadedFile("proof.json", changed)}).content.decode()
    assert "verdict-bad" in refused
    assert "does not lead from its record to the root of the roster." in refused
