"""The verbs of a round: prepare a draft, send it once, drop it; the facts are read when it is sent."""

import datetime
from collections.abc import Collection

from django.db import transaction

from letters import lifecycle
from letters.lifecycle import NotNow, Overtaken
from letters.models import (
    DRAFTED,
    Event,
    Invitation,
    Letter,
    MailKind,
    Round,
    RoundState,
    State,
    User,
)  # fmt: skip
from letters.models.letter import IN_DISCUSSION
from letters.models.round import ONE_AT_A_TIME
from letters.notify import asked, wording
from letters.notify.recipients import Recipients, recipients


def refusal(letter: Letter, kind: str, now: datetime.datetime) -> str:
    """Why a round of this kind cannot be written as things stand, as a sentence; "" when it can."""
    ahead = letter.deadline is not None and now < letter.deadline
    state = letter.get_state_display()
    if kind == MailKind.INVITATION:
        listed = letter.state in IN_DISCUSSION and letter.invitations.exists()
        if not listed:
            return "Publish a version and put societies on the list, then open the letter for signature."
        return "" if ahead else "Set a deadline that lies ahead, then open the letter for signature."
    if kind == MailKind.NEW_VERSION:
        return "" if letter.state in IN_DISCUSSION else f"The letter is “{state}”; there is no new version to tell of."
    if kind in (MailKind.REMINDER, MailKind.EXTENDED) and (letter.state != State.SIGNING or not ahead):
        return "Nobody can sign now, so there is nothing to remind of. Extend the deadline first."
    if kind not in DRAFTED or letter.state in (State.DRAFT, State.ABANDONED):
        return f"The letter is “{state}”; nobody is written to."
    return ""


@transaction.atomic
def prepare(
    *,
    by: User | None,
    letter: Letter,
    kind: str,
    now: datetime.datetime,
    only: Collection[int] = (),
    planned_on: datetime.date | None = None,
) -> Round:
    """A draft of this kind to these invitations, or to all it fits; a draft nobody touched yet is used again.

    Raises NotNow when nothing of the kind can be sent as things stand.
    """
    row = lifecycle.locked(letter)
    why = refusal(row, kind, now)
    if why:
        raise NotNow(why)
    waiting = row.rounds.filter(kind=kind, state=RoundState.WAITING, planned_on=None)
    if kind not in ONE_AT_A_TIME:
        waiting = waiting.filter(created_by=by, wording={})
    made = None if planned_on else waiting.first()
    if made and made.version_id != row.current_id:
        Round.objects.filter(pk=made.pk).update(version=row.current, created_at=now, created_by=by)
    made = made or Round.objects.create(
        letter=row, kind=kind, version=row.current, created_by=by, created_at=now, planned_on=planned_on
    )
    made.only.set(Invitation.objects.filter(letter=row, pk__in=only))
    made.skipped.clear()
    return made


def waiting(letter: Letter, kind: str) -> Round | None:
    """The newest draft of this kind."""
    return letter.rounds.filter(kind=kind, state=RoundState.WAITING).first()


def languages(row: Round, letter: Letter, found: Recipients) -> dict[int, str]:
    """The language each officer is written to in, by link; a note is written once, in the letter's."""
    if row.kind == MailKind.NOTE:
        single = letter.language if letter.language in wording.NAMES else "en"
        return {link.pk: single for link in found.links}
    return {link.pk: wording.language_of(link, letter) for link in found.links}


@transaction.atomic
def send(*, by: User | None, row: Round, now: datetime.datetime) -> int:
    """Owe each officer the round goes to one mail, and return how many; an invitation opens the letter first.

    Raises Overtaken for a round that was sent or dropped, NotNow when the letter does not allow it any more, and
    BadWords, a NotNow, where the words cannot be sent. A second press finds the round sent.
    """
    letter = lifecycle.locked(row.letter)
    mine = Round.objects.filter(pk=row.pk, state=RoundState.WAITING)
    if not mine.update(state=RoundState.SENT, sent_at=now, sent_by=by):
        raise Overtaken("These mails were sent or dropped already; the list of mails shows what became of them.")
    why = refusal(letter, row.kind, now)
    if why:
        raise NotNow(why)
    if row.kind == MailKind.INVITATION and letter.state == State.REVIEW and by:
        letter = lifecycle.open_signing(letter, by=by, now=now)
    found = recipients(row, letter, now)
    spoken = languages(row, letter, found)
    said = {
        language: wording.words(letter, row.kind, language, row)
        for language in {spoken[link.pk] for link in found.going}
    }
    for language, text in said.items():
        wording.check(row.kind, language, text)
    true_now = wording.facts(letter, now)
    for link in found.going:
        language = spoken[link.pk]
        message = wording.rendered(row.kind, language, said[language], link, true_now, found.signature_of(link))
        asked.of_round(row, link, message, letter=letter, now=now)
    if row.kind == MailKind.INVITATION:
        societies = {link.invitation_id for link in found.going}
        Invitation.objects.filter(letter=letter, pk__in=societies, invited_at=None).update(invited_at=now)
    _record(letter, row, len(found.going), by, now)
    return len(found.going)


def _record(letter: Letter, row: Round, count: int, by: User | None, now: datetime.datetime) -> None:
    kind = "invited" if row.kind == MailKind.INVITATION else "mailed"
    data = {"officers": count} if kind == "invited" else {"officers": count, "what": row.get_kind_display()}
    Event.objects.append(letter, kind, actor="coordinator" if by else "system", by=by, at=now, data=data)


def drop(*, row: Round) -> bool:
    """Throw a draft away; False when it was sent or dropped already."""
    return bool(Round.objects.filter(pk=row.pk, state=RoundState.WAITING).update(state=RoundState.DROPPED))
