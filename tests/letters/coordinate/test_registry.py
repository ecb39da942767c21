"""The registry: correcting a society, merging two rows, redrawing a logo; history stays as it was signed."""

import io

import pytest
from PIL import Image, PngImagePlugin

from letters.coordinate import registry
from letters.coordinate.registry import Details
from letters.lifecycle import NotNow
from letters.models import Event, Officer, Signature, Society, User, database_now
from letters.render.logo import BadLogo, reencoded
from tests import factories

pytestmark = pytest.mark.django_db


def society(letter, short_name="NSC") -> Society:
    return Society.objects.get(invitations__letter=letter, short_name=short_name)


def edit(letter, row, **changes):
    values = {"official_name": row.official_name, "short_name": row.short_name, "printed_name": "",
              "country": row.country, "languages": "", "domains": (), "ror_id": ""}  # fmt: skip
    details = Details(**(values | changes))
    return registry.edit_society(by=factories.alice(), letter=letter, society=row, details=details, now=database_now())


def merge(keep, drop, by=None):
    return registry.merge(by=by, keep=keep, drop=drop, now=database_now())


def picture(form="PNG", size=(2000, 500), **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#0b5860").save(out, form, **options)
    return out.getvalue()


def test_the_printed_name_goes_under_the_letter_and_the_statement_names_the_society_in_full():
    letter = factories.signing_open()
    edit(letter, society(letter), printed_name="Northern Counters")
    (signature,) = factories.signed(letter, "bob")
    assert signature.society_name == "Northern Counters"
    assert signature.statement.startswith("On behalf of Northern Society of Counting I sign")
    edit(letter, society(letter), official_name="Another Name", printed_name="")
    signature.refresh_from_db()
    assert signature.society_name == "Northern Counters"


def test_a_domain_confirms_the_seats_there_and_taking_it_away_keeps_the_record():
    letter = factories.signing_open()
    edit(letter, society(letter), domains=("north.example",))
    bob = Officer.objects.get(user__email="bob@north.example")
    assert bob.confirmed == "address at north.example"
    edit(letter, society(letter))
    assert (bob.confirmed, society(letter).domains.count()) == ("address at north.example", 0)
    assert [event.details["changed"] for event in letter.events.filter(kind="society")] == [["domains"], ["domains"]]


def test_a_name_or_a_ror_id_of_another_society_is_refused_in_a_sentence():
    letter = factories.signing_open()
    row = society(letter)
    with pytest.raises(NotNow, match="Another society of the registry has this name and country"):
        edit(letter, row, official_name="société du SUD", country="FR")
    edit(letter, society(letter, "SDS"), ror_id="https://ror.org/00vez3k45")
    with pytest.raises(NotNow, match="is the ROR id of Société du Sud; if they are one society, merge them"):
        edit(letter, society(letter), ror_id="https://ror.org/00vez3k45")


def test_merging_moves_invitations_and_seats_and_leaves_signatures_and_events_alone():
    letter = factories.signing_open()
    (signature,) = factories.signed(letter, "carol")
    before = list(Event.objects.filter(letter=letter).values_list("hash", flat=True))
    drop = society(letter, "SDS")
    edit(letter, drop, domains=("sud.example",), ror_id="https://ror.org/00vez3k45", country="FR")
    keep = Society.objects.create(official_name="South Society", country="")
    merge(keep, Society.objects.get(pk=drop.pk), by=factories.alice())
    keep.refresh_from_db()
    drop.refresh_from_db()
    assert (keep.ror_id, keep.country, keep.short_name, drop.merged_into, drop.ror_id) == (
        "https://ror.org/00vez3k45", "FR", "SDS", keep, "",
    )  # fmt: skip
    held = Signature.objects.get(pk=signature.pk)
    assert (held.society_name, held.statement, held.invitation.society) == ("Société du Sud", signature.statement, keep)
    assert Officer.objects.get(user__email="carol@sud.example").society == keep
    assert [domain.name for domain in keep.domains.all()] == ["sud.example"]
    assert [str(name) for name in keep.other_names.all()] == ["Société du Sud"]
    after = list(Event.objects.filter(letter=letter).values_list("hash", flat=True))
    assert after[: len(before)] == before
    assert factories.listed(letter) == 0


def test_a_third_row_merged_earlier_follows():
    first, second, third = (Society.objects.create(official_name=name) for name in ("First", "Second", "Third"))
    merge(second, third)
    merge(first, second)
    third.refresh_from_db()
    assert third.merged_into == first
    with pytest.raises(NotNow, match="both still stand"):
        merge(third, first)


def test_what_would_break_a_rule_of_the_registry_is_refused_in_one_sentence():
    letter = factories.signing_open()
    factories.signed(letter, "bob", "carol")
    keep, drop = society(letter), society(letter, "SDS")
    with pytest.raises(NotNow, match="carries signatures of both, and a society signs a letter once"):
        merge(keep, drop)
    other = Society.objects.create(official_name="Other", ror_id="https://ror.org/00vez3k45")
    edit(letter, drop, ror_id="https://ror.org/021k9xw90", country="FR")
    with pytest.raises(NotNow, match="different ROR ids"):
        merge(other, Society.objects.get(pk=drop.pk))
    assert Society.objects.exclude(merged_into=None).count() == 0


def test_a_person_with_a_seat_in_both_keeps_one_and_the_links_go_there():
    letter = factories.signing_open()
    (signature,) = factories.signed(letter, "bob")
    lone = Society.objects.create(official_name="Lone")
    user = User.objects.known_as("bob@north.example")
    kept = Officer.objects.create(user=user, society=lone, office="Chair", printed_name="Bob")
    merge(lone, society(letter))
    kept.refresh_from_db()
    old = Signature.objects.get(pk=signature.pk).officer
    assert (old.society, old.until, kept.until, kept.follows) == (lone, database_now().date(), None, old)
    assert factories.link_of(letter, "bob").officer == kept


def test_a_coordinator_does_not_merge_a_society_of_other_peoples_letters():
    letter, other = factories.signing_open(), factories.reviewed()
    factories.listed(other)
    other.coordinators.update(user=factories.dan())
    keep = Society.objects.create(official_name="South Society")
    with pytest.raises(NotNow, match="ask the operator to merge the two"):
        merge(keep, society(letter, "SDS"), by=factories.alice())
    merge(keep, society(letter, "SDS"))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_drawn_anew_small_and_without_what_was_hidden_in_it(form):
    made = reencoded(picture(form))
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size, image.mode) == ("PNG", (600, 150), "RGBA")


