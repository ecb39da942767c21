"""Who is owed which message among those who run a letter; what officers are told is owed.py's."""

import datetime

from django.conf import settings

from letters.models import Approval, Coordinator, Invitation, Link, Mail, MailKind, TeamRole, User
from letters.notify import owed
from signon.site import absolute


def unreleased_at_the_desk(approval: Approval, by: Link, *, now: datetime.datetime) -> list[Mail]:
    """Tells those who run the letter that an approver refused a version or took a release back."""
    letter = by.invitation.letter
    return [
        owed.owe(
            MailKind.UNRELEASED, f"{MailKind.UNRELEASED}:{approval.pk}:desk:{person.user.pk}", letter=letter, now=now,
            to=person.user, to_name=str(person.user),
            context={"society": by.invitation.society, "approval": approval, "version": approval.version},
        )
        for person in letter.coordinators.select_related("user")
    ]  # fmt: skip


def answered(link: Link, invitation: Invitation, *, now: datetime.datetime) -> list[Mail]:
    """Tells the coordinators who want it, never observers, what a society says short of signing."""
    letter = link.invitation.letter
    return [
        owed.owe(
            MailKind.RESPONSE, f"response:{invitation.pk}:{now.timestamp():.6f}:{person.user.pk}", letter=letter,
            now=now, to=person.user, to_name=str(person.user),
            context={"society": invitation.society, "invitation": invitation, "officer": link.officer},
        )
        for person in letter.coordinators.filter(role=TeamRole.COORDINATOR, mail_answers=True).select_related("user")
    ]  # fmt: skip


def team(person: Coordinator, what: str, *, by: User, now: datetime.datetime) -> Mail:
    """Tells somebody of the team that they are in it ("joined"), are offered the letter, or handed it over."""
    letter = person.letter
    key = f"{MailKind.TEAM}:{person.pk}:{what}:{now.timestamp():.6f}"
    facts = {
        "what": what, "by": by, "person": person, "address": absolute(f"/manage/{letter.slug}/team"),
        "sign_in": absolute("/signin"), "key_needed": settings.COORDINATORS_NEED_A_KEY,
    }  # fmt: skip
    return owed.owe(MailKind.TEAM, key, letter=letter, now=now, to=person.user, to_name=str(person), context=facts)
