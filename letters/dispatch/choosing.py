"""From what was chosen for a new submission to the rows it is about."""

import datetime

from letters.dispatch import actions, channels
from letters.dispatch.forms import LETTER, NEW, NewForm
from letters.lifecycle import NotNow
from letters.models import Journal, Letter, Submission, SummaryVersion, Target, User
from letters.models.journal import Channel


def choose(*, by: User, letter: Letter, form: NewForm, now: datetime.datetime) -> Submission:
    """The submission that was chosen; a journal that is not there yet is added. Raises NotNow."""
    values = form.cleaned_data
    summary, target = None, None
    if values["text"] != LETTER:
        summary = SummaryVersion.objects.select_related("summary__letter").get(pk=values["text"])
    if values["paper"]:
        target = Target.objects.get(pk=values["paper"])
    text = actions.Text(summary, target)
    if values["journal"] != NEW:
        journal = Journal.objects.prefetch_related("contacts").get(pk=values["journal"])
        way, address = channels.proposed(journal, target, values["channel"])
        if way != Channel.MAIL and not address and letter.targets.exists():
            raise NotNow(f"{journal.in_sentences} has a form on the page of each paper: choose for which paper it is.")
    elif Journal.objects.filter(name=values["new_name"]).exists():
        raise NotNow(f"“{values['new_name']}” is on the list already; choose it there.")
    else:
        journal = Journal.objects.addressed(values["new_name"], values["new_email"], by=by, now=now)
    return actions.prepare(by=by, letter=letter, journal=journal, text=text, now=now, channel=values["channel"])
