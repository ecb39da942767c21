"""The verbs of a letter's mail: what a coordinator does to drafts, and to messages that did not arrive."""

import datetime
import hashlib
import json
from collections.abc import Collection, Mapping

from django.db import transaction

from letters import jobs, lifecycle
from letters.lifecycle import NotNow, Overtaken
from letters.mailing.paper import Paper
from letters.models import Event, Letter, Link, Mail, MailState, Round, RoundState, User
from letters.notify import asked, rounds, wording
from letters.notify.wording import Words


@transaction.atomic
def send_again(*, by: User, mail: Mail, now: datetime.datetime) -> None:
    """Owe a mail that failed, came back, or that nobody can tell of, once more; raises NotNow for any other."""
    lost = [MailState.FAILED, MailState.UNKNOWN, MailState.BOUNCED]
    changed = Mail.objects.filter(pk=mail.pk, state__in=lost).update(state=MailState.QUEUED, error="", sent_at=None)
    if not changed:
        raise NotNow("This mail is sent or still waiting; it is not sent twice.")
    if not jobs.again("mail", mail.pk, now=now):
        raise NotNow("The last attempt is just ending; press the button again in a moment.")


def stamp(row: Round) -> str:
    """What a draft says at this moment, in one word: a page that was made from another state carries another one."""
    skipped = sorted(row.skipped.values_list("pk", flat=True))
    return hashlib.sha256(json.dumps([row.wording, skipped], sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def save(
    *, by: User, paper: Paper, words: Mapping[str, Words], going: Collection[int], seen: str, now: datetime.datetime
) -> Round:
    """Write what the page of a draft says: its words by language, and who gets it.

    Raises Overtaken when somebody changed, sent or dropped the draft since the page was made, BadWords for words
    that could not be sent.
    """
    row = Round.objects.select_for_update(of=("self",)).get(pk=paper.row.pk)
    if row.state != RoundState.WAITING:
        raise Overtaken("This draft was sent or dropped meanwhile; the list of mails shows what became of it.")
    if stamp(row) != seen:
        raise Overtaken("Somebody changed this draft meanwhile. Your words stand below; compare, then save again.")
    own = {}
    for language, text in words.items():
        wording.check(row.kind, language, text)
        if text != wording.words(paper.letter, row.kind, language):
            own[language] = {"subject": text.subject, "body": text.body}
    row.wording = own
    row.save(update_fields=["wording"])
    row.skipped.set([link.pk for link in paper.found.links if link.pk not in going])
    return row


@transaction.atomic
def take_shipped(*, by: User, paper: Paper) -> Round:
    """Put the shipped words back into a draft, also where a round before it had others."""
    shipped = {language: wording.shipped(paper.row.kind, language) for language in paper.languages}
    own = {
        language: {"subject": words.subject, "body": words.body}
        for language, words in shipped.items()
        if words != wording.words(paper.letter, paper.row.kind, language)
    }
    Round.objects.filter(pk=paper.row.pk, state=RoundState.WAITING).update(wording=own)
    return Round.objects.get(pk=paper.row.pk)


@transaction.atomic
def send(*, by: User, row: Round, now: datetime.datetime) -> int:
    """Send a draft once; raises NotNow, also when nobody is left to write to."""
    sent = rounds.send(by=by, row=row, now=now)
    if not sent:
        raise NotNow("Nobody is left to write to: tick an officer below, or drop the draft.")
    return sent


def drop(*, by: User, row: Round) -> None:
    """Throw a draft away; raises Overtaken when it was sent or dropped already."""
    if not rounds.drop(row=row):
        raise Overtaken("This draft was sent or dropped already.")


def try_out(*, by: User, paper: Paper, now: datetime.datetime) -> Mail:
    """Owe the previewed message to the coordinator alone, without anybody's link in it; raises NotNow."""
    if paper.preview is None:
        raise NotNow("The draft goes to nobody, so there is nothing to try out.")
    return asked.trial(paper.preview, by=by, letter=paper.letter, now=now)


def stop_reminders(*, by: Link, stop: bool, now: datetime.datetime) -> None:
    """The officer of `by` wants no more reminders about this letter, or wants them again; asking twice is asking once.

    Nothing else changes: what is signed or answered stays, and a new version is still told.
    """
    if stop:
        Link.objects.filter(pk=by.pk, stopped_at=None).update(stopped_at=now)
    else:
        Link.objects.filter(pk=by.pk).update(stopped_at=None)


@transaction.atomic
def came_back(*, by: User, mail: Mail, now: datetime.datetime) -> None:
    """A coordinator's word that a mail that was sent came back to a mailbox; raises NotNow for any other."""
    said = f"{by} says that it came back."
    if not Mail.objects.filter(pk=mail.pk, state=MailState.SENT).update(state=MailState.BOUNCED, error=said[:500]):
        raise NotNow("Only a mail that was sent can come back; look again before you go on.")


@transaction.atomic
def set_plan(*, by: User, letter: Letter, days: list[int], go: bool, now: datetime.datetime) -> Letter:
    """Write on which days before the deadline reminders are prepared, and whether they go out by themselves."""
    row = lifecycle.locked(letter)
    if (row.reminder_days, row.reminders_go) != (days, go):
        row.reminder_days, row.reminders_go = days, go
        row.save(update_fields=["reminder_days", "reminders_go"])
        Event.objects.append(row, "planned", actor="coordinator", by=by, at=now, data={"days": days, "go": go})
    return row
