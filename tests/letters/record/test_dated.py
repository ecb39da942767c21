"""A reader who asks by date alone is told that nothing changed only where nothing did, whichever process answers."""

import datetime
import itertools
import math
import time

import pytest
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client
from django.utils.http import http_date
from hypothesis import example, given
from hypothesis import strategies as st

from letters.models import Journal, Letter, Society
from letters.record import cached, dated
from tests import factories
from tests.letters.record import stage

ADDRESSES = itertools.count()
STEP = 0.2  # seconds; changes, readers and looks at the mark fall into the same second and into others
SETTLED = 2.1  # seconds after which a page that was seen once has a date that is over


def moment(second: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(1_800_000_000 + second, datetime.UTC)


def asking(second: float) -> HttpRequest:
    request = HttpRequest()
    request.META["HTTP_IF_MODIFIED_SINCE"] = http_date(moment(second).timestamp())
    return request


class Process:
    """Answers as cached.py does: it believes its last look for a second, and looks again when a later date is named."""

    def __init__(self, address: str) -> None:
        self.address, self.looked = address, -9.0

    def look(self, mark: str, at: float) -> None:
        self.mark, self.looked = mark, at
        self.since = dated.since(self.address, mark, moment(at))

    def ready(self, mark: str, at: float, request: HttpRequest | None = None) -> None:
        ahead = request is not None and dated.asked(request) > moment(self.looked).timestamp()
        if ahead or at - self.looked >= dated.BELIEVED:
            self.look(mark, at)

    @property
    def date(self) -> float:
        return min(self.since, math.floor(moment(self.looked).timestamp())) - moment(0).timestamp()


happenings = st.lists(
    st.tuples(
        st.integers(0, 8),
        st.sampled_from(["change", "change back", "fetch", "ask"]),
        st.integers(0, 1),
        st.booleans(),
    ),
    max_size=30,
)


@given(happenings)
@example([(0, "fetch", 0, False), (0, "change", 0, False), (0, "fetch", 1, False), (8, "ask", 1, False)])
@example([(0, "fetch", 1, False), (8, "change", 0, False), (8, "fetch", 0, False), (8, "change back", 0, False),
          (0, "ask", 1, False)])  # fmt: skip
@example([(2, "fetch", 0, False), (0, "change", 0, False), (1, "fetch", 1, False), (3, "fetch", 0, True),
          (0, "ask", 1, False)])  # fmt: skip
def test_a_304_by_date_is_never_wrong(happened):
    """Two processes with one memory; pages change and change back; readers name our date, or the day they asked."""
    cache.clear()
    processes, clock, state, before = [Process(f"{next(ADDRESSES)}")] * 1, 0.0, 0, 0
    processes.append(Process(processes[0].address))
    held: list[tuple[int, float]] = []
    for steps, what, which, own in happened:
        clock += steps * STEP
        process = processes[which]
        if what == "change":
            before, state = state, state + 10
        elif what == "change back":
            state, before = before, state
        elif what == "fetch":
            process.ready(str(state), clock)
            held.append((int(process.mark), math.floor(clock) if own else process.date))
        else:
            for mark, date in held:
                request = asking(date)
                process.ready(str(state), clock, request)
                if dated.holds(request, process.since, moment(process.looked)):
                    assert str(mark) == process.mark, f"{mark} of {date} passed for {process.mark} at {clock}"


def test_a_page_that_stays_is_answered_by_its_date_once_that_second_is_over():
    since = dated.since("page", "mark", moment(0.9))
    assert since == moment(2).timestamp()
    assert dated.since("page", "mark", moment(600)) == since
    assert [dated.holds(asking(at), since, moment(600)) for at in (1, 2, 599, 600, 601)] == [
        False, True, True, True, False,
    ]  # fmt: skip
    assert dated.since("page", "another", moment(600)) == moment(602).timestamp()


@pytest.mark.parametrize("said", ["", "yesterday", "Thu, 99 Foo 2026 00:00:00 GMT", "0", "\x00"])
def test_a_date_that_cannot_be_read_is_no_date(said):
    request = HttpRequest()
    request.META["HTTP_IF_MODIFIED_SINCE"] = said
    assert not dated.holds(request, 0, moment(0))


def test_who_names_a_mark_is_not_asked_for_a_date():
    request = asking(0)
    request.META["HTTP_IF_NONE_MATCH"] = '"of another page"'
    assert not dated.holds(request, 0, moment(600))


@pytest.fixture
def letter() -> Letter:
    return stage.founding(stage.many(factories.SOCIETIES, v2=factories.LATER))


def addresses(letter: Letter) -> list[str]:
    society = Society.objects.get(short_name="NSC").get_absolute_url()
    own = ("", "/feed.atom", "/signatories.json", "/badge.svg", "/letter.pdf", "/letter.pdf?edition=1", "/evidence.zip")
    return [*(f"/l/{letter.slug}{part}" for part in own), "/", "/feed.atom", society]


@pytest.mark.slow
@pytest.mark.django_db
def test_the_date_alone_gets_a_304_while_nothing_changed_and_the_news_when_it_did(letter):
    for address in addresses(letter):
        Client().get(address)
    time.sleep(SETTLED)
    found = {address: Client().get(address) for address in addresses(letter)}
    again = {
        address: Client().get(address, headers={"if-modified-since": answer["Last-Modified"]})
        for address, answer in found.items()
    }
    assert {address: answer.status_code for address, answer in again.items()} == dict.fromkeys(found, 304)
    for address, answer in again.items():
        assert (answer["ETag"], answer["Last-Modified"]) == (found[address]["ETag"], found[address]["Last-Modified"])
    page = f"/l/{letter.slug}"
    Journal.objects.filter(name="The Exemplary Journal").update(name="The Renamed Journal")
    cached.forget()  # a second later, or in another process
    renamed = Client().get(page, headers={"if-modified-since": found[page]["Last-Modified"]})
    assert (renamed.status_code, b"The Renamed Journal" in renamed.content) == (200, True)
    today = http_date(time.time())
    Journal.objects.filter(name="The Renamed Journal").update(name="The Exemplary Journal")
    cached.forget()
    back = Client().get(page, headers={"if-modified-since": today})
    assert (back.status_code, b"The Renamed Journal" in back.content) == (200, False)


@pytest.mark.slow
@pytest.mark.django_db
def test_a_reader_with_a_later_date_makes_the_process_look(letter):
    """Another process may have made a newer page, and this one believes for a second what it saw."""
    page = f"/l/{letter.slug}"
    Client().get(page)
    time.sleep(SETTLED)
    Client().get(page)
    Journal.objects.filter(name="The Exemplary Journal").update(name="The Renamed Journal")
    later = http_date(time.time() + 1)
    time.sleep(0.5)
    answer = Client().get(page, headers={"if-modified-since": later})
    assert (answer.status_code, b"The Renamed Journal" in answer.content) == (200, True)
