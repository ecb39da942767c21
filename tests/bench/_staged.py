"""A closed letter with as many signatures as wanted, its roster frozen and its seal owed.

Events, signatures and roster are written in bulk, all signatures for one society: what is tried is sealing them.
"""

import datetime
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import transaction

from letters import lifecycle
from letters.models import Edition, Event, Letter, Link, RosterRecord, Signature, State, database_now
from letters.proof.chain import event_hash
from letters.submit import actions as submit
from tests import factories
from tests.bench._signatories import roster, signed_by

CHUNK = 1_000


def owed(number: int) -> Edition:
    """The frozen edition of a letter so many societies signed, whose seal is owed."""
    letter = factories.signing_open()
    edition = _frozen(factories.fresh(letter), number)
    return submit.seal(by=factories.alice(), letter=factories.fresh(letter), now=edition.closed_at)


@transaction.atomic
def _frozen(letter: Letter, number: int) -> Edition:
    version = letter.on_the_table
    same = {"version": version.number, "content_hash": version.content_hash}
    records = [record | same for record in roster(number)]
    rows = (Event(letter=letter, **fields) for fields in _chained(letter, records))
    while chunk := list(islice(rows, CHUNK)):
        Event.objects.bulk_create(chunk)
    letter.save(update_fields=["events_count", "events_head"])
    now = database_now()
    letter = lifecycle.move(letter, State.CLOSED, by=factories.alice(), now=now)
    edition = Edition(letter=letter, number=1, version=version, counts={}, root="", closed_at=now)
    edition.save()
    signatures = _signatures(factories.link_of(letter, "bob"), records, now)
    root, counting = RosterRecord.objects.write(edition, zip(signatures, records, strict=True))
    Edition.objects.filter(pk=edition.pk).update(root=root, counts=counting.counts())
    facts = {"edition": 1, **same, "root": root, "count": number}
    Event.objects.append(letter, "frozen", actor="system", by=None, at=now, data=facts)
    return edition


def _signatures(link: Link, records: list[dict[str, Any]], now: datetime.datetime) -> Iterator[Signature]:
    """A row for each record; they count as replaced, so that one society can have given them all."""
    same = {"invitation": link.invitation, "officer": link.officer, "authenticated_at": now, "replaced_at": now}
    taken = ("content_hash", "statement", "statement_hash", "printed_name", "office", "authenticated", "salt")
    waiting = iter(records)
    while chunk := list(islice(waiting, CHUNK)):
        yield from Signature.objects.bulk_create(
            Signature(
                **same, **{name: record[name] for name in taken}, version=link.invitation.letter.on_the_table,
                receipt_no=record["receipt"], society_name=record["society"],
                signed_at=datetime.datetime.fromisoformat(record["signed_at"]),
            )
            for record in chunk
        )  # fmt: skip


def _chained(letter: Letter, records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The events of these signatures, each behind the one before; the letter's head is moved on with them."""
    for record in records:
        event = signed_by(record) | {"seq": letter.events_count + 1, "prev": letter.events_head}
        letter.events_count, letter.events_head = event["seq"], event_hash(event)
        yield event | {"hash": letter.events_head, "at": datetime.datetime.fromisoformat(event["at"])}
