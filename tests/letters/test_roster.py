"""A roster as rows: each record in its place, and those of earlier installations laid out as they were."""

import importlib
import json

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from letters.models import Edition, RosterRecord, Signature
from letters.models import roster as rows
from letters.models.version import Frozen
from letters.proof import merkle
from letters.proof.records import canonical_json
from tests import factories

roster = importlib.import_module("letters.migrations.0018_roster")

RECORDS = [{"society": "A, [B] {C}", "mandate": {"body": "Board"}}, {"society": '日本 "痛" 𠮷', "slot": 2}, {}]


def pieces(text: str, size: int) -> list[bytes]:
    data = text.encode()
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize("text", [json.dumps(RECORDS), json.dumps(RECORDS, ensure_ascii=False, separators=(",", ":"))])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 2**18])
def test_records_are_those_of_the_text_in_their_order(text, size):
    assert list(roster.read(pieces(text, size))) == RECORDS


def test_an_empty_list_has_no_records():
    assert list(roster.read([b"[]"])) == []


@pytest.mark.parametrize("text", ["", "{}", '[{"a": 1}', '[{"a": 1} 2', "[}", '[{"a": 1}]]', '[{"a": 1}]['])
@pytest.mark.parametrize("size", [1, 2**18])
def test_another_text_is_no_roster(text, size):
    with pytest.raises(ValueError, match="A roster is a list of records"):
        list(roster.read(pieces(text, size)))


@pytest.mark.django_db
@pytest.mark.parametrize("chunk", [1, 2, 1_000])
def test_the_records_of_an_edition_are_those_of_its_signatures_in_their_order(monkeypatch, chunk):
    monkeypatch.setattr(rows, "CHUNK", chunk)
    factories.closed("bob", "carol", "sato")
    edition = Edition.objects.get()
    given = Signature.objects.in_printed_order()
    assert edition.roster == [signature.as_record(place) for place, signature in enumerate(given, start=1)]
    assert [record["society"] for record in edition.records()][-1] == "日本計数学会"
    assert list(edition.signatures()) == list(given)
    leaves = list(edition.enrolled.values_list("leaf", flat=True))
    assert [bytes(leaf) for leaf in leaves] == [merkle.leaf(canonical_json(one)) for one in edition.roster]
    assert edition.root == merkle.root([canonical_json(one) for one in edition.roster]).hex()


@pytest.mark.django_db
def test_a_roster_holds_no_place_and_no_signature_twice_and_is_not_written_again():
    edition = Edition.objects.get(pk=factories.closed("bob", "carol").editions.get().pk)
    first, second = edition.enrolled.order_by("position")
    for place, signature in ((1, second.signature), (3, first.signature)):
        row = RosterRecord.of(edition, place, signature, first.record)
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
    with pytest.raises(Frozen):
        first.save()


@pytest.mark.django_db
@pytest.mark.parametrize("chunk", [2, 500])
def test_rosters_of_earlier_installations_are_laid_out_as_they_were(monkeypatch, chunk):
    monkeypatch.setattr(roster, "CHUNK", chunk)
    factories.closed("bob", "carol", "sato")
    edition, told = Edition.objects.get(), ("position", "signature", "leaf", "kind", "society", "sought", "record")
    before = [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in _values(edition, told)]
    records = edition.roster
    RosterRecord.objects.all().delete()
    roster.lay(apps, edition.pk, roster.read(pieces(json.dumps(records), 10)))
    assert [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in _values(edition, told)] == (
        before
    )
    assert len(before) == 3


def _values(edition, fields):
    return edition.enrolled.order_by("position").values_list(*fields)
