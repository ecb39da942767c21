"""The coordinator's desk over HTTP."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Job, Link, Mail, Society
from letters.sign import responses
from tests import factories

pytestmark = pytest.mark.django_db


def upload(text: str, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


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


def test_upload_shows_a_dry_run_and_writes_nothing(desk):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies", {"file": upload(factories.SOCIETIES)})
    page = answer.content.decode()
    assert "<strong>4</strong> new" in page
    assert "日本計数学会" in page
    assert Society.objects.count() == 0


def test_what_was_shown_can_be_imported(desk):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies", {"file": upload(factories.SOCIETIES)})
    shown = answer.context["form"].initial
    desk.post(f"/manage/{letter.slug}/societies/import", shown)
    assert Link.objects.filter(invitation__letter=letter).count() == 4


def test_an_ambiguous_row_is_imported_only_with_an_answer(desk):
    letter = factories.reviewed()
    Society.objects.create(official_name="Norwegian Society of Chemistry", short_name="NSC", country="NO")
    answer = desk.post(f"/manage/{letter.slug}/societies", {"file": upload(factories.SOCIETIES)})
    page = answer.content.decode()
    assert "Which society is meant?" in page
    assert "The same as Norwegian Society of Chemistry (NSC, NO)" in page
    shown = answer.context["form"].initial
    told = desk.post(f"/manage/{letter.slug}/societies/import", shown, follow=True).content.decode()
    assert "2 rows were left out" in told
    desk.post(f"/manage/{letter.slug}/societies/import", shown | {"row-2": "new", "row-3": "x", "row-": "new"})
    emails = Link.objects.filter(invitation__letter=letter).values_list("officer__user__email", flat=True)
    assert set(emails) == {"bob@north.example", "carol@sud.example", "sato@jsc.example"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("society\nx\n", "the column “contact_name” is missing"),
        ("", "The file is empty."),
        ("PK\x03\x04", "save it as CSV"),
    ],
)
def test_a_bad_list_is_422_with_one_sentence(desk, content, sentence):
    letter = factories.reviewed()
    answer = desk.post(f"/manage/{letter.slug}/societies", {"file": upload(content)})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_no_file_is_422(desk):
    letter = factories.reviewed()
    assert desk.post(f"/manage/{letter.slug}/societies", {}).status_code == 422


def test_invite_by_button(desk):
    letter = factories.reviewed()
    factories.listed(letter)
    assert desk.get(f"/manage/{letter.slug}/invite").status_code == 405
    desk.post(f"/manage/{letter.slug}/invite")
    assert Mail.objects.filter(kind="invitation").count() == 4


def test_mail_shows_what_failed_and_sends_it_again_at_a_word(desk):
    letter = factories.signing_open()
    factories.work()
    mail = Mail.objects.filter(kind="invitation").first()
    Mail.objects.filter(pk=mail.pk).update(state="failed", error="550 no such user")
    page = desk.get(f"/manage/{letter.slug}/mail").content.decode()
    assert "550 no such user" in page
    desk.post(f"/manage/{letter.slug}/mail/{mail.pk}/again")
    factories.work()
    mail.refresh_from_db()
    assert mail.state == "sent"


@pytest.mark.parametrize("page", ["", "/societies", "/mail", "/text", "/deliver"])
def test_pages_need_the_same_queries_for_4_and_64_officers(desk, page, django_assert_max_num_queries):
    rows = [f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(60)]
    letter = factories.signing_open("\n".join([factories.SOCIETIES.strip(), *rows]))
    factories.signed(letter, "bob", *(f"o{n}" for n in range(30)))
    with django_assert_max_num_queries(16):
        assert desk.get(f"/manage/{letter.slug}{page}").status_code == 200
