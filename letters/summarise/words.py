"""An officer's verbs on a version of a summary: approve it, say no, leave it to the lead society, take that back.

The letter is locked before anything is looked at, so that nothing changes a word while a journal gets the text.
"""

import datetime
from collections.abc import Callable

from django.db import transaction

from letters import behind, lifecycle
from letters.freshness import Presence
from letters.lifecycle import NotNow
from letters.models import (
    Delegation,
    Event,
    Invitation,
    Letter,
    Link,
    Officer,
    Role,
    State,
    Summary,
    SummaryApproval,
    SummaryVersion,
    database_now,
)
from letters.notify import summaries

Clock = Callable[[], datetime.datetime]


class SummaryMoved(NotNow):
    """Another version of the summary is up for approval than the one that was read."""


@transaction.atomic
def approve(
    *, by: Link, summary: Summary, content_hash: str, presence: Presence, clock: Clock = database_now
) -> SummaryApproval:  # fmt: skip
    """Approve for the society exactly the version with this hash; a second approval changes nothing.

    Raises NotNow (no society under the letter, no officer who may, gone out already) and SummaryMoved.
    """
    letter, version, now = _asked(by, summary, content_hash, clock)
    held = _own(by, version)
    if held and not held.refused:
        return held
    return _say(letter, by, version, presence, now)


@transaction.atomic
def refuse(
    *, by: Link, summary: Summary, content_hash: str, reason: str, presence: Presence, clock: Clock = database_now
) -> SummaryApproval:  # fmt: skip
    """Say no to the version with this hash; the coordinators are told, with the reason. Raises as approve does."""
    letter, version, now = _asked(by, summary, content_hash, clock)
    word = _say(letter, by, version, presence, now, refused=True, reason=reason.strip())
    summaries.refused(word, now=now)
    return word


@transaction.atomic
def leave(
    *, by: Link, summary: Summary, content_hash: str, presence: Presence, clock: Clock = database_now
) -> Delegation:  # fmt: skip
    """Leave all summaries of the letter to its lead society, in place of what was said of those not sent yet.

    Raises as approve does, and NotNow where no other society leads.
    """
    letter, _, now = _asked(by, summary, content_hash, clock)
    to = lead_of(letter, by.invitation)
    if to is None:
        raise NotNow("No other society leads this letter; approve the summary or say no.")
    for word in _own_words(by, letter):
        SummaryApproval.objects.filter(pk=word.pk).update(ended_at=now)
    live = Delegation.objects.filter(invitation=by.invitation, ended_at=None)
    held = live.filter(to=to).first()
    if held:
        return held
    live.update(ended_at=now)
    made = Delegation(
        invitation=by.invitation, to=to, officer=by.officer, authenticated=presence.how, recorded_at=now
    )  # fmt: skip
    made.save()
    _record(letter, by, "summaries left", now, private={"to": to.society.official_name})
    return made


@transaction.atomic
def take_back(*, by: Link, summary: Summary, content_hash: str, clock: Clock = database_now) -> None:
    """End what the society itself said of the version with this hash; raises NotNow when it said nothing."""
    letter, version, now = _asked(by, summary, content_hash, clock)
    held = _own(by, version)
    if held is None:
        raise NotNow("Your society has said nothing of this version; there is nothing to take back.")
    SummaryApproval.objects.filter(pk=held.pk).update(ended_at=now)
    _record(letter, by, "summary word ended", now, version)


