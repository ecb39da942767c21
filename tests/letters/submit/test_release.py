"""Embargo and release: dark to strangers until the hour, open at it by itself, and one kit for each society."""

import datetime

import pytest
from django.core import mail as outbox
from django.test import Client

from letters import jobs, lifecycle
from letters.lifecycle import NotNow
from letters.models import Document, Job, Letter, Picture, State, database_now
from letters.models.document import Kind
from letters.submit import actions
from letters.tasks import LOST, WORK
from letters.templatetags.letter_tags import event_text
from tests import factories
from tests.conftest import by_key, signed_in

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)
SECOND = datetime.timedelta(seconds=1)


def quickly_sealed(*names: str) -> Letter:
    """A sealed letter whose PDF is a stand-in; nothing here reads it."""
    letter = factories.closed(*names)
    edition, now = letter.editions.get(), database_now()
    document = Document.objects.keep(b"%PDF-1.7 stand-in", kind=Kind.PDF, edition=edition, now=now)
    Document.objects.keep(b"PK\x03\x04 stand-in", kind=Kind.EVIDENCE, edition=edition, now=now)
    lifecycle.mark_sealed(edition, document=document, now=now)
    return factories.fresh(letter)


def set_release(letter: Letter, at: datetime.datetime | None) -> Letter:
    return actions.set_release(by=factories.alice(), letter=letter, at=at, now=database_now())


def run(kind: str, at: datetime.datetime) -> list[bool]:
    """Do what is owed of a kind, with the clock at `at`."""
    owed = Job.objects.filter(kind=kind).order_by("pk").values_list("pk", flat=True)
    return [jobs.perform(pk, WORK, lambda: at, LOST) for pk in list(owed)]


def pages(letter: Letter) -> list[str]:
    return [f"/l/{letter.slug}", f"/l/{letter.slug}/letter.pdf", f"/l/{letter.slug}/evidence.zip"]


def test_the_page_opens_by_itself_at_the_hour_and_not_a_second_before():
    letter, at = quickly_sealed(), database_now() + HOUR
    set_release(letter, at)
    assert run("release", at - SECOND) == [False]
    assert factories.fresh(letter).state == State.SEALED
    assert Client().get(f"/l/{letter.slug}").status_code == 404
    assert run("release", at + SECOND) == [True]
    assert factories.fresh(letter).state == State.PUBLISHED
    assert Client().get(f"/l/{letter.slug}").status_code == 200
    said = [event_text(event) for event in letter.events.filter(kind="published")]
    assert said == ["The letter was released to the public."]


def test_a_page_opened_late_opens_once():
    letter, at = quickly_sealed(), database_now() + HOUR
    set_release(letter, at)
    assert run("release", at + 9 * HOUR) == [True]
    assert run("release", at + 10 * HOUR) == [False]
    assert letter.events.filter(kind="published").count() == 1


def test_only_the_hour_that_was_set_last_counts():
    letter, first = quickly_sealed(), database_now() + HOUR
    set_release(letter, first)
    set_release(letter, first + HOUR)
    assert run("release", first + SECOND) == [True, False]
    assert factories.fresh(letter).state == State.SEALED
    assert run("release", first + HOUR + SECOND) == [False, True]
    assert factories.fresh(letter).state == State.PUBLISHED


def test_an_hour_taken_away_opens_nothing():
    letter, at = quickly_sealed(), database_now() + HOUR
    set_release(letter, at)
    set_release(letter, None)
    assert run("release", at + SECOND) == [True]
    assert factories.fresh(letter).state == State.SEALED
    assert [event_text(event)[:44] for event in letter.events.filter(kind="release unset")] == [
        "The public page was set not to open by itself"[:44]
    ]


def test_a_letter_that_is_not_sealed_at_its_hour_stays_closed_and_says_so(desk):
    letter, at = factories.closed(), database_now() + HOUR
    set_release(letter, at)
    assert run("release", at + SECOND) == [False]
    assert factories.fresh(letter).state == State.CLOSED
    assert "was not sealed when its public page was to open" in Job.objects.get(kind="release").last_error
    assert "was not sealed when its public page" in desk.get(f"/manage/{letter.slug}").content.decode()
    set_release(letter, at + HOUR)  # the next hour has a job of its own
    assert Job.objects.filter(kind="release", state="queued").count() == 1


def test_the_hour_lies_ahead_and_is_fixed_once_it_has_come():
    letter, now = quickly_sealed(), database_now()
    with pytest.raises(NotNow, match="lies ahead"):
        set_release(letter, now - SECOND)
    set_release(letter, now + HOUR)
    Letter.objects.update(release_at=now - SECOND)
    with pytest.raises(NotNow, match="about to open"):
        set_release(letter, now + HOUR)
    actions.release(by=factories.alice(), letter=factories.fresh(letter), now=now)
    with pytest.raises(NotNow, match="nothing to open any more"):
        set_release(letter, None)


def test_releasing_by_hand_at_once_leaves_the_job_nothing_to_do():
    letter, at = quickly_sealed(), database_now() + HOUR
    set_release(letter, at)
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    assert run("release", at + SECOND) == [True]
    assert letter.events.filter(kind="published").count() == 1


def test_before_the_hour_the_invited_and_the_team_see_the_page_and_no_cache_keeps_it(desk):
    letter = quickly_sealed()
    set_release(letter, database_now() + HOUR)
    carol, dan, stranger = Client(), signed_in(Client(), factories.dan()), Client()
    carol.get(f"/i/{factories.link_of(letter, 'carol').token}")
    erin = signed_in(Client(), factories.link_of(letter, "erin").officer.user)
    for path in pages(letter):
        assert [browser.get(path).status_code for browser in (desk, carol, erin)] == [200] * 3
        assert [browser.get(path).status_code for browser in (dan, stranger)] == [404] * 2
        assert "no-store" in carol.get(path)["Cache-Control"]
    dark, nothing = stranger.get(f"/l/{letter.slug}"), stranger.get("/l/no-such-letter")
    assert dark["Cache-Control"] == nothing["Cache-Control"] == "no-store, private"
    assert dark.content == nothing.content.replace(b"no-such-letter", letter.slug.encode())
    assert letter.title not in stranger.get("/").content.decode()


