"""Tells the officers who signed, or their successors, that the letter is sealed; one job per edition, one mail each."""

from django.db import transaction
from django.db.models import Q

from letters.models import Edition, Job, Link, Signature, database_now
from letters.notify import owed


@transaction.atomic
def announce_edition(job: Job) -> None:
    """Owe each officer in the roster the address of the PDF; running twice owes nothing twice."""
    edition = Edition.objects.select_related("letter", "version").get(pk=job.subject)
    receipts = [record["receipt"] for record in edition.roster]
    signed = Signature.objects.filter(receipt_no__in=receipts)
    officers = signed.values("officer")
    links = Link.objects.live().filter(invitation__in=signed.values("invitation"))
    links = links.filter(Q(officer__in=officers) | Q(officer__follows__in=officers))
    now = database_now()
    for link in links.select_related("officer__user", "invitation__society", "invitation__letter"):
        owed.sealed(link, edition, now=now)
