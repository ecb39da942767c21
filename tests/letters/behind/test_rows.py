"""Who is printed before and after the seal, what waits for whom, and in how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.behind import behind, places, printed, standings, waiting
from letters.models import database_now
from letters.sign import actions as signing
from tests import factories
from tests.letters.summarise import stage

pytestmark = pytest.mark.django_db


def names(rows):
    return [row.invitation.society.short_name for row in rows]


def sealed(*signers):
    """A letter sealed without paper: nothing here reads the file."""
    letter = stage.letter(*signers)
    edition = factories.lifecycle.close(letter, by=factories.alice())
    document = signing.Document.objects.keep(b"paper", kind="pdf", edition=edition, now=database_now())
    factories.lifecycle.mark_sealed(edition, document=document, now=database_now())
    return factories.fresh(letter)


def test_before_the_seal_those_are_printed_whose_signature_stands_on_the_version_on_the_table():
    letter = stage.letter()
    assert names(printed(letter)) == ["SDS", "NSC", "JSC"]
    factories.second_version(letter)
    factories.signed(factories.fresh(letter), "bob")
    assert names(printed(factories.fresh(letter))) == ["NSC"]


def test_after_the_seal_the_newest_sealed_roster_counts():
    letter = sealed("bob", "carol")
    assert names(printed(letter)) == ["SDS", "NSC"]


def test_support_taken_back_after_the_seal_is_no_longer_behind_a_summary():
    letter = sealed("bob", "carol")
    summary = stage.published(letter)
    stage.approve(summary, "bob", "carol")
    link = factories.link_of(letter, "bob")
    signing.note(by=link, signature=link.invitation.signatures.get(), words="We changed our mind.")
    assert [(*names([one]), one.withdrawn_at is None) for one in printed(letter)] == [("SDS", True), ("NSC", False)]
    assert names(behind(stage.version_of(summary))) == ["SDS"]
    assert names(places(stage.version_of(summary))) == ["SDS"]


def test_a_summary_waits_for_each_society_until_it_spoke_or_left_it():
    letter = stage.letter("bob", "carol")
    one, two = stage.published(letter, name="One"), stage.published(letter, stage.LATER, name="Two")
    ids = {name: factories.link_of(letter, name).invitation_id for name in ("bob", "carol", "sato")}
    assert waiting(ids.values()) == {ids["bob"]: [one, two], ids["carol"]: [one, two]}
    stage.approve(one, "bob")
    stage.refuse(two, "carol")
    assert waiting(ids.values()) == {ids["bob"]: [two], ids["carol"]: [one]}
    stage.leave(two, "bob")
    assert waiting(ids.values()) == {ids["carol"]: [one]}


def test_what_waits_is_found_in_one_query(django_assert_num_queries):
    letter = stage.letter()
    stage.published(letter)
    ids = list(letter.invitations.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        assert len(waiting(ids)) == 3


@pytest.mark.slow
def test_standings_take_the_same_queries_for_one_and_for_ten():
    letter = stage.letter()
    counts = []
    for rows in (1, 9):
        for n in range(rows):
            stage.published(letter, stage.TEXT + f"\nNumber {rows} {n}.\n")
        versions = [row.current for row in letter.summaries.select_related("current")]
        with CaptureQueriesContext(connection) as asked:
            found = standings(letter, versions)
        assert len(found) == len(versions)
        counts.append(len(asked))
    assert counts == [5, 5]
