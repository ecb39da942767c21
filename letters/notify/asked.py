"""Mails whose words a coordinator may write, as rows: those of a round, a trial of it, and an invitation on its own."""

import datetime

from letters.mail import Message
from letters.models import Letter, Link, Mail, MailKind, Round, User
from letters.notify import wording
from letters.notify.owed import owe


def of_round(row: Round, link: Link, message: Message, *, letter: Letter, now: datetime.datetime) -> Mail:
    """The mail of a round to one officer.

    An invitation, and the notice of a version or of a deadline, is owed once whatever the round: the key says so.
    """
    once = {
        MailKind.INVITATION: f"{link.pk}",
        MailKind.NEW_VERSION: f"{link.pk}:{row.version_id}",
        MailKind.EXTENDED: f"{link.pk}:{letter.deadline}",
    }
    key = f"{row.kind}:{once.get(MailKind(row.kind), f'round {row.pk}:{link.pk}')}"
    return owe(
        row.kind, key, letter=letter, now=now, to=link.officer.user, to_name=link.officer.printed_name, context={},
        link=link, message=message, row=row,
    )  # fmt: skip


def trial(message: Message, *, by: User, letter: Letter, now: datetime.datetime) -> Mail:
    """A message to the coordinator alone, to see how it arrives; it carries nobody's link."""
    shown = Message(f"[Test] {message.subject}"[:300], message.text, message.html)
    key = f"{MailKind.TEST}:{by.pk}:{now.timestamp():.6f}"
    return owe(MailKind.TEST, key, letter=letter, now=now, to=by, to_name=str(by), context={}, message=shown)


def _invite(link: Link, key: str, *, now: datetime.datetime) -> Mail:
    letter = link.invitation.letter
    language = wording.language_of(link, letter)
    words = wording.words(letter, MailKind.INVITATION, language)
    message = wording.rendered(MailKind.INVITATION, language, words, link, wording.facts(letter, now))
    return owe(
        MailKind.INVITATION, f"{MailKind.INVITATION}:{key}", letter=letter, now=now, to=link.officer.user,
        to_name=link.officer.printed_name, context={}, link=link, message=message,
    )  # fmt: skip


def invitation(link: Link, *, now: datetime.datetime) -> Mail:
    """Asks one officer to read the letter and decide, at once: the successor of one who was asked before."""
    return _invite(link, f"{link.pk}", now=now)


def passed_on(link: Link, *, now: datetime.datetime) -> Mail:
    """The invitation of a colleague who was named by an officer of the society; says by whom."""
    before = link.passed_by
    return _invite(link, f"{link.pk}:passed:{before.pk if before else 0}", now=now)
