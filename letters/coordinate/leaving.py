"""Takes a society off the list of a letter, while nothing went to it and nothing came from it."""

import datetime

from django.db import transaction
from django.db.models import ProtectedError

from letters import lifecycle
from letters.lifecycle import NotNow
from letters.models import Event, Invitation, Letter, Link, User
from letters.models.letter import BEFORE_CLOSE

SAID = (
    "Something was already sent to {society}, or came from it, so it stays on the list. "
    "Record on the page Societies that it declined; then nobody writes to it any more."
)


@transaction.atomic
def take_off(*, by: User, letter: Letter, invitation: Invitation, now: datetime.datetime) -> None:
    """Remove the invitation with its links. The society and its officers stay in the registry.

    Raises NotNow after the close, and where a mail, a reading or a word of the society is on record: every row that
    tells of one protects the invitation or its link from being deleted.
    """
    row = lifecycle.locked(letter)
    if row.state not in BEFORE_CLOSE:
        raise NotNow(f"The letter is “{row.get_state_display()}”; its list of societies can no longer change.")
    held = Invitation.objects.select_for_update(of=("self",)).select_related("society").get(pk=invitation.pk)
    said = SAID.format(society=held.society)
    links = Link.objects.filter(invitation=held)
    if held.invited_at or held.response or links.exclude(last_read=None).exists():
        raise NotNow(said)
    officers = links.count()
    try:
        with transaction.atomic():
            links.delete()
            held.delete()
    except ProtectedError as error:
        raise NotNow(said) from error
    facts = {"society": held.society.official_name, "officers": officers}
    Event.objects.append(row, "taken off", actor="coordinator", by=by, at=now, private=facts)
