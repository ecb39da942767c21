"""The logo: offered where permitted, changeable on the check page, committed to, printed, shown, and taken back."""

import io
import subprocess

import pikepdf
import pytest
from django.test import Client
from PIL import Image

from letters.models import Document, Event, Letter, Signature, Society, State, database_now
from letters.models.document import Kind
from letters.proof import bundle
from letters.proof.records import sha256_hex
from letters.proof.verify import verify_file
from letters.record import cached
from letters.render.conformance import problems
from letters.render.store import sheet_of
from letters.submit import actions as submit
from tests import factories
from tests.letters.proof.test_bundle import commands
from tests.letters.sign.test_views import fields, start

pytestmark = pytest.mark.django_db


def picture(color: str = "teal") -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (600, 200), color).save(out, "PNG")
    return out.getvalue()


def with_logo(short_name: str = "NSC", color: str = "teal") -> Document:
    logo = Document.objects.keep(picture(color), kind=Kind.LOGO, edition=None, now=database_now())
    Society.objects.filter(short_name=short_name).update(logo=logo, logo_permission="Bob Barker, 3 March")
    return logo


def sign(client, letter, **changes):
    logo = Society.objects.get(short_name="NSC").logo
    shown = {"shown_logo": logo.sha256 if logo else "", "logo": "on"}
    return client.post(f"/r/{letter.slug}/sign", fields(letter, start(client, letter), **(shown | changes)))


@pytest.fixture
def letter():
    return factories.signing_open()


def test_no_logo_is_offered_where_the_registry_has_none(letter, enter):
    bob = enter(letter, "bob")
    page = bob.get(f"/r/{letter.slug}/sign").content.decode()
    assert "Show our logo" not in page
    assert bob.get(f"/r/{letter.slug}/logo").status_code == 404


def test_logo_is_shown_with_its_permission_and_can_be_left_out_on_the_spot(letter, enter):
    logo, bob = with_logo(), enter(letter, "bob")
    page = bob.get(f"/r/{letter.slug}/sign").content.decode()
    assert "Permission: Bob Barker, 3 March" in page
    assert 'alt="Logo of Northern Society of Counting"' in page
    assert bob.get(f"/r/{letter.slug}/logo").content == logo.read()
    assert sign(bob, letter, logo="").status_code == 302
    assert Signature.objects.get().logo is None
    assert "logo" not in Event.objects.get(kind="signed").details


def test_another_society_gets_its_own_logo_and_not_this_one(letter, enter):
    with_logo()
    assert enter(letter, "carol").get(f"/r/{letter.slug}/logo").status_code == 404


def test_logo_is_stored_committed_to_and_told_by_the_receipt(letter, enter):
    logo, bob = with_logo(), enter(letter, "bob")
    receipt = bob.get(sign(bob, letter)["Location"]).content.decode()
    signature = Signature.objects.get()
    assert signature.logo == logo
    assert Event.objects.get(kind="signed").details["logo"] == logo.sha256
    assert signature.as_record(1)["logo"] == logo.sha256
    assert "Stands beside the society’s name" in receipt


def test_a_logo_that_changed_since_it_was_shown_is_not_signed(letter, enter):
    logo, bob = with_logo(), enter(letter, "bob")
    with_logo(color="red")
    answer = sign(bob, letter, shown_logo=logo.sha256)
    assert (answer.status_code, Signature.objects.count()) == (409, 0)
    assert "logo changed while you looked at it" in answer.content.decode()


def test_keeping_a_signature_keeps_the_answer_about_the_logo(letter, enter):
    with_logo()
    bob = enter(letter, "bob")
    sign(bob, letter, logo="")
    factories.second_version(letter)
    page = bob.get(f"/r/{letter.slug}/sign").content.decode()
    assert 'name="logo" id="id_logo"' in page.replace('aria-describedby="" ', "")
    assert 'name="logo" id="id_logo" checked' not in page


def closed(letter) -> Letter:
    link = factories.link_of(letter, "bob")
    consent = factories.consent(link, logo=link.invitation.society.logo.sha256, interests="A grant of Example Ltd.")
    factories.signing.sign(by=link, consent=consent, presence=factories.presence())
    factories.signed(letter, "carol")
    factories.lifecycle.close(letter, by=factories.alice())
    return factories.fresh(letter)


def test_a_permission_taken_back_takes_the_logo_off_the_paper_and_leaves_the_record(letter):
    with_logo()
    edition = closed(letter).editions.get()
    assert [bool(one.logo) for one in sheet_of(edition).signatories] == [True, False]
    Society.objects.update(logo=None, logo_permission="")
    assert [one.logo for one in sheet_of(edition).signatories] == ["", ""]
    assert "logo" in edition.roster[0]


@pytest.mark.slow
def test_the_sealed_pdf_prints_logo_and_interests_and_its_evidence_holds(letter, tmp_path):
    logo = with_logo()
    letter = closed(letter)
    submit.seal(by=factories.alice(), letter=letter, now=database_now())
    factories.work()
    edition = factories.fresh(letter).editions.get()
    pdf = edition.document.read()
    verdict = verify_file(pdf)
    assert (verdict.ok, problems(pdf)) == (True, [])
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        alts = [str(item.get("/Alt")) for item in opened.objects
                if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]  # fmt: skip
        assert "Logo of Northern Society of Counting" in alts
    files = bundle.from_zip(edition.documents.get(kind=Kind.EVIDENCE).read())
    assert sha256_hex(logo.read()).encode() in files["roster.json"]
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    by_hand = commands(files["README.txt"].decode())[2]
    done = subprocess.run(["bash", "-ec", by_hand], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == (edition.root, "")


def test_the_public_page_shows_the_logo_while_it_is_allowed_and_counts_who_declared_nothing(letter, client):
    logo = with_logo()
    letter = closed(letter)
    letter.editions.update(sealed_at=database_now(), document=logo)  # the page needs no real PDF
    Letter.objects.update(state=State.PUBLISHED, published_at=database_now())
    number = letter.editions.get().roster[0]["receipt"]
    address = f"/l/{letter.slug}/logo/{number}"
    page = client.get(f"/l/{letter.slug}").content.decode()
    assert f'src="{address}" alt="Logo of Northern Society of Counting"' in page
    assert "Declared interests: A grant of Example Ltd." in page
    assert "Declared no interests: 1 society." in page
    assert Client().get(address).content == logo.read()
    assert client.get(f"/l/{letter.slug}/logo/NONE").status_code == 404
    Society.objects.update(logo=None, logo_permission="")
    assert client.get(address).status_code == 404
    cached.forget()  # a second later
    assert address not in client.get(f"/l/{letter.slug}").content.decode()
