"""The dry run, the import, the invitations, and mails sent again."""

import pytest

from letters.coordinate import actions
from letters.lifecycle import NotNow
from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.models import Invitation, Link, Mail, Officer, Society, State, User, database_now
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "society,short_name,country,contact_name,office,email\n"


def dry_run(letter, text: str):
    return plan(letter, read_listing((HEAD + text).encode(), name="list.csv"))


def states(letter, text: str) -> list[tuple[int, str]]:
    return [(entry.number, entry.state) for entry in dry_run(letter, text).entries]


def test_import_writes_societies_officers_invitations_and_links():
    letter = factories.reviewed()
    assert factories.listed(letter) == 4
    assert (Society.objects.count(), Officer.objects.count(), Link.objects.count()) == (3, 4, 4)
    assert list(letter.invitations.values_list("society__short_name", "position")) == [
        ("NSC", 1), ("SDS", 2), ("JSC", 3),
    ]  # fmt: skip
    assert not User.objects.known_as("bob@north.example").has_usable_password()


def test_import_twice_changes_nothing():
    letter = factories.reviewed()
    factories.listed(letter)
    assert factories.listed(letter) == 0
    assert (Society.objects.count(), Link.objects.count()) == (3, 4)


def test_dry_run_says_new_matched_listed_and_refused():
    letter = factories.reviewed()
    factories.listed(letter)
    Society.objects.create(official_name="Known Society", country="US")
    text = (
        "Known Society,,US,Kim,President,kim@known.example\n"
        "Northern Society of Counting,NSC,GB,Bob,President,bob@north.example\n"
        "New Society,,US,Nia,President,nia@new.example\n"
        "Bad Society,,US,Bea,President,nowhere\n"
    )
    assert states(letter, text) == [(2, "matched"), (3, "listed"), (4, "new"), (5, "address")]
    assert Society.objects.filter(official_name="New Society").count() == 0


def test_a_name_known_in_two_countries_is_refused_without_a_country():
    letter = factories.reviewed()
    for country in ("FR", "BE"):
        Society.objects.create(official_name="Pain Society", country=country)
    (entry,) = dry_run(letter, "Pain Society,,,Ann,President,a@p.example\n").entries
    assert (entry.state, "BE, FR" in entry.why) == ("refused", True)
    (entry,) = dry_run(letter, "Pain Society,,BE,Ann,President,a@p.example\n").entries
    assert (entry.state, entry.society.country) == ("matched", "BE")


def test_the_same_society_twice_is_one_society_with_two_officers():
    letter = factories.reviewed()
    text = "Twin,,US,Ann,President,a@t.example\nTwin,,US,Ben,Secretary,b@t.example\n"
    found = dry_run(letter, text)
    assert found.entries[0].why == "One of 2 officers of this society."
    import_societies(by=factories.alice(), letter=letter, plan=found, now=database_now())
    assert Invitation.objects.get(society__official_name="Twin").links.count() == 2


def test_invite_opens_the_letter_and_mails_each_officer_once():
    letter = factories.reviewed()
    factories.listed(letter)
    assert actions.invite(by=factories.alice(), letter=letter, now=database_now()) == 4
    letter = factories.fresh(letter)
    assert letter.state == State.SIGNING
    assert actions.invite(by=factories.alice(), letter=letter, now=database_now()) == 0
    assert Mail.objects.filter(kind="invitation").count() == 4


def test_invite_refuses_a_letter_without_societies_or_deadline():
    letter = factories.reviewed()
    with pytest.raises(NotNow, match="put societies on the list"):
        actions.invite(by=factories.alice(), letter=letter, now=database_now())


def test_each_invitation_is_personal_plain_and_html():
    letter = factories.signing_open()
    factories.work()
    from django.core import mail  # noqa: PLC0415 -- pytest-django fills the outbox of the imported module

    sent = {message.to[0]: message for message in mail.outbox}
    assert len(sent) == 4
    for name, address in (("bob", "bob@north.example"), ("sato", "sato@jsc.example")):
        message = next(message for to, message in sent.items() if address in to)
        link = f"/i/{factories.link_of(letter, name).token}"
        html = message.alternatives[0][0]
        assert link in message.body
        assert link in html
        assert "@@" not in message.body + html
        assert message.attachments == []


def test_a_late_society_can_be_added_and_invited_while_others_sign():
    letter = factories.signing_open()
    late = HEAD + "Late Society,,US,Lea,President,lea@late.example\n"
    factories.listed(letter, late)
    assert actions.invite(by=factories.alice(), letter=letter, now=database_now()) == 1


def test_no_society_is_added_after_the_close():
    letter = factories.closed()
    with pytest.raises(NotNow, match="no society can be added"):
        factories.listed(letter)
