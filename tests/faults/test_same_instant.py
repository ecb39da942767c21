"""Acts that meet in one instant: a double click, two officers, a new version, a withdrawal, two seals."""

import datetime

import pytest

from letters.models import Edition, Event, Letter, Signature, State, Version
from letters.proof import chain
from letters.proof.records import instant
from tests import factories
from tests.faults import acts
from tests.faults.crowd import Act, Crowd

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
ALICE = "alice@desk.example"


def unbroken(letter: Letter) -> list[str]:
    """The kinds of the letter's events, once their chain is known to hold."""
    records = [event.as_record() for event in Event.objects.filter(letter=letter).order_by("seq")]
    assert chain.check(records) == []
    return [record["kind"] for record in records]


def test_twenty_clicks_of_one_officer_are_one_signature_with_one_receipt(people: Crowd):
    letter = factories.signing_open()
    click = Act(acts.sign, (factories.link_of(letter, "bob").pk, letter.on_the_table.content_hash))
    met = people.together([click] * 20)
    signature = Signature.objects.get()
    assert sorted(outcome.value for outcome in met) == [("already", signature.receipt_no)] * 19 + [
        ("signed", signature.receipt_no)
    ]
    assert unbroken(letter).count("signed") == 1


def test_two_officers_of_one_society_leave_one_live_signature(people: Crowd):
    letter = factories.signing_open()
    text = letter.on_the_table.content_hash
    both = [Act(acts.sign, (factories.link_of(letter, name).pk, text)) for name in ("bob", "erin")]
    met = people.together(both)
    signature = Signature.objects.get()
    assert sorted(outcome.value for outcome in met) == [
        ("already", signature.receipt_no),
        ("signed", signature.receipt_no),
    ]
    assert unbroken(letter).count("signed") == 1


def test_a_signature_stays_under_the_version_whose_words_it_named(people: Crowd):
    letter = factories.signing_open(acts.listing(24))
    first = letter.on_the_table
    second = factories.draft.add_version(
        by=factories.alice(), letter=letter, upload=factories.upload(factories.LATER), now=factories.database_now()
    )
    links = list(factories.Link.objects.filter(invitation__letter=letter).order_by("pk").values_list("pk", flat=True))
    words = {link: (first if place % 2 else second).content_hash for place, link in enumerate(links)}
    signers = [Act(acts.sign, (link, words[link]), place / 100) for place, link in enumerate(links)]
    turn = Act(acts.slowly, (0.1, acts.publish, second.pk, ALICE), 0.1)
    *met, published = people.together([*signers, turn])
    assert published.value == State.SIGNING
    assert {outcome.error for outcome in met} == {"", "VersionMoved"}
    for link, outcome in zip(links, met, strict=True):
        if not outcome.error:
            row = Signature.objects.select_related("version").get(receipt_no=outcome.value[1])
            assert (row.content_hash, row.version.content_hash) == (words[link], words[link])
    accepted = [outcome.value[1] for outcome in met if not outcome.error]
    assert sorted(Signature.objects.values_list("receipt_no", flat=True)) == sorted(accepted)
    history = unbroken(letter)
    turn = history.index("review", history.index("invited"))
    under = [Signature.objects.filter(version=version).count() for version in Version.objects.order_by("number")]
    assert [history[:turn].count("signed"), history[turn:].count("signed")] == under


def test_who_waits_for_the_letter_until_after_the_deadline_is_too_late(people: Crowd):
    letter = factories.signing_open()
    link, text = factories.link_of(letter, "bob").pk, letter.on_the_table.content_hash
    soon = factories.database_now() + datetime.timedelta(seconds=1)
    Letter.objects.filter(pk=letter.pk).update(deadline=soon)
    held = Act(acts.slowly, (1.3, acts.look, letter.slug))
    _, met = people.together([held, Act(acts.sign, (link, text), 0.2)])
    assert (met.error, Signature.objects.count()) == ("NotNow", 0)
    assert met.message.startswith("The deadline was ")


def test_who_waits_for_a_close_is_told_when_it_was(people: Crowd):
    letter = factories.signing_open()
    factories.signed(letter, "carol")
    link, text = factories.link_of(letter, "bob").pk, letter.on_the_table.content_hash
    closed, met = people.together(
        [Act(acts.slowly, (0.4, acts.close, letter.slug, ALICE)), Act(acts.sign, (link, text), 0.2)]
    )
    assert (closed.error, met.error, Signature.objects.count()) == ("", "NotNow", 1)
    assert met.message.startswith("The letter was closed on ")


