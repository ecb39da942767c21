"""A letter's mail over HTTP."""

import pytest

from letters.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db


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


def test_returned_is_noted_by_hand_and_only_for_what_was_sent(desk):
    letter = factories.signing_open()
    mail = Mail.objects.filter(kind="invitation").first()
    path = f"/manage/{letter.slug}/mail/{mail.pk}/returned"
    assert "Only a mail that was sent can come back" in desk.post(path, follow=True).content.decode()
    factories.work()
    page = desk.post(path, follow=True).content.decode()
    assert "Came back (1)" in page
    assert "Alice Archer says that it came back." in page
    assert f"/societies/{mail.link.invitation.society_id}" in page
    desk.post(f"/manage/{letter.slug}/mail/{mail.pk}/again")
    factories.work()
    mail.refresh_from_db()
    assert (mail.state, mail.error) == ("sent", "")


def test_outbox_of_several_hundred_mails_is_read_page_by_page_in_few_queries(desk, django_assert_max_num_queries):
    letter = factories.signing_open()
    made = Mail.objects.filter(kind="invitation").first()
    Mail.objects.bulk_create(
        Mail(
            key=f"x{n}", kind="reminder", letter=letter, link=made.link, to_name=f"Officer {n}", to_email="o@x.example",
            subject="S", text="", html="", message_id=f"<{n}@x>", created_at=made.created_at,
            state="failed" if n == 7 else "sent",
        )
        for n in range(300)
    )  # fmt: skip
    with django_assert_max_num_queries(12):
        page = desk.get(f"/manage/{letter.slug}/mail").content.decode()
    assert page.index("Officer 7<") < page.index("carol@sud.example")
    assert "Page 1 of 7" in page
    failed = desk.get(f"/manage/{letter.slug}/mail?state=failed").content.decode()
    assert failed.count('scope="row"') == 1
    assert "Page 7 of 7" in desk.get(f"/manage/{letter.slug}/mail?page=99").content.decode()
