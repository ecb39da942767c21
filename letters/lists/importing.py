"""Writes a list that came in: at once when it is short, else as owed work in batches whose progress can be seen."""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from letters import jobs
from letters.lifecycle import NotNow
from letters.lists.group import carry_over
from letters.lists.intake import plan_of
from letters.lists.listing import BadList
from letters.lists.plan import Planned
from letters.lists.write import conclude, open_list, put_in
from letters.models import Arrival, ArrivalState, Job, Letter, User, database_now

KIND = "import"
AT_ONCE = 200  # rows that are written while the person waits: well under a second
BATCH = 250  # rows per transaction; other work on the letter waits no longer than one
KEPT = datetime.timedelta(days=14)


def begin(*, by: User, arrival: Arrival, now: datetime.datetime) -> Arrival:
    """Import the good rows; of two presses one does it. Raises NotNow or BadList when there is nothing to do.

    A short list is written when this returns, a long one is owed.
    """
    good = plan_of(arrival).good
    if not good:
        raise NotNow("No row can be imported yet; mend the list or answer what is asked.")
    with transaction.atomic():
        letter = open_list(arrival.letter)
        mine = Arrival.objects.filter(pk=arrival.pk, state=ArrivalState.OPEN)
        try:
            with transaction.atomic():
                taken = mine.update(state=ArrivalState.WRITING, by=by, done=0, total=len(good), error="")
        except IntegrityError:
            raise NotNow("Another list is being imported; wait until it is done.") from None
        if not taken:
            raise NotNow("This list was imported already, or is being imported now.")
        if len(good) > AT_ONCE:
            if not jobs.again(KIND, arrival.pk, now=now):
                jobs.put(KIND, arrival.pk, letter=letter, now=now)
        else:
            _write(arrival, good, by, now)
            _close(letter, arrival, by, now)
    arrival.refresh_from_db()
    return arrival


def write_arrival(job: Job) -> None:
    """Write one list batch by batch; a worker that takes over goes on with what is not on the list yet."""
    rows = Arrival.objects.select_related("letter", "by", "earlier")
    arrival = rows.filter(pk=job.subject, state=ArrivalState.WRITING).first()
    if arrival is None:
        return
    try:
        good = plan_of(arrival).good
        Arrival.objects.filter(pk=arrival.pk).update(done=max(0, arrival.total - len(good)))
        for start in range(0, len(good), BATCH):
            with transaction.atomic():
                _write(arrival, good[start : start + BATCH], arrival.by, database_now())
        with transaction.atomic():
            _close(open_list(arrival.letter), arrival, arrival.by, database_now())
    except (NotNow, BadList) as error:
        raise jobs.GiveUp(str(error)) from error


def import_lost(job: Job, error: str) -> None:
    """A list whose writing was given up is open again and says why; what is on the list already stays there."""
    Arrival.objects.filter(pk=job.subject, state=ArrivalState.WRITING).update(
        state=ArrivalState.OPEN, error=error[:500]
    )


def sweep_arrivals(now: datetime.datetime) -> int:
    """Throw away lists that came in more than two weeks ago: they hold addresses nobody needs twice."""
    old = Arrival.objects.filter(created_at__lt=now - KEPT).exclude(state=ArrivalState.WRITING)
    return old.delete()[0] if old.exists() else 0


def _write(arrival: Arrival, entries: list[Planned], by: User, now: datetime.datetime) -> None:
    put_in(open_list(arrival.letter), entries, by=by, now=now)
    Arrival.objects.filter(pk=arrival.pk).update(done=F("done") + len(entries))


def _close(letter: Letter, arrival: Arrival, by: User, now: datetime.datetime) -> None:
    """The list in its order, the event, and the end of the arrival, in one transaction with the letter locked."""
    if arrival.earlier:
        carry_over(letter, arrival.earlier)
    done = Arrival.objects.values_list("total", flat=True).get(pk=arrival.pk)
    conclude(letter, done, by=by, now=now)
    Arrival.objects.filter(pk=arrival.pk).update(state=ArrivalState.WRITTEN, done=done)
