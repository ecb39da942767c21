"""What an edition says of its roster without reading it."""

import pytest

from letters.models import Edition
from letters.models.roster import Counting
from tests import factories

pytestmark = pytest.mark.django_db


def record(society, kind="", interests=""):
    return {"society": society, "interests": interests} | ({"kind": kind} if kind else {})


def counts_of(roster):
    counting = Counting()
    for one in roster:
        counting.take(one)
    return counting.counts()


def test_counts_tell_each_kind_and_who_declared_nothing():
    roster = [record("A", interests="Shares."), record("A"), record("B"), record("P", "person")]
    counts = counts_of(roster)
    assert counts == {"signed": {"": 2, "person": 1}, "silent": {"": 1, "person": 1}}
    edition = Edition(counts=counts)
    assert (edition.signers, edition.undeclared, edition.societies) == (
        "2 societies and 1 person", "1 society and 1 person", 3
    )  # fmt: skip


def test_nobody_is_named_undeclared_where_all_declared():
    assert Edition(counts=counts_of([record("A", interests="Shares.")])).undeclared == ""


def test_an_edition_counts_its_roster_without_reading_it(django_assert_num_queries):
    factories.closed("bob", "carol")
    with django_assert_num_queries(1):
        edition = Edition.objects.get()
        assert (edition.signers, edition.societies) == ("2 societies", 2)
    with django_assert_num_queries(1):
        assert [entry["position"] for entry in edition.roster] == [1, 2]


def test_an_edition_knows_whose_signature_it_holds_without_reading_its_roster(django_assert_num_queries):
    factories.closed("bob", "carol")
    edition = Edition.objects.get()
    receipt = edition.roster[1]["receipt"]
    with django_assert_num_queries(1):
        assert edition.holds(receipt)
    assert [other for other in (receipt[:-1], f"{receipt}0", "", "%") if edition.holds(other)] == []
