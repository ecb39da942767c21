"""How a journal takes a text, proposed from what is on record about it; a person may choose otherwise."""

from collections.abc import Sequence

from letters.models import Journal, JournalContact, Target
from letters.models.journal import TAKES, Channel

CHOICES = [
    (Channel.MAIL.value, "By e-mail from this site"),
    (Channel.FORM.value, "By the journal’s web form, by hand"),
    (Channel.SYSTEM.value, "By the journal’s submission system, by hand"),
]


def proposed(journal: Journal, target: Target | None, channel: str = "") -> tuple[str, str]:
    """(channel, address): the first way on record, or the one chosen with its address; the address may be empty.

    Where each paper has a form of its own, the paper's address stands in.
    """
    ways: Sequence[JournalContact] = [one for one in journal.contacts.all() if one.way in TAKES]
    if not channel:
        channel = ways[0].way if ways else Channel.MAIL
    address = next((one.address for one in ways if one.way == channel), "")
    if channel == Channel.MAIL:
        return channel, address or journal.email
    return channel, address or (f"https://doi.org/{target.doi}" if target else "")
