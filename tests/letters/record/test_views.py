"""The public record: dark before release, open after, and a verifier that says when a byte was changed."""

import re

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Document, Letter, State, database_now
from letters.proof.verify import verify_pdf
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


def check(client, data: bytes, name: str = "letter.pdf"):
    return client.post("/verify", {"file": SimpleUploadedFile(name, data)})


def test_front_page_lists_only_published_letters(client):
    letter = factories.signing_open()
    assert letter.title not in client.get("/").content.decode()
    Letter.objects.update(state=State.PUBLISHED, published_at=database_now())
    assert letter.title in client.get("/").content.decode()


def test_front_page_offers_who_is_signed_in_the_own_letters_and_no_sign_in(client):
    assert "Sign in with your e-mail address" in client.get("/").content.decode()
    signed_in(client, factories.dan())
    page = client.get("/").content.decode()
    assert '<a class="button" href="/me">My letters</a>' in page
    assert "Sign in with your e-mail address" not in page


def test_me_says_until_when_a_letter_is_open_only_while_it_is(client):
    letter = factories.signing_open()
    signed_in(client, factories.link_of(letter, "bob").officer.user)
    assert "Open until" in client.get("/me").content.decode()
    Letter.objects.update(state=State.PUBLISHED, published_at=database_now())
    page = client.get("/me").content.decode()
    assert "Open until" not in page
    assert f'Published: <a href="/l/{letter.slug}">' in page


def test_me_shows_what_waits(client):
    letter = factories.signing_open()
    signed_in(client, factories.link_of(letter, "bob").officer.user)
    assert "Waiting for your decision" in client.get("/me").content.decode()
    factories.signed(letter, "bob")
    assert "Signed version 1" in client.get("/me").content.decode()


def test_me_of_a_stranger_is_empty(client):
    factories.signing_open()
    signed_in(client, factories.dan())
    assert "No letter waits for you" in client.get("/me").content.decode()


@pytest.mark.parametrize("data", [b"hello", b"%PDF-1.7 nothing", b"PK\x03\x04 broken"])
def test_verify_says_of_any_file_that_it_does_not_hold(client, data):
    answer = check(client, data)
    assert answer.status_code == 200
    assert "verdict-bad" in answer.content.decode()


def test_verify_without_a_file_is_422(client):
    answer = client.post("/verify", {})
    assert answer.status_code == 422
    assert "Choose the file you want to check." in answer.content.decode()


def test_the_twenty_first_file_in_a_minute_is_asked_to_wait(client):
    cache.clear()
    codes = [client.post("/verify", {}).status_code for _ in range(21)]
    assert codes == [422] * 20 + [429]
    cache.clear()


@pytest.mark.parametrize("public_id", ["x", "0123456789ab-1", "-", "0123456789ab-" + "9" * 40, "ä-²"])
def test_an_unknown_verify_address_says_so(client, public_id):
    answer = client.get(f"/v/{public_id}")
    assert answer.status_code == 404
    assert "Nothing was sealed here" in answer.content.decode()


@pytest.mark.slow
def test_the_record_from_seal_to_release(client):
    letter = factories.sealed("bob", "carol")
    edition = letter.editions.get()
    pdf = edition.document.read()
    paths = [f"/l/{letter.slug}", f"/l/{letter.slug}/letter.pdf", f"/l/{letter.slug}/evidence.zip"]
    assert [client.get(path).status_code for path in paths] == [404, 404, 404]
    dark = client.get(f"/v/{edition.public_id}").content.decode()
    assert "not released" in dark
    assert letter.title not in dark
    assert "Northern" not in dark

    client.get(f"/i/{factories.link_of(letter, 'bob').token}")
    assert client.get(f"/r/{letter.slug}/letter.pdf").content == pdf
    client.logout()

    Letter.objects.update(state=State.PUBLISHED, published_at=database_now())
    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
    page = client.get(f"/l/{letter.slug}").content.decode()
    assert "Signed by 2 societies" in page
    assert "Société du Sud" in page
    download = client.get(f"/l/{letter.slug}/letter.pdf")
    assert download.content == pdf
    assert download["ETag"] == f'"{edition.document.sha256}"'
    assert download["Content-Disposition"].startswith("attachment;")

    honest = check(client, pdf).content.decode()
    assert "verdict-ok" in honest
    assert "byte for byte the file sealed here" in honest
    facts = dict(verify_pdf(pdf).facts)
    assert f"<span>{facts['Merkle root'][:8]}</span><span>{facts['Merkle root'][8:16]}</span>" in honest
    published = client.get("/verify").content.decode().replace("</span><span>", "")
    assert facts["Certificate SHA-256"] in published
    assert facts["Checkpoint key SHA-256"] in published
    for place in (len(pdf) // 3, len(pdf) // 2, len(pdf) - 20):
        changed = pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]
        assert "verdict-bad" in check(client, changed).content.decode()
    assert "verdict-ok" in check(client, Document.objects.get(kind="evidence").read(), "e.zip").content.decode()
    assert letter.title in client.get(f"/v/{edition.public_id}").content.decode()


def test_the_verifier_page_brings_its_own_policy_and_the_keys_of_the_site(client):
    answer = client.get("/verify/offline.html")
    page = answer.content.decode()
    keys = re.findall(r"[0-9a-f]{64}", re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1])
    shown = client.get("/verify").content.decode().replace(" ", "")
    assert len(keys) == 2
    assert all(key in re.sub(r"<[^>]*>|\s", "", shown) for key in keys)
    header = answer["Content-Security-Policy"]
    assert "script-src 'sha256-" in header
    assert "connect-src 'none'" in header
    assert "'self'" not in header
    assert "src=" not in page
