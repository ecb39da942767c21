"""The pictures to share of a released edition: one for all by a job, a society's own when it asks.

The picture for all is a document, since the public page names it. A society's own is drawn for whoever asks and kept
under the hash of what it is drawn from: of a hundred thousand societies few ask, and one thrown away is drawn anew.
How they look is left to card.
"""

import dataclasses
from pathlib import Path

from django.conf import settings
from django.db import transaction

from letters import jobs, lifecycle
from letters.models import Document, Edition, Job, Letter, Picture, Signature, database_now
from letters.models.document import Kind
from letters.render.card import Card, cards, page_of
from letters.render.draft import in_turn
from letters.render.parts import Shelf, key_of
from letters.render.pdf import Unprintable
from letters.render.store import KEPT
from signon.site import absolute


def draw_picture(job: Job) -> None:
    """The picture for all societies of the edition; a second run finds it and draws nothing."""
    edition = Edition.objects.select_related("letter", "version").get(pk=job.subject)
    if Picture.objects.filter(edition=edition).exists():
        return
    now = database_now()
    _shelf().sweep((now - KEPT).timestamp())
    try:
        (drawn,) = cards([_card(edition)], address=_address(edition.letter), now=now)
    except Unprintable as error:
        raise jobs.GiveUp(f"The picture to share could not be drawn: {error}") from error
    with transaction.atomic():
        lifecycle.locked(edition.letter)
        if not Picture.objects.filter(edition=edition).exists():
            document = Document.objects.keep(drawn, kind=Kind.PICTURE, edition=edition, now=now)
            Picture.objects.create(edition=edition, document=document)


def own_picture(edition: Edition, signature: Signature) -> bytes:
    """The PNG with the name of the society that gave this signature, drawn in seconds where it is not kept.

    One is drawn at a time in each process. Raises Unprintable, PressFailed, and draft.Busy.
    """
    record = edition.enrolled.get(signature=signature).record
    card = dataclasses.replace(_card(edition), society=signature.society_name, country=record["country"])
    shelf, key = _shelf(), key_of(page_of([card]).encode())
    if not shelf.has(key):
        (drawn,) = cards([card], address=_address(edition.letter), now=database_now(), printer=in_turn)
        shelf.put(key, drawn)
    return shelf.path(key).read_bytes()


def _shelf() -> Shelf:
    return Shelf(Path(settings.DATA) / "pictures")


def _card(edition: Edition) -> Card:
    """The card for all; the address is without what nobody reads."""
    return Card(edition.version.title, edition.societies, _address(edition.letter).split("://", 1)[-1])


def _address(letter: Letter) -> str:
    return absolute(letter.get_absolute_url())
