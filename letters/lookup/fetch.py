"""The job that looks up one target: fills in what nobody typed and never overwrites what somebody did."""

from django.conf import settings
from django.db import transaction

from letters import jobs
from letters.lookup import crossref
from letters.lookup.paper import Paper, paper
from letters.models import Job, Target, TargetDate, database_now

SOURCE = "Crossref"


def look_up(job: Job) -> None:
    """Ask once; raises Later where asking again may help. What went wrong stands on the target as a sentence."""
    target = Target.objects.filter(pk=job.subject).first()
    if target is None or not settings.CROSSREF_URL:
        return
    try:
        message = crossref.ask(target.doi, url=settings.CROSSREF_URL, mail=settings.CROSSREF_MAIL)
    except crossref.Away as error:
        _trouble(target.pk, f"{error} It is tried again by itself; or type citation and dates by hand.")
        raise jobs.Later(str(error)) from None
    except crossref.Unknown as error:
        _trouble(target.pk, str(error))
        return
    _fill(target.pk, paper(message))


def look_up_lost(job: Job, why: str) -> None:
    """Nobody answered for days: a person types it, or asks again."""
    _trouble(job.subject, f"{why} It is not tried again by itself: type citation and dates by hand.")


def _trouble(pk: int, sentence: str) -> None:
    Target.objects.filter(pk=pk).update(trouble=sentence[:300])


@transaction.atomic
def _fill(pk: int, found: Paper) -> None:
    target = Target.objects.select_for_update().filter(pk=pk).first()
    if target is None:  # taken off the letter while the answer was on its way
        return
    target.citation = target.citation or found.citation
    target.answer = {"citation": found.citation, "notices": list(found.notices)}
    target.answered_at, target.trouble = database_now(), ""
    target.save()
    have = {date.kind: date for date in target.dates.all()}
    for kind, (day, exact) in found.dates.items():
        date = have.get(kind) or TargetDate(target=target, kind=kind, source=SOURCE)
        if date.by_id is None and date.confirmed_at is None:
            date.day, date.exact = day, exact
            date.save()
