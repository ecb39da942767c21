"""Tells the officers who signed, or their successors, that the letter is sealed; one job per edition, one mail each."""

import datetime
from itertools import islice

from django.db import transaction
from django.db.models import Q

from letters.models import Edition, Job, Link, Signature, database_now
from letters.notify import owed

PIECE = 2_000  # signatures whose officers are read at once; a database takes only so many receipts in one question


@transaction.atomic
def announce_edition(job: Job) -> None:
    """Owe each officer in the roster the address of the PDF; running twice owes nothing twice."""
    edition = Edition.objects.select_related("letter", "version").get(pk=job.subject)
    now, receipts = database_now(), (record["receipt"] for record in edition.records())
    while piece := list(islice(receipts, PIECE)):
        _announce(edition, piece, now)


def _announce(edition: Edition, receipts: list[str], now: datetime.datetime) -> None:
    signed = Signature.objects.filter(receipt_no__in=receipts)
    officers = signed.values("officer")
    links = Link.objects.live().filter(invitation__in=signed.values("invitation"))
    links = links.filter(Q(officer__in=officers) | Q(officer__follows__in=officers))
    for link in links.select_related("officer__user", "invitation__society", "invitation__letter"):
        owed.sealed(link, edition, now=now)
