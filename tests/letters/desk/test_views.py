"""The coordinator's desk over HTTP."""

import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from letters.desk import actions, activity
from letters.models import Code, Comment, Job, Mail, SavedView
from letters.sign import responses
from tests import factories

pytestmark = pytest.mark.django_db


def test_letters_lists_only_ones_own_with_true_numbers(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.draft.new_letter(
        by=factories.dan(),
        upload=factories.upload("# Dan's own\n\nText."),
        convener="Dan",
        now=factories.database_now(),
    )
    page = desk.get("/manage").content.decode()
    assert "<strong>1</strong> of 3 societies signed" in page
    assert "Dan&#x27;s own" not in page


def test_the_desk_of_each_stage_offers_one_next_step(desk):
    letter = factories.drafted()
    assert "Check and publish the text" in desk.get(f"/manage/{letter.slug}").content.decode()
    factories.terms(letter)
    factories.draft.publish(
        by=factories.alice(), version=letter.versions.get(), change="first", note="", now=factories.database_now()
    )
    assert "Import a list of societies" in desk.get(f"/manage/{letter.slug}").content.decode()
    factories.listed(factories.fresh(letter))
    assert "Open for signature and invite 3 societies" in desk.get(f"/manage/{letter.slug}").content.decode()


def test_the_desk_says_who_signed_what(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter)
    factories.signed(factories.fresh(letter), "carol")
    page = desk.get(f"/manage/{letter.slug}").content.decode()
    assert "Signed v1, not yet v2" in page
    assert "Signed v2" in page
    assert "1 of 3" in page


def test_the_reason_of_a_decline_is_shown_to_the_coordinator(desk):
    letter = factories.signing_open()
    responses.decline(by=factories.link_of(letter, "carol"), reason="Outside our field")
    assert "Outside our field" in desk.get(f"/manage/{letter.slug}").content.decode()


def test_work_that_was_given_up_needs_attention(desk):
    letter = factories.closed()
    now = factories.database_now()
    Job.objects.create(
        kind="seal",
        subject=1,
        key="seal:1",
        letter=letter,
        state="dead",
        last_error="No glyph",
        run_after=now,
        created_at=now,
    )
    assert "Work was given up: No glyph" in desk.get(f"/manage/{letter.slug}").content.decode()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["", "/societies", "/mail", "/text", "/deliver"])
def test_pages_need_the_same_queries_for_4_and_64_officers(desk, page, django_assert_max_num_queries):
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(60)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    factories.signed(letter, "bob", *(f"o{n}" for n in range(30)))
    with django_assert_max_num_queries(16):
        assert desk.get(f"/manage/{letter.slug}{page}").status_code == 200


def test_societies_can_be_sought_and_a_choice_reaches_over_pages(desk):
    rows = [f"Society {n:03},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(60)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.splitlines()[0], *rows]))
    page = desk.get(f"/manage/{letter.slug}/societies?q=society").content.decode()
    assert "Page 1 of 2" in page
    assert "Choose all 60" in page
    page = desk.get(f"/manage/{letter.slug}/societies?q=society&choose=all").content.decode()
    assert page.count(" checked") == 50
    assert page.count('<input type="hidden" name="to"') == 10
    assert "All 60 are chosen" in page


def test_societies_that_match_nothing_say_what_to_do(desk):
    letter = factories.signing_open()
    assert "Nothing matches." in desk.get(f"/manage/{letter.slug}/societies?q=zebra").content.decode()
    assert (
        "No society is in this view now." in desk.get(f"/manage/{letter.slug}/societies?view=bounced").content.decode()
    )
    assert "No societies yet." in desk.get(f"/manage/{factories.drafted().slug}/societies").content.decode()


def test_keep_view_and_drop_view(desk):
    letter = factories.signing_open()
    address = f"/manage/{letter.slug}/views"
    kept = desk.post(address, {"name": " North  only ", "query": "q=north&page=7&choose=all"})
    assert kept["Location"] == f"/manage/{letter.slug}/societies?q=north"
    page = desk.get(kept["Location"]).content.decode()
    assert "North only <span>1</span>" in page
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("North only", "q=north")
    again = desk.post(address, {"name": "North only", "query": "q=sud"})
    assert again.status_code == 422
    assert "You have a view called “North only”" in again.content.decode()
    assert desk.post(address, {"name": "", "query": "q=sud"}).status_code == 422
    assert desk.post(f"{address}/{view.pk}/drop").status_code == 302
    assert desk.post(f"{address}/{view.pk}/drop").status_code == 404


def test_happened_merges_events_and_notes_page_by_page(desk, monkeypatch):
    letter = factories.signing_open()
    invitation = factories.link_of(letter, "bob").invitation
    for number in range(3):
        actions.note(
            by=factories.alice(), invitations=[invitation], text=f"Note {number}", called=True, follow_up_on=None,
            settles=False, now=factories.database_now(),
        )  # fmt: skip
    monkeypatch.setattr(activity, "PAGE", 2)
    first, second = (desk.get(f"/manage/{letter.slug}/activity?page={page}").content.decode() for page in (1, 2))
    assert [name for name in ("Note 0", "Note 1", "Note 2") if name in first] == ["Note 1", "Note 2"]
    assert "Note 0" in second
    assert "4 officers were invited by Alice Archer." in second
    assert desk.get(f"/manage/{letter.slug}/activity?page=99").status_code == 404


def test_a_society_that_only_a_machine_read_is_not_opened(desk, client):
    letter = factories.signing_open()
    machine, link = Client(), factories.link_of(letter, "carol")
    machine.get(f"/i/{link.token}")
    for address in ("", "/changes", "/sign", "/respond", "/comments", "/comment/whole"):
        machine.get(f"/r/{letter.slug}{address}")
    machine.post(f"/r/{letter.slug}/start")
    for address in ("/sign", "/respond", "/comment/whole", "/comments/send", "/approve"):
        machine.post(f"/r/{letter.slug}{address}", {"code": "000000", "text": "000000", "response": "declined"})
    assert Code.objects.filter(link=link).exists()
    assert Comment.objects.exists()  # a draft, which anybody who holds the link can write
    page = desk.get(f"/manage/{letter.slug}").content.decode()
    assert "3 societies invited, 0 opened, 0 responding, 0 signed version 1." in page


def test_letters_say_what_waits_in_a_fixed_number_of_queries(desk):
    letter = factories.signing_open()
    page = desk.get("/manage").content.decode()
    assert 'class="waits"' not in page
    invitation, now = factories.link_of(letter, "bob").invitation, factories.database_now()
    yesterday = now.date() - datetime.timedelta(days=1)
    actions.note(
        by=factories.alice(), invitations=[invitation], text="Call.", called=True, follow_up_on=yesterday,
        settles=False, now=now,
    )  # fmt: skip
    Mail.objects.filter(link__invitation=invitation).update(state="failed")
    assert "A follow-up is due, 2 mails did not surely arrive" in desk.get("/manage").content.decode()
    with CaptureQueriesContext(connection) as one:
        desk.get("/manage")
    factories.signing_open()
    with CaptureQueriesContext(connection) as two:
        desk.get("/manage")
    assert len(one) == len(two)
