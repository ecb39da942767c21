"""Who may act for a society, and why nobody can sign now; asked by every verb of signing."""

import datetime

from letters.lifecycle import NotNow
from letters.models import Letter, Link, State


def refuse_others(by: Link, now: datetime.datetime) -> None:
    """Only a signer in office, by a link that was not taken back, acts for the society; raises NotNow."""
    if not by.officer.may_sign_on(now.date()) or not Link.objects.live().filter(pk=by.pk).exists():
        raise refusal(by)


def refusal(by: Link) -> NotNow:
    """What somebody reads who may not act for the society."""
    return NotNow(f"{by.officer} cannot act for this society; ask the coordinator to correct the list.")


def closed_sentence(letter: Letter) -> str:
    """Why nobody can sign now, in one sentence."""
    zone = letter.zone
    if letter.state == State.REVIEW:
        return "The letter is in review and not open for signature; you will get a mail when it is."
    if letter.state == State.SIGNING and letter.deadline:
        local = letter.deadline.astimezone(zone)
        return f"The deadline was {local.day} {local:%B %Y at %H:%M} ({zone.key}). Ask the coordinator to extend it."
    closing = letter.editions.order_by("-closed_at").first()
    if closing:
        at = closing.closed_at.astimezone(zone)
        return f"The letter was closed on {at.day} {at:%B %Y at %H:%M:%S} ({zone.key}). Nothing more can be signed."
    return f"The letter is “{letter.get_state_display()}” and not open for signature."
