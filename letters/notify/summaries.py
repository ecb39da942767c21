"""Who is asked to approve a version of a summary, and who is told of a refusal; what became of it behind.py counts."""

import datetime
from collections.abc import Iterable

from django.db.models import Q

from letters.models import (
    Link,
    Mail,
    MailKind,
    Role,
    SummaryApproval,
    SummaryVersion,
    TeamRole,
)
from letters.notify import owed
from letters.notify.blocks import STOP
from signon.site import absolute

DAY = datetime.timedelta(days=1)


def who_speaks(invitations: Iterable[int]) -> list[Link]:
    """The links of officers who may speak for these societies: signers, and approvers where two people sign."""
    may = Q(officer__role=Role.SIGNER) | Q(officer__role=Role.APPROVER, invitation__two_people=True)
    links = Link.objects.live().filter(may, invitation__in=list(invitations), invitation__invited_at__isnull=False)
    return list(links.select_related(*owed.RELATED).order_by("invitation__position", "slot", "pk"))


def to_remind(version: SummaryVersion, invitations: Iterable[int], *, now: datetime.datetime) -> list[Link]:
    """Those of them who want reminders and got no mail about this version in the last day (two queries)."""
    links = [link for link in who_speaks(invitations) if not link.stopped_at]
    recent = Mail.objects.filter(kind=MailKind.SUMMARY, link__in=links, created_at__gt=now - DAY)
    had = {key.rsplit(":again", 1)[0] for key in recent.values_list("key", flat=True)}
    return [link for link in links if _key(version, link) not in had]


def _key(version: SummaryVersion, link: Link, again: datetime.datetime | None = None) -> str:
    """A reminder is another one each time; the letter is locked while it is owed, so none goes out twice."""
    return f"{MailKind.SUMMARY}:{link.pk}:{version.pk}" + (f":again {again:%Y-%m-%d %H:%M:%S}" if again else "")


def ask(
    version: SummaryVersion, links: Iterable[Link], *, now: datetime.datetime, changed: str = "", again: bool = False
) -> list[Mail]:  # fmt: skip
    """Ask these officers for their society's word on the version; `again` makes it a reminder.

    `changed` says in a sentence what is different from the version before.
    """
    summary, made = version.summary, []
    lead = summary.letter.invitations.filter(lead=True).select_related("society").first()
    for link in links:
        link.invitation.letter = summary.letter
        facts = {
            "officer": link.officer, "society": link.invitation.society, "link": link, "summary": summary,
            "version": version, "changed": changed, "again": again, **({"stop": STOP} if again else {}),
            "lead": lead.society if lead and lead.pk != link.invitation_id else None,
        }  # fmt: skip
        made.append(
            owed.owe(
                MailKind.SUMMARY, _key(version, link, now if again else None), letter=summary.letter, now=now,
                to=link.officer.user, to_name=link.officer.printed_name, link=link, context=facts,
            )
        )  # fmt: skip
    return made


def refused(word: SummaryApproval, *, now: datetime.datetime) -> list[Mail]:
    """Tell the coordinators who want answers by mail that a society does not approve the version, and why."""
    version, letter = word.version, word.version.summary.letter
    address = absolute(f"/manage/{letter.slug}/summaries/{version.summary.number}")
    people = letter.coordinators.filter(role=TeamRole.COORDINATOR, mail_answers=True).select_related("user")
    return [
        owed.owe(
            MailKind.SUMMARY, f"{MailKind.SUMMARY}:no:{word.pk}:{person.user.pk}", letter=letter, now=now,
            to=person.user, to_name=str(person.user),
            context={
                "society": word.invitation.society, "refused": word, "summary": version.summary, "version": version,
                "address": address,
            },
        )
        for person in people
    ]  # fmt: skip
