"""The coordinator's desk over HTTP."""

import pytest

from letters.models import Job
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


@pytest.mark.parametrize("page", ["", "/societies", "/mail", "/text", "/deliver"])
def test_pages_need_the_same_queries_for_4_and_64_officers(desk, page, django_assert_max_num_queries):
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(60)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    factories.signed(letter, "bob", *(f"o{n}" for n in range(30)))
    with django_assert_max_num_queries(16):
        assert desk.get(f"/manage/{letter.slug}{page}").status_code == 200
