"""Personal links revoked and made anew: by the coordinator's button, and by command after the secret key changed."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from letters.coordinate import actions
from letters.lifecycle import NotNow
from letters.models import Link, Mail, Signature, database_now
from tests import factories

pytestmark = pytest.mark.django_db


def test_links_page_shows_no_secret(desk):
    letter = factories.signing_open()
    page = desk.get(f"/manage/{letter.slug}/links").content.decode()
    assert page.count("Revoke and send a new link") == 4
    for link in Link.objects.all():
        assert link.token not in page
        assert link.typed not in page


def test_new_links_revokes_one_and_mails_another(desk):
    letter = factories.signing_open()
    old, carol = factories.link_of(letter, "bob"), factories.link_of(letter, "carol")
    (signature,) = factories.signed(letter, "bob")
    officer = Client()
    officer.get(f"/i/{old.token}")
    desk.post(f"/manage/{letter.slug}/links/new", {"which": str(old.pk)})
    new = Link.objects.live().get(officer=old.officer)
    assert (new.invitation_id, new.slot, new.pk != old.pk) == (old.invitation_id, old.slot, True)
    assert Client().get(f"/i/{old.token}").status_code == 410
    assert officer.get(f"/r/{letter.slug}").status_code == 302
    assert Client().get(f"/i/{new.token}").status_code == 302
    assert Client().get(f"/i/{carol.token}").status_code == 302
    assert [mail.to_email for mail in Mail.objects.filter(kind="new_link")] == ["bob@north.example"]
    assert Signature.objects.live().get() == signature
    assert letter.events.last().kind == "links renewed"


def test_new_links_for_all_and_for_none_of_another_letter(desk):
    letter = factories.signing_open()
    desk.post(f"/manage/{letter.slug}/links/new", {"which": "all"})
    assert (Link.objects.live().count(), Link.objects.count()) == (4, 8)
    other = factories.draft.new_letter(
        by=factories.dan(), upload=factories.upload(), convener="Dan", now=database_now()
    )
    kept = Link.objects.live().first()
    assert actions.renew_links(by=factories.dan(), letter=other, links=[kept.pk], now=database_now()) == 0
    assert Link.objects.live().filter(pk=kept.pk).exists()


@pytest.mark.parametrize("which", ["", "some", "1;2"])
def test_new_links_of_a_damaged_form_changes_nothing(desk, which):
    letter = factories.signing_open()
    assert desk.post(f"/manage/{letter.slug}/links/new", {"which": which}).status_code == 302
    assert Link.objects.count() == 4


def test_an_abandoned_letter_gets_no_new_links():
    letter = factories.signing_open()
    factories.submit.abandon(by=factories.alice(), letter=letter, now=database_now())
    with pytest.raises(NotNow, match="abandoned"):
        actions.renew_links(by=factories.alice(), letter=letter, now=database_now())


def test_command_replaces_what_the_new_secret_key_cannot_open(capsys):
    letter = factories.signing_open()
    with override_settings(SECRET_KEY="another one"):
        call_command("links", letter.slug)
        assert "0 links open, 4 do not" in capsys.readouterr().out
        assert Link.objects.count() == 4
        call_command("links", letter.slug, "--reissue")
        assert "4 links replaced" in capsys.readouterr().out
        assert Client().get(f"/i/{factories.Link.objects.live().first().token}").status_code == 302
        call_command("links", letter.slug, "--reissue")
        assert "4 links open, 0 do not" in capsys.readouterr().out
        assert Link.objects.count() == 8


def test_command_says_when_there_is_no_such_letter():
    with pytest.raises(CommandError, match="no letter “nowhere”"):
        call_command("links", "nowhere")
