"""Draws the pictures of a released edition and stores each under its society; how they look is card's."""

from django.db import transaction

from letters import jobs, lifecycle
from letters.models import Document, Edition, Job, Letter, Picture, Signature, database_now
from letters.models.document import Kind
from letters.render.card import Card, cards
from letters.render.pdf import Unprintable
from signon.site import absolute


def draw_pictures(job: Job) -> None:
    """One picture for each society of the edition and one for all; a second run finds them and draws nothing."""
    edition = Edition.objects.select_related("letter", "version").get(pk=job.subject)
    if Picture.objects.filter(edition=edition, invitation=None).exists():
        return
    wanted = _wanted(edition)
    now = database_now()
    try:
        drawn = cards(list(wanted.values()), address=absolute(edition.letter.get_absolute_url()), now=now)
    except Unprintable as error:
        raise jobs.GiveUp(f"The pictures to share could not be drawn: {error}") from error
    with transaction.atomic():
        lifecycle.locked(edition.letter)
        if Picture.objects.filter(edition=edition).exists():
            return
        for invitation, data in zip(wanted, drawn, strict=True):
            document = Document.objects.keep(data, kind=Kind.PICTURE, edition=edition, now=now)
            Picture.objects.create(edition=edition, invitation_id=invitation or None, document=document)


def _wanted(edition: Edition) -> dict[int, Card]:
    """The card of each society by its invitation, and that for all under 0."""
    title, count, place = edition.version.title, edition.societies, _place(edition.letter)
    found = {0: Card(title, count, place)}
    receipts = [record["receipt"] for record in edition.roster]
    countries = {record["receipt"]: record["country"] for record in edition.roster}
    for signature in Signature.objects.filter(receipt_no__in=receipts).order_by("pk"):
        card = Card(title, count, place, signature.society_name, countries[signature.receipt_no])
        found.setdefault(signature.invitation_id, card)
    return found


def _place(letter: Letter) -> str:
    """The address of the letter without what nobody reads."""
    return absolute(letter.get_absolute_url()).split("://", 1)[-1]