def test_a_withdrawal_and_the_seal_never_both_win(people: Crowd):
    ends = set()
    for number in range(8):
        letter = factories.closed("bob", "carol")
        bob = factories.link_of(letter, "bob")
        receipt = Signature.objects.get(invitation=bob.invitation).receipt_no
        edition = Edition.objects.get(letter=letter, superseded_at=None)
        pause = 0.004 * (number % 4 - 1)
        withdrawn, sealed = people.together(
            [Act(acts.withdraw, (bob.pk, receipt), max(0, pause)), Act(acts.mark_sealed, (edition.pk,), max(0, -pause))]
        )
        printed = [r["receipt"] for r in Edition.objects.get(letter=letter, superseded_at=None).roster]
        state = factories.fresh(letter).state
        if sealed.value:
            assert (withdrawn.error, state, receipt in printed) == ("NotNow", State.SEALED, True)
            assert withdrawn.message.startswith("The letter is sealed.")
        else:
            assert (withdrawn.value, state, receipt in printed) == (receipt, State.CLOSED, False)
            assert not Edition.objects.filter(letter=letter, sealed_at__isnull=False).exists()
        unbroken(letter)
        ends.add(bool(sealed.value))
    print(f"the winners were {['the withdrawal', 'the seal'] if len(ends) == 2 else ends}")


def test_two_workers_with_one_edition_seal_it_once(people: Crowd):
    letter = factories.closed("bob", "carol")
    edition = Edition.objects.get(letter=letter)
    met = people.together([Act(acts.mark_sealed, (edition.pk,))] * 6)
    assert sorted(outcome.value for outcome in met) == [False] * 5 + [True]
    assert unbroken(letter).count("sealed") == 1


def test_two_coordinators_who_publish_one_version_publish_it_once(people: Crowd):
    letter = factories.signing_open()
    second = factories.draft.add_version(
        by=factories.alice(), letter=letter, upload=factories.upload(factories.LATER), now=factories.database_now()
    )
    met = people.together([Act(acts.publish, (second.pk, ALICE))] * 4)
    assert sorted(outcome.error for outcome in met) == ["", "Overtaken", "Overtaken", "Overtaken"]
    assert {outcome.message for outcome in met if outcome.error} == {
        "Version 2 is already published; look again before you go on."
    }
    assert unbroken(letter).count("review") == 2


def test_a_decline_and_a_signature_of_one_society_do_not_both_stand(people: Crowd):
    letter = factories.signing_open()
    bob, erin = (factories.link_of(letter, name) for name in ("bob", "erin"))
    signed, declined = people.together(
        [Act(acts.sign, (bob.pk, letter.on_the_table.content_hash)), Act(acts.decline, (erin.pk,))]
    )
    assert not signed.error
    bob.invitation.refresh_from_db()
    # Whichever came second is what stands: a signature clears the decline, and forbids it.
    assert bob.invitation.response == ""
    assert declined.error in ("", "NotNow")
    assert unbroken(letter).count("signed") == 1


def test_late_signatures_and_their_close_leave_nobody_out_and_let_nobody_in_after_it(people: Crowd):
    letter = factories.signing_open(acts.listing(24))
    links = list(factories.Link.objects.filter(invitation__letter=letter).order_by("pk"))
    text = letter.on_the_table.content_hash
    acts.sign(links[0].pk, text)
    acts.mark_sealed(acts.close(letter.slug, ALICE))
    first = Edition.objects.get(letter=letter)
    chosen = links[1:21]
    acts.open_late(letter.slug, ALICE, [link.invitation_id for link in chosen])
    signers = [Act(acts.sign, (link.pk, text), place / 80) for place, link in enumerate(links[1:])]
    closers = [Act(acts.close_late, (letter.slug, ALICE), 0.15)] * 2
    *met, one, other = people.together(signers + closers)
    assert sorted([one.error, other.error]) == ["", "NotNow"]
    second = Edition.objects.get(letter=letter, number=2)
    accepted = sorted(outcome.value[1] for outcome in met if not outcome.error)
    old = first.roster[0]["receipt"]
    assert sorted(record["receipt"] for record in second.roster) == sorted([old, *accepted])
    assert [outcome.error for outcome in met[20:]] == ["NotNow"] * 3
    assert {outcome.error for outcome in met} == {"", "NotNow"}
    assert [record for record in second.roster if record["signed_at"] > instant(second.closed_at)] == []
    assert unbroken(letter)[-2:] == ["late closed", "frozen"]
    print(f"{len(accepted)} of 20 signed before the end of late signing")
