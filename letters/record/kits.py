"""What the pages of the notice kit show, read from the rows; nothing before the release."""

from letters.models import Edition, Letter, Link, Picture, Signature, State
from letters.notify.kits import Kit, journal_of, kit_of, standing
from letters.notify.wording import language_of
from letters.record.shelf import edition_of
from letters.render.shares import own_picture


def _edition(letter: Letter) -> Edition | None:
    return edition_of(letter) if letter.state == State.PUBLISHED else None


def picture_of(letter: Letter) -> Picture | None:
    """The picture for all societies of the newest edition; None until it is drawn."""
    edition = _edition(letter)
    return Picture.objects.filter(edition=edition).select_related("document").first() if edition else None


def kit_for(link: Link) -> Kit | None:
    """The kit of the officer's society; None before the release, and where the society is not printed."""
    edition, signature = _printed(link)
    if edition is None or signature is None:
        return None
    return kit_of(edition, signature, journal_of(edition), language_of(link, edition.letter))


def picture_for(link: Link) -> bytes | None:
    """The society's own picture; None where there is no kit. Raises as own_picture does."""
    edition, signature = _printed(link)
    return own_picture(edition, signature) if edition and signature else None


def _printed(link: Link) -> tuple[Edition | None, Signature | None]:
    edition = _edition(link.invitation.letter)
    return edition, standing(edition, [link.invitation_id]).get(link.invitation_id) if edition else None
