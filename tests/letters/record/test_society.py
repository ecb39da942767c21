"""The page of a society names released letters under which its live signature is printed, and no others."""

from urllib.parse import quote

import pytest

from letters.coordinate import registry
from letters.models import Society, SocietyKind, database_now
from letters.sign import actions as signing
from letters.submit import actions as submit
from tests import factories
from tests.letters.record import stage

pytestmark = pytest.mark.django_db


def society(name: str) -> Society:
    return Society.objects.get(short_name=name)


def test_only_released_letters_with_a_standing_signature_are_named(client):
    letter = factories.closed("bob", "carol")
    bob, sato = society("NSC"), society("JSC")
    assert client.get(bob.get_absolute_url()).status_code == 404
    stage.mark_sealed(letter)
    assert client.get(bob.get_absolute_url()).status_code == 404
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    page = client.get(bob.get_absolute_url()).content.decode()
    assert "1 letter signed" in page
    assert f'<a href="/l/{letter.slug}">{letter.title}</a>' in page
    nowhere = [sato.get_absolute_url(), f"/s/{sato.pk}", f"/s/{sato.pk}/letters.json", f"/s/{10**9}", "/s/nobody"]
    assert [client.get(address).status_code for address in nowhere] == [404] * 5
    data = client.get(f"{bob.get_absolute_url()}/letters.json").json()
    assert [one["url"] for one in data["letters"]] == [f"http://localhost:8000/l/{letter.slug}"]
    assert data["society"]["name"] == "Northern Society of Counting"


def test_support_taken_back_after_the_seal_takes_the_letter_off_the_page(client):
    letter = stage.released("bob", "carol")
    carol = factories.link_of(letter, "carol")
    page = carol.invitation.society.get_absolute_url()
    assert client.get(page).status_code == 200
    signature = carol.invitation.signatures.get()
    signing.note(by=carol, signature=signature, words="")
    assert client.get(page).status_code == 404
    assert f'"{page}"' not in client.get(f"/l/{letter.slug}").content.decode()


def test_a_signature_that_came_after_the_seal_waits_for_its_edition(client):
    letter = stage.released("bob")
    carol = factories.link_of(letter, "carol")
    call = letter.late_calls.create(
        opened_at=database_now(), opened_by=factories.alice(), until=database_now() + factories.datetime.timedelta(1)
    )
    letter.invitations.filter(pk=carol.invitation_id).update(late_call=call)
    factories.signed(letter, "carol")
    assert client.get(carol.invitation.society.get_absolute_url()).status_code == 404
    factories.lifecycle.freeze_late(factories.lifecycle.locked(letter), now=database_now())
    stage.mark_sealed(letter)
    assert client.get(carol.invitation.society.get_absolute_url()).status_code == 200


def test_a_merged_society_leads_to_the_one_it_is(client):
    letter = stage.released("bob", "carol")
    old, keep = society("SDS"), Society.objects.create(official_name="Société du Sud et de l’Ouest")
    registry.merge(by=None, keep=keep, drop=old, now=database_now())
    for address in (old.get_absolute_url(), f"/s/{old.pk}"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (301, "/s/societe-du-sud-et-de-louest")
    page = client.get("/s/societe-du-sud-et-de-louest").content.decode()
    assert "Signed as <bdi>Société du Sud</bdi>." in page
    assert '"/s/societe-du-sud-et-de-louest"' in client.get(f"/l/{letter.slug}").content.decode()


def test_a_person_has_no_page_of_a_society(client):
    letter = stage.released("bob", "carol")
    Society.objects.filter(short_name="SDS").update(kind=SocietyKind.PERSON)
    assert client.get(society("SDS").get_absolute_url()).status_code == 404
    assert client.get(f"/l/{letter.slug}").status_code == 200


def test_the_page_is_named_by_its_content(client):
    stage.released("bob", "carol")
    first = client.get(society("NSC").get_absolute_url())
    assert first["Cache-Control"].startswith("public")
    assert client.get(society("NSC").get_absolute_url(), headers={"if-none-match": first["ETag"]}).status_code == 304
    Society.objects.filter(short_name="NSC").update(country="IE")
    assert client.get(society("NSC").get_absolute_url(), headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("name", ["northern-society-of-counting", "日本数学会", "общество-по-изучению-боли"])
def test_the_page_stands_under_the_name_and_is_found_from_the_letter(client, name):
    letter = stage.released("bob", "carol")
    Society.objects.filter(short_name="NSC").update(slug=name)
    address, site = f"/s/{quote(name)}", "http://localhost:8000"
    number = client.get(f"/s/{society('NSC').pk}")
    assert (number.status_code, number["Location"]) == (301, address)
    page = client.get(address).content.decode()
    assert f'<link rel="canonical" href="{site}{address}">' in page
    assert f'href="{address}/letters.json"' in page
    told = client.get(f"/l/{letter.slug}").content.decode()
    assert f'<a href="{address}"><bdi>Northern Society of Counting</bdi></a>' in told
    assert f'"url":"{site}{address}"' in told  # in what search engines read
    data = client.get(f"/l/{letter.slug}/signatories.json").json()
    assert data["signatories"][0]["page"] == f"{site}{address}"
    assert client.get(f"{address}/letters.json").json()["society"]["url"] == f"{site}{address}"


def test_the_number_the_page_had_leads_to_its_name_for_good(client):
    stage.released("bob", "carol")
    pk = society("NSC").pk
    for tail in ("", "/letters.json"):
        answer = client.get(f"/s/{pk}{tail}")
        assert (answer.status_code, answer["Location"]) == (301, f"/s/northern-society-of-counting{tail}")


def test_the_address_stays_when_the_name_is_corrected(client):
    stage.released("bob", "carol")
    row = society("NSC")
    row.official_name = "Northern Society for Counting"
    row.save()
    assert society("NSC").get_absolute_url() == "/s/northern-society-of-counting"
    assert client.get("/s/northern-society-of-counting").status_code == 200


def test_only_the_badge_may_stand_in_the_frame_of_another_site(client):
    letter = stage.released()
    page, badge = client.get(f"/l/{letter.slug}"), client.get(f"/l/{letter.slug}/badge")
    again = client.get(f"/l/{letter.slug}/badge")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    for one in (badge, again):
        assert "frame-ancestors *" in one["Content-Security-Policy"]
        assert "default-src 'none'" in one["Content-Security-Policy"]
        assert "X-Frame-Options" not in one
    assert b'target="_blank" rel="noopener"' in badge.content
    assert b"2 societies" in client.get(f"/l/{letter.slug}/badge.svg").content