def test_before_the_hour_an_address_from_the_file_says_no_more_than_the_file():
    letter = quickly_sealed()
    edition = letter.editions.get()
    page = Client().get(f"/v/{edition.public_id}")
    said = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert [word for word in (letter.title, "Northern", "latest edition", "later edition") if word in said] == []
    alice = signed_in(Client(), factories.alice())
    assert "latest edition sealed here" in alice.get(f"/v/{edition.public_id}").content.decode()
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    page = Client().get(f"/v/{edition.public_id}")
    assert letter.title in page.content.decode()
    assert "no-store" not in page.get("Cache-Control", "")


def test_a_page_that_is_open_names_itself_to_those_who_link_to_it():
    letter = quickly_sealed()
    alice = signed_in(Client(), factories.alice())
    assert "og:title" not in alice.get(f"/l/{letter.slug}").content.decode()
    actions.release(by=factories.alice(), letter=letter, now=database_now())
    page = Client().get(f"/l/{letter.slug}").content.decode()
    assert f'property="og:title" content="{letter.title}"' in page
    assert "og:image" not in page  # not yet drawn


def test_set_release_by_the_page(desk):
    letter = quickly_sealed()
    address = f"/manage/{letter.slug}/release/time"
    assert desk.post(address, {"day": "2099-12-03", "time": "07:00"})["Location"] == f"/manage/{letter.slug}/deliver"
    assert factories.fresh(letter).release_at.isoformat() == "2099-12-03T12:00:00+00:00"
    page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    assert "Thu 3 December 2099, 07:00 New York (12:00 UTC)" in page
    wrong = desk.post(address, {"day": "soon", "time": "07:00"})
    assert (wrong.status_code, b"Write the day as 2026-12-31." in wrong.content) == (422, True)
    skipped = desk.post(address, {"day": "2099-03-08", "time": "02:30"})
    assert (skipped.status_code, b"The clocks skip this time" in skipped.content) == (422, True)
    desk.post(address, {"away": "yes"})
    assert factories.fresh(letter).release_at is None


def test_set_release_wants_a_fresh_check(client):
    letter = quickly_sealed()
    by_key(signed_in(client, factories.alice()), factories.alice(), minutes_ago=6)
    answer = client.post(f"/manage/{letter.slug}/release/time", {"day": "2099-12-03", "time": "07:00"})
    assert answer["Location"].startswith("/confirm?")
    assert factories.fresh(letter).release_at is None


def test_officers_see_the_hour_in_both_zones(enter):
    letter = factories.signing_open()
    set_release(letter, datetime.datetime(2099, 12, 3, 12, tzinfo=datetime.UTC))
    link = factories.link_of(letter, "sato")
    link.time_zone = "Asia/Tokyo"
    link.save()
    page = enter(letter, "sato").get(f"/r/{letter.slug}").content.decode()
    assert "Thu 3 December 2099, 21:00 Tokyo, that is Thu 3 December 2099, 07:00 New York (12:00 UTC)" in page


@pytest.mark.slow
def test_from_embargo_to_the_open_page_with_kit_and_picture(desk, settings, tmp_path):
    settings.DATA = tmp_path
    letter, at = quickly_sealed("bob", "carol"), database_now() + HOUR
    set_release(letter, at)
    bob = Client()
    bob.get(f"/i/{factories.link_of(letter, 'bob').token}")
    before = bob.get(f"/r/{letter.slug}/kit").content.decode()
    assert "When the letter is public, this page holds" in before
    assert bob.get(f"/r/{letter.slug}/kit/picture.png").status_code == 404
    assert Client().get(f"/l/{letter.slug}").status_code == 404
    run("release", at + SECOND)
    outbox.outbox.clear()
    factories.work()
    told = [message.to[0] for message in outbox.outbox if "it is public" in message.subject]
    assert sorted(address.rpartition(" ")[2] for address in told) == ["<bob@north.example>", "<carol@sud.example>"]
    assert Picture.objects.get().edition.letter == letter
    assert list((tmp_path / "pictures").iterdir()) == []  # nobody asked for a society's own yet
    kit = bob.get(f"/r/{letter.slug}/kit").content.decode()
    assert "Northern Society of Counting and 1 other society have signed" in kit
    own, saved = (bob.get(f"/r/{letter.slug}/kit/picture.png{query}") for query in ("", "?save=1"))
    assert own.content.startswith(b"\x89PNG")
    assert saved["Content-Disposition"].endswith('-nsc.png"')
    assert "private" in own["Cache-Control"]
    (kept,) = (tmp_path / "pictures").iterdir()
    assert kept.read_bytes() == own.content == saved.content
    kept.write_bytes(b"\x89PNG as kept")
    assert bob.get(f"/r/{letter.slug}/kit/picture.png").content == b"\x89PNG as kept"  # it is not drawn again
    assert "kit/picture.png" in kit
    everybody = Client().get(f"/l/{letter.slug}/picture.png")
    assert everybody.content != own.content
    assert "no-store" not in everybody["Cache-Control"]
    assert "/picture.png" in Client().get(f"/l/{letter.slug}").content.decode()
    sato = Client()
    sato.get(f"/i/{factories.link_of(letter, 'sato').token}")
    assert "yours does not" in sato.get(f"/r/{letter.slug}/kit").content.decode()
