"""The pages about societies, seats and order over HTTP: access, the happy path, bad input, queries."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from letters.models import Confirmation, Invitation, Link, Officer, Society
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
DETAILS = {
    "kind": "1", "official_name": "Northern Society of Counting", "printed_name": "Northern Counters",
    "short_name": "NSC", "country": "gb", "languages": "en,cy", "domains": "https://www.north.example/, else.example",
    "ror_id": "00vez3k45",
}  # fmt: skip


@pytest.fixture
def letter(desk):
    return factories.signing_open()


def row(letter, short_name="NSC") -> Invitation:
    return Invitation.objects.select_related("society").get(letter=letter, society__short_name=short_name)


def page(letter, what="", short_name="NSC") -> str:
    return f"/manage/{letter.slug}/societies/{row(letter, short_name).society_id}{what}"


def seat(letter, what="", name="bob") -> str:
    return f"/manage/{letter.slug}/seats/{factories.link_of(letter, name).pk}{what}"


def png() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (10, 10)).save(out, "PNG")
    return SimpleUploadedFile("logo.png", out.getvalue())


def test_another_coordinator_sees_neither_society_nor_seat_and_a_society_of_another_letter_is_not_there(desk, client):
    letter = factories.signing_open()
    alien = Society.objects.create(official_name="On no letter")
    assert desk.get(f"/manage/{letter.slug}/societies/{alien.pk}").status_code == 404
    other = factories.signing_open(factories.SOCIETIES.replace("bob@", "rob@"))
    assert desk.get(f"/manage/{letter.slug}/seats/{factories.link_of(other, 'rob').pk}").status_code == 404
    signed_in(client, factories.dan())
    for address in (page(letter), page(letter, "/edit"), seat(letter), seat(letter, "/replace")):
        assert client.get(address).status_code == 404


def test_society_shows_facts_seats_and_places(desk, letter):
    shown = desk.get(page(letter)).content.decode()
    assert "Not yet confirmed" in shown
    assert "None: no officer can be confirmed by address." in shown
    desk.post(page(letter, "/edit"), DETAILS)
    shown = desk.get(page(letter)).content.decode()
    assert "address at north.example" in shown
    assert "https://ror.org/00vez3k45" in shown
    assert "Northern Counters" in shown


def test_edit_society_writes_every_field(desk, letter):
    sent = DETAILS | {"logo": png(), "logo_permission": "Bob"}
    assert desk.post(page(letter, "/edit"), sent, follow=True).redirect_chain == [(page(letter), 302)]
    society = row(letter).society
    assert (society.printed_name, society.country, society.languages, society.ror_id) == (
        "Northern Counters", "GB", "en, cy", "https://ror.org/00vez3k45",
    )  # fmt: skip
    assert [domain.name for domain in society.domains.all()] == ["else.example", "north.example"]
    answer = desk.get(page(letter, "/logo"))
    assert (answer["Content-Type"], answer.content[:8]) == ("image/png", b"\x89PNG\r\n\x1a\n")
    again = desk.get(page(letter, "/edit")).context["form"].initial
    assert again["domains"] == "else.example north.example"


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("official_name", "", "Write the official name."),
        ("official_name", "S 😀", "The fonts on paper have no “😀”"),
        ("country", "GBR", "Write the country as two letters"),
        ("domains", "gmail.com", "Anybody may have an address at gmail.com"),
        ("domains", "co.uk", "co.uk is an ending"),
        ("ror_id", "x", "is not a ROR id"),
        ("languages", "english!", "Write codes with commas between"),
        ("logo", SimpleUploadedFile("l.svg", b"<svg/>"), "SVG files are not taken"),
        ("logo", png(), "Say who allowed the logo to be used"),
        ("official_name", "Société du Sud", "Another society of the registry has this name and country"),
    ],
)
def test_edit_society_with_bad_input_is_422_and_loses_nothing(desk, letter, field, value, sentence):
    sent = DETAILS | {"country": "FR", field: value}
    answer = desk.post(page(letter, "/edit"), sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in shown.replace("&quot;", '"')
    assert 'value="Northern Counters"' in shown
    assert row(letter).society.printed_name == ""


def test_a_society_without_a_logo_has_none_to_show(desk, letter):
    assert desk.get(page(letter, "/logo")).status_code == 404


def test_ask_names_offices_and_the_rule_of_two_people(desk, letter):
    desk.post(page(letter, "/ask"), {"offices": "President-Elect\n\n President ", "two_people": "on"})
    asked = row(letter)
    assert (asked.offices, asked.slots, asked.two_people) == (["President-Elect", "President"], 2, True)
    shown = desk.get(page(letter)).content.decode()
    assert "no approver is on the list" in shown
    assert desk.get(page(letter, "/ask")).context["form"].initial["offices"] == "President-Elect\nPresident"
    answer = desk.post(page(letter, "/ask"), {"offices": "President\npresident"})
    assert (answer.status_code, "An office stands there twice" in answer.content.decode()) == (422, True)


def test_merge_keeps_the_society_that_was_chosen(desk, letter):
    second = factories.reviewed()
    factories.listed(second, factories.SOCIETIES.replace("Société du Sud", "Sud Society").replace("SDS", "SUD"))
    kept = row(second, "SUD").society
    assert "Sud Society (FR)" in desk.get(page(letter, "/merge", "SDS")).content.decode()
    address = page(letter, "/merge", "SDS")
    assert desk.post(address, {"other": kept.pk}, follow=True).redirect_chain == [(page(letter, "", "SUD"), 302)]
    assert desk.get(address).status_code == 404
    stranger = Society.objects.create(official_name="On no letter of Alice")
    answer = desk.post(page(letter, "/merge", "NSC"), {"other": stranger.pk})
    assert (answer.status_code, "Choose one of the list." in answer.content.decode()) == (422, True)


def test_seat_takes_a_check_with_words(desk, letter):
    assert desk.post(seat(letter, "/check"), {"how": ""}).status_code == 422
    done = desk.post(seat(letter, "/check"), {"how": "called the office"}, follow=True).content.decode()
    assert "checked by Alice Archer: called the office" in done
    assert Confirmation.objects.get().by == factories.alice()
    assert "Confirmed: checked by Alice Archer: called the office" in desk.get(seat(letter)).content.decode()


def test_seat_changes_the_role(desk, letter):
    assert desk.post(seat(letter, "/role"), {"role": "king"}).status_code == 422
    desk.post(seat(letter, "/role"), {"role": "approver"})
    assert Officer.objects.get(user__email="bob@north.example").role == "approver"


def test_replace_officer_invites_the_successor(desk, letter):
    old = seat(letter)
    address = seat(letter, "/replace")
    bad = desk.post(address, {"name": "Sue", "office": "President", "email": "sue"})
    assert (bad.status_code, 'value="Sue"' in bad.content.decode()) == (422, True)
    same = desk.post(address, {"name": "Bob", "office": "President", "email": "bob@north.example"})
    assert (same.status_code, "write the successor’s own" in same.content.decode()) == (422, True)
    sent = {"name": "Sue Successor", "credentials": "MD", "office": "President", "email": "Sue@north.example"}
    done = desk.post(address, sent, follow=True).content.decode()
    assert "Sue Successor, MD, President has the seat now." in done
    assert "followed by Sue Successor, MD, President" in done
    assert desk.get(old).status_code == 404
    assert Link.objects.live().filter(officer__user__email="sue@north.example").count() == 1


def test_order_shows_the_proof_and_saves_the_order(desk, letter):
    shown = desk.get(f"/manage/{letter.slug}/order").content.decode()
    assert "This is how they will be printed" in shown
    lead = row(letter, "JSC")
    places = {f"place-{row(letter, name).pk}": place for name, place in (("NSC", "3"), ("SDS", "1"), ("JSC", "x"))}
    desk.post(f"/manage/{letter.slug}/order", {"order": "listed", "lead": lead.pk, **places})
    rows = Invitation.objects.filter(letter=letter).order_by("position")
    assert [invitation.society.short_name for invitation in rows.select_related("society")] == ["JSC", "SDS", "NSC"]
    assert desk.post(f"/manage/{letter.slug}/order", {"order": "size"}).status_code == 422


@pytest.mark.parametrize("what", ["", "/edit", "/ask", "/merge"])
def test_pages_of_a_society_take_as_many_queries_for_2_as_for_32_officers(
    desk, letter, what, django_assert_max_num_queries
):
    counts = []
    for extra in (0, 30):
        rows = [
            f"Northern Society of Counting,NSC,GB,O {n},,Member {n},o{n}@north.example,signer" for n in range(extra)
        ]
        factories.listed(letter, "\n".join([factories.SOCIETIES.strip(), *rows]))
        with django_assert_max_num_queries(30) as done:
            assert desk.get(page(letter, what)).status_code == 200
        counts.append(len(done))
    assert counts[0] == counts[1]
