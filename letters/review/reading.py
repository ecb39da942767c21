"""What an officer's reading page shows, read from the rows; it changes nothing."""

import dataclasses

from letters.models import Approval, Link, Response, Signature, Version
from letters.text.diff import Redline, redline


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """Where the officer's society stands: a live signature in this place, a colleague's, or another answer."""

    signature: Signature | None
    is_current: bool
    is_own: bool
    answered: bool
    # Where the society signs with two people: whether it waits for the release of the version on the table, and what
    # the approver said of it.
    waits: bool = False
    word: Approval | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """How many societies signed the version on the table, and their names."""

    signed: int
    societies: int
    names: list[str]


def standing(link: Link) -> Standing:
    """The society's standing in this officer's place (one query, two where the society signs with two people)."""
    live = Signature.objects.filter(invitation=link.invitation, slot=link.slot).live()
    signature = live.select_related("version", "officer").first()
    word = _word(link) if link.invitation.two_people else None
    return Standing(
        signature=signature,
        is_current=bool(signature and signature.version_id == link.invitation.letter.current_id),
        is_own=bool(signature and signature.officer_id == link.officer_id),
        answered=link.invitation.response != Response.NONE,
        waits=link.invitation.two_people and (word is None or word.declined),
        word=word,
    )


def _word(link: Link) -> Approval | None:
    return Approval.objects.live().filter(invitation=link.invitation, version=link.invitation.letter.current).first()


def progress(link: Link) -> Progress:
    """Who signed the version on the table, in printed order (two queries)."""
    letter = link.invitation.letter
    signed = Signature.objects.filter(version=letter.current).live().in_printed_order()
    names = list(dict.fromkeys(signed.values_list("society_name", flat=True)))
    return Progress(len(names), letter.invitations.count(), names)


def read_before(link: Link, signature: Signature | None) -> Version | None:
    """The earlier version to compare with: the one signed, else last acted on, else on the table when invited."""
    current = link.invitation.letter.current
    before = signature.version if signature else link.last_read or _when_invited(link)
    return before if before and current and before.pk != current.pk else None


def _when_invited(link: Link) -> Version | None:
    circulated = link.invitation.letter.versions.filter(circulated_at__lte=link.invitation.invited_at)
    return circulated.order_by("number").last()


def changes(old: Version, new: Version) -> Redline:
    """What changed between two versions, word by word."""
    return redline(old.parts, new.parts)
