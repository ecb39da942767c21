"""What the pages of the notice kit show, read from the rows; nothing before the release."""

from letters.models import Edition, Letter, Link, Picture, State
from letters.notify.kits import Kit, journal_of, kit_of, standing
from letters.notify.wording import language_of
from letters.record.shelf import edition_of


def _edition(letter: Letter) -> Edition | None:
    return edition_of(letter) if letter.state == State.PUBLISHED else None


def picture_of(letter: Letter) -> Picture | None:
    """The picture for all societies of the newest edition; None until it is drawn."""
    edition = _edition(letter)
    rows = Picture.objects.filter(edition=edition, invitation=None).select_related("document")
    return rows.first() if edition else None


def kit_for(link: Link) -> Kit | None:
    """The kit of the officer's society; None before the release, and where the society is not printed."""
    edition = _edition(link.invitation.letter)
    signature = standing(edition).get(link.invitation_id) if edition else None
    if edition is None or signature is None:
        return None
    return kit_of(edition, signature, journal_of(edition), language_of(link, edition.letter))


def picture_for(link: Link) -> Picture | None:
    """The society's own picture; None until it is drawn."""
    edition = _edition(link.invitation.letter)
    rows = Picture.objects.filter(edition=edition, invitation=link.invitation_id).select_related("document")
    return rows.first() if edition else None