def test_nothing_of_the_uploaded_file_survives_but_what_is_seen():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert(1)</script>")
    data = picture(pnginfo=notes) + b"<?php evil(); ?>"
    assert b"script" in data
    made = reencoded(data)
    assert b"script" not in made
    assert b"php" not in made


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG files are not taken"),
        (b"GIF89a", "damaged|not a picture"),
        (lambda: picture()[:200], "damaged"),
        (b"%PDF-1.7", "not a picture"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        (lambda: picture(size=(5000, 5000)), "more than 20 million pixels"),
        (lambda: picture("BMP", size=(9, 9)), "not a picture"),
    ],
    ids=["svg", "cut gif", "cut png", "pdf", "large", "many pixels", "bmp"],
)
def test_a_bad_logo_is_refused_in_a_sentence(data, sentence):
    with pytest.raises(BadLogo, match=sentence):
        reencoded(data() if callable(data) else data)


def test_a_logo_needs_a_permission_and_can_be_taken_away():
    letter = factories.signing_open()
    made = reencoded(picture())
    row = edit(letter, society(letter), logo=made, logo_permission="Bob, by mail")
    assert row.logo.read() == made
    row = edit(letter, row, drop_logo=True, logo_permission="Bob, by mail")
    assert (row.logo, row.logo_permission) == (None, "")