@transaction.atomic
def decide_again(*, by: Link, clock: Clock = database_now) -> None:
    """No longer leave summaries to another society; with what was sent to a journal before, it stays."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    refuse_others(by, letter, now)
    if not Delegation.objects.filter(invitation=by.invitation, ended_at=None).update(ended_at=now):
        raise NotNow("Your society decides about summaries itself; there is nothing to take back.")
    _record(letter, by, "delegation ended", now)


def lead_of(letter: Letter, invitation: Invitation) -> Invitation | None:
    """The society that leads the letter and is printed under it, unless it is this one."""
    signed = [one.invitation for one in behind.printed(letter) if one.withdrawn_at is None]
    return next((one for one in signed if one.lead and one.pk != invitation.pk), None)


def may_speak(link: Link, day: datetime.date) -> bool:
    """Whether the officer of this link is one who speaks for the society on that day."""
    may = link.officer.role == Role.SIGNER or (link.officer.role == Role.APPROVER and link.invitation.two_people)
    return may and link.officer.in_office_on(day)


def refuse_others(by: Link, letter: Letter, now: datetime.datetime) -> None:
    """Only an officer in office, by a live link, for a society that stands under the letter; raises NotNow."""
    seat = Officer.objects.get(pk=by.officer_id)
    fresh = Link.objects.live().filter(pk=by.pk).select_related("invitation").first()
    if fresh is None or not may_speak(Link(officer=seat, invitation=fresh.invitation), now.date()):
        raise NotNow(f"{seat} cannot speak for this society; ask the coordinator to correct the list.")
    if letter.state == State.ABANDONED:
        raise NotNow("The letter was given up; its summaries with it.")
    if not any(one.invitation_id == by.invitation_id and not one.withdrawn_at for one in behind.printed(letter)):
        raise NotNow("A summary is approved by the societies that signed the letter as it stands; sign it first.")


def _asked(
    by: Link, summary: Summary, content_hash: str, clock: Clock
) -> tuple[Letter, SummaryVersion, datetime.datetime]:
    """The letter, locked, the version up for approval and the time, where the officer may speak."""
    letter = lifecycle.locked(by.invitation.letter)
    now = clock()
    version = Summary.objects.select_related("current__summary__letter__owner").get(pk=summary.pk).current
    if version is None:
        raise NotNow("This summary is not published yet.")
    if version.content_hash != content_hash:
        raise SummaryMoved(f"Version {version.number} is now up for approval. Nothing was recorded; read it first.")
    refuse_others(by, letter, now)
    if version.pk in behind.went_out([version]) and _spoke(by, version):
        raise NotNow(
            f"Version {version.number} went to a journal with what your society said; that can no longer be changed."
        )
    return letter, version, now


def _spoke(by: Link, version: SummaryVersion) -> bool:
    rows = behind.places(version)
    return any(row.invitation.pk == by.invitation_id and row.how != behind.How.SILENT for row in rows)


def _own(by: Link, version: SummaryVersion) -> SummaryApproval | None:
    return SummaryApproval.objects.live().filter(invitation=by.invitation, version=version).first()


def _own_words(by: Link, letter: Letter) -> list[SummaryApproval]:
    """What the society itself said of the versions that are up for approval and went nowhere yet."""
    current = letter.summaries.exclude(current=None).values("current")
    words = list(SummaryApproval.objects.live().filter(invitation=by.invitation, version__in=current))
    gone = behind.went_out([word.version for word in words])
    return [word for word in words if word.version_id not in gone]


def _say(
    letter: Letter, by: Link, version: SummaryVersion, presence: Presence, now: datetime.datetime,
    *, refused: bool = False, reason: str = "",
) -> SummaryApproval:  # fmt: skip
    """Write the society's word in the place of the one before it, and record it."""
    SummaryApproval.objects.live().filter(invitation=by.invitation, version=version).update(ended_at=now)
    word = SummaryApproval(
        version=version, invitation=by.invitation, content_hash=version.content_hash, officer=by.officer,
        printed_name=by.officer.printed_name, office=by.officer.office, authenticated=presence.how, approved_at=now,
        refused=refused, reason=reason,
    )  # fmt: skip
    word.save()
    private = {"reason": reason} if reason else {}
    _record(letter, by, "summary refused" if refused else "summary approved", now, version, private=private)
    return word


def _record(
    letter: Letter, by: Link, kind: str, now: datetime.datetime, version: SummaryVersion | None = None,
    *, private: dict[str, str] | None = None,
) -> None:  # fmt: skip
    facts = {}
    if version:
        facts = {
            "summary": version.summary.number, "version": version.number, "content_hash": version.content_hash
        }  # fmt: skip
    details = {"society": by.invitation.society.official_name, "officer": str(by.officer), **(private or {})}
    Event.objects.append(letter, kind, actor="officer", by=by.officer.user, at=now, data=facts, private=details)
