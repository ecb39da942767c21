"""Two rows of one society on the same letter become one, unless both were signed for or both answered."""

import pytest

from letters.coordinate import registry
from letters.lifecycle import NotNow
from letters.models import (
    Approval,
    Call,
    Comment,
    Delegation,
    Event,
    Invitation,
    Link,
    Round,
    Signature,
    Society,
    database_now,
)
from letters.sign import responses
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def society(short_name: str) -> Society:
    return Society.objects.get(short_name=short_name)


def merge(keep: str, drop: str) -> Society:
    return registry.merge(by=factories.alice(), keep=society(keep), drop=society(drop), now=database_now())


def test_two_rows_without_signatures_become_one_with_all_its_officers(letter, client):
    merge("NSC", "SDS")
    (invitation,) = Invitation.objects.filter(letter=letter, society__short_name="NSC")
    live = Link.objects.live().filter(invitation=invitation)
    assert sorted(link.officer.printed_name for link in live) == ["Bob Barker, MD", "Carol Créac'h, MD", "Erin Eames"]
    assert [row.position for row in letter.invitations.order_by("position")] == [1, 2]
    client.get(f"/i/{factories.link_of(letter, 'carol').token}")
    assert "Sign for NSC" in client.get(f"/r/{letter.slug}").content.decode()
    (signature,) = factories.signed(letter, "carol")
    assert signature.society_name == "Northern Society of Counting"
    assert Event.objects.filter(letter=letter, kind="merged").count() == 1


def test_the_row_with_the_signature_stays_whichever_is_dropped(letter):
    (signature,) = factories.signed(letter, "carol")
    place = signature.invitation_id
    merge("NSC", "SDS")
    assert Invitation.objects.get(pk=place).society.short_name == "NSC"
    assert Invitation.objects.filter(letter=letter).count() == 2
    signature = Signature.objects.get()
    assert (signature.invitation_id, signature.society_name) == (place, "Société du Sud")
    with pytest.raises(NotNow, match="has already signed, by Carol"):
        factories.signed(letter, "bob")


def test_where_both_were_signed_for_they_stay_two(letter):
    factories.signed(letter, "bob", "carol")
    with pytest.raises(NotNow, match="carries signatures of both, and a society signs a letter once; they stay two"):
        merge("NSC", "SDS")
    assert (society("SDS").merged_into, letter.invitations.count()) == (None, 3)


def test_a_withdrawn_signature_counts_as_one(letter):
    factories.signed(letter, "bob")
    (signature,) = factories.signed(letter, "carol")
    factories.signing.withdraw(by=factories.link_of(letter, "carol"), signature=signature, reason="")
    with pytest.raises(NotNow, match="signatures of both"):
        merge("NSC", "SDS")


def test_an_answer_moves_over_and_two_answers_are_not_guessed_at(letter):
    responses.decline(by=factories.link_of(letter, "carol"), reason="No.")
    merge("NSC", "SDS")
    invitation = letter.invitations.get(society__short_name="NSC")
    assert (invitation.response, invitation.reason) == ("declined", "No.")
    responses.decline(by=factories.link_of(letter, "sato"), reason="No.")
    with pytest.raises(NotNow, match="both have answered"):
        merge("NSC", "JSC")


def test_a_person_with_a_link_on_both_keeps_one(letter):
    row = "society,short_name,country,contact_name,credentials,office,email,role\n" \
        "Société du Sud,SDS,FR,Bob Barker,MD,Conseiller,bob@north.example,signer\n"  # fmt: skip
    factories.listed(letter, row)
    kept = Link.objects.live().get(officer__user__email="bob@north.example", invitation__society__short_name="NSC")
    merge("NSC", "SDS")
    assert Link.objects.live().get(officer__user__email="bob@north.example") == kept


def test_comments_and_releases_move_over_and_are_not_doubled(letter):
    bob, carol = factories.link_of(letter, "bob"), factories.link_of(letter, "carol")
    values = {"version": letter.on_the_table, "block": "whole", "place": "the letter", "author": "B", "text": "Hm.",
              "written_at": database_now()}  # fmt: skip
    first = Comment.objects.create(invitation=factories.link_of(letter, "sato").invitation,
                                   officer=factories.link_of(letter, "sato").officer, **values)  # fmt: skip
    for link in (bob, carol):
        Comment.objects.create(invitation=link.invitation, officer=link.officer, agrees_with=first, **values)
        Approval(
            invitation=link.invitation, version=letter.on_the_table, officer=link.officer, printed_name="A",
            office="B", approved_at=database_now(),
        ).save()  # fmt: skip
    merge("NSC", "SDS")
    assert Comment.objects.filter(agrees_with=first, invitation=bob.invitation).count() == 1
    assert (Approval.objects.filter(invitation=bob.invitation).count(), Approval.objects.live().count()) == (2, 1)


def test_notes_of_the_desk_and_drafted_rounds_move_over(letter):
    carol = factories.link_of(letter, "carol").invitation
    Call.objects.create(invitation=carol, by=factories.alice(), at=database_now(), note="Asked for a week.")
    drafted = Round.objects.create(letter=letter, kind="reminder", created_at=database_now())
    drafted.only.add(carol)
    merge("NSC", "SDS")
    stays = letter.invitations.get(society__short_name="NSC")
    assert (Call.objects.get().invitation, list(drafted.only.all())) == (stays, [stays])


def test_whatever_points_at_an_invitation_is_known_to_the_fold():
    pointing = {field.related_model.__name__ for field in Invitation._meta.get_fields(include_hidden=True)
                if field.auto_created and not field.concrete}  # fmt: skip
    assert pointing == {
        "Approval", "Call", "Comment", "Contributor", "Delegation", "Link", "Round", "Round_only",
        "Signature", "SummaryApproval",
    }  # fmt: skip


def delegate(letter, who: str, to: str) -> Delegation:
    people = {name: factories.link_of(letter, name) for name in (who, to)}
    return Delegation.objects.create(
        invitation=people[who].invitation, to=people[to].invitation, officer=people[who].officer,
        recorded_at=database_now(),
    )  # fmt: skip


def test_what_was_left_to_another_society_moves_over(letter):
    kept, moved = delegate(letter, "sato", "carol"), delegate(letter, "carol", "sato")
    merge("NSC", "SDS")
    stays = letter.invitations.get(society__short_name="NSC")
    kept.refresh_from_db()
    moved.refresh_from_db()
    assert (kept.to, moved.invitation, moved.ended_at) == (stays, stays, None)


def test_one_society_leaves_nothing_to_itself_and_has_one_live_word(letter):
    delegate(letter, "bob", "carol")
    second = delegate(letter, "carol", "sato")
    merge("NSC", "SDS")
    assert list(Delegation.objects.values_list("pk", "ended_at")) == [(second.pk, None)]
