"""Puts the societies of a letter into its printed order; what the order is, a coordinator says elsewhere."""

from django.db.models import Max

from letters.models import Invitation, Letter, Order
from letters.text.collation import collation_key


def arrange(letter: Letter) -> None:
    """Put the societies in the letter's own order, for example after others were added; the letter is locked."""
    found = invitations(letter)
    by_name = {i.pk: collation_key(i.society.as_printed, letter.language) for i in found}

    def key(invitation: Invitation) -> tuple[object, ...]:
        first = (invitation.society.kind, not invitation.lead)
        if letter.order == Order.NAME:
            return *first, by_name[invitation.pk]
        if letter.order == Order.COUNTRY:
            country = invitation.society.country
            return *first, not country, country, by_name[invitation.pk]
        return *first, invitation.position

    write_places(letter, sorted(found, key=key))


def invitations(letter: Letter) -> list[Invitation]:
    """The letter's invitations with their societies, in printed order: societies, then organisations, then persons."""
    found = Invitation.objects.filter(letter=letter).select_related("society")
    return list(found.order_by("society__kind", "position"))


def write_places(letter: Letter, wanted: list[Invitation]) -> None:
    """Positions 1, 2, 3 …; moved out of the way first, because each may be taken only once at any moment."""
    if [invitation.position for invitation in wanted] == list(range(1, len(wanted) + 1)):
        return
    beyond = (letter.invitations.aggregate(last=Max("position"))["last"] or 0) + len(wanted)
    for start in (beyond, 0):
        for place, invitation in enumerate(wanted, start=start + 1):
            invitation.position = place
        Invitation.objects.bulk_update(wanted, ["position"], batch_size=500)
