"""The pages of the targets over HTTP: access, the happy path, bad input, queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.journals import targets
from letters.journals.targets import Typed
from letters.models import Aim, Invitation, Journal, Response, Target, TargetDate, database_now
from letters.sign import responses
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def off(settings):
    settings.CROSSREF_URL = ""


@pytest.fixture
def letter(desk):
    factories.shipped_journals()
    return factories.signing_open()


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def page(letter, what="") -> str:
    return f"/manage/{letter.slug}/targets{what}"


def named(letter, doi="10.5555/example.1", **days) -> Target:
    now, by = database_now(), factories.alice()
    target = targets.name_target(by=by, letter=letter, doi=doi, now=now)
    dates = {kind: factories.today(letter) + datetime.timedelta(days=ago) for kind, ago in days.items()}
    return targets.correct_target(by=by, target=target, typed=Typed(f"Citation of {doi}", dates), now=now)


def decides(letter, name: str, on: datetime.date) -> None:
    answer = responses.Answer(Response.BOARD, board_on=on)
    responses.respond(by=factories.link_of(letter, name), answer=answer)


def aimed(letter, *keys: str) -> None:
    journals = list(Journal.objects.filter(key__in=keys))
    targets.aim(by=factories.alice(), letter=letter, journals=journals, now=database_now())


def test_a_paper_is_named_by_any_spelling_of_its_doi(desk, letter):
    assert "This site looks nothing up" in text(desk.get(page(letter)))
    assert desk.post(page(letter), {"doi": "https://doi.org/10.1136/BMJ.r179."}).status_code == 302
    assert Target.objects.get().doi == "10.1136/bmj.r179"
    assert "No date of publication is known." in text(desk.get(page(letter)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write the DOI of the paper the letter answers."),
        ("the guideline", "Write the DOI as it stands on the paper"),
        ("10.5555/example.1", "is among the papers already."),
    ],
)
def test_a_bad_doi_is_a_422_and_nothing_is_lost(desk, letter, typed, sentence):
    named(letter)
    answer = desk.post(page(letter), {"doi": typed})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert typed == "" or f'value="{typed}"' in text(answer)
    assert Target.objects.count() == 1


def test_a_stranger_and_an_officer_see_nothing(client, letter):
    target = named(letter, online=-1)
    for user in (factories.dan(), factories.link_of(letter, "bob").officer.user):
        signed_in(client, user)
        assert client.get(page(letter)).status_code == 404
        assert client.get(page(letter, f"/{target.pk}")).status_code == 404
        for what in ("confirm", "unpin", "look-up", "drop"):
            assert client.post(page(letter, f"/{target.pk}/{what}")).status_code == 404
    assert Target.objects.count() == 1


def test_the_target_of_another_letter_is_not_found(desk, letter):
    other = named(factories.drafted(factories.TEXT.replace("counting", "weighing")))
    assert desk.get(page(letter, f"/{other.pk}")).status_code == 404
    assert desk.post(page(letter, f"/{other.pk}/drop")).status_code == 404


def test_windows_are_counted_from_each_date_and_the_earliest_is_shown(desk, letter):
    target = named(letter, online=-30, print=-5)
    aimed(letter, "nejm-letter", "bmj-rapid-response", "jama-letter")
    shown = text(desk.get(page(letter)))
    days = {ago: factories.today(letter) + datetime.timedelta(days=21 + ago) for ago in (-30, -5)}
    for day in days.values():
        assert f"{day.day} {day:%b %Y}" in shown
    assert f"<strong>{days[-30].day} {days[-30]:%B %Y}</strong>, over for 9 days" in shown
    assert "the earliest; not confirmed" in shown
    assert "no end" in shown and "Enter the window" in shown
    answer = desk.post(page(letter, f"/{target.pk}/confirm"), {"kind": "print", "how": "Their site."})
    assert answer.status_code == 302
    shown = text(desk.get(page(letter)))
    assert f"<strong>{days[-5].day} {days[-5]:%B %Y}</strong>, 16 days left" in shown
    assert "the earliest; not confirmed" not in shown and "says Alice Archer: Their site." in shown


def test_a_deadline_after_the_window_warns(desk, letter):
    named(letter, online=-20)
    aimed(letter, "jmir-letter")
    assert "lies after the window" not in text(desk.get(page(letter)))
    aimed(letter, "nejm-letter")
    assert "lies after the window of NEJM letter to the editor" in text(desk.get(page(letter)))


def test_each_board_date_stands_against_each_window(desk, letter):
    named(letter, online=-10)
    aimed(letter, "nejm-letter", "jmir-letter")
    on = factories.today(letter) + datetime.timedelta(days=15)
    decides(letter, "carol", on)
    shown = text(desk.get(page(letter)))
    assert "Société du Sud</bdi> decides on" in shown
    assert "NEJM letter to the editor: too late, its window ends" in shown
    assert "JMIR letter to the editor: in time, until" in shown


def test_citation_and_dates_are_typed_and_kept_when_one_is_wrong(desk, letter):
    target = named(letter)
    path = page(letter, f"/{target.pk}")
    answer = desk.post(path, {"citation": "A citation to keep", "online": "19.2.2025", "print": "1300-01-01"})
    assert answer.status_code == 422
    assert "Write the day as 2026-12-31." in text(answer) and "No journal is that old" in text(answer)
    assert "A citation to keep" in text(answer)
    assert desk.post(path, {"citation": "New", "online": "2025-02-19"}).status_code == 302
    assert str(TargetDate.objects.get()) == "online 2025-02-19"
    assert 'value="2025-02-19"' in text(desk.get(path))


def test_a_confirmation_needs_a_date_and_a_reason(desk, letter):
    target = named(letter, online=-3)
    path = page(letter, f"/{target.pk}/confirm")
    answer = desk.post(path, {"kind": "print", "how": ""})
    assert answer.status_code == 422
    assert "Choose a date of the list." in text(answer) and "Say how you know which date counts." in text(answer)
    desk.post(path, {"kind": "online", "how": "They wrote so."})
    assert "Take the confirmation back" in text(desk.get(page(letter, f"/{target.pk}")))
    answer = desk.post(page(letter, f"/{target.pk}"), {"citation": "x"})
    assert answer.status_code == 422 and "is confirmed; take the confirmation back first" in text(answer)
    assert desk.post(page(letter, f"/{target.pk}/unpin"), follow=True).status_code == 200
    assert not TargetDate.objects.exclude(confirmed_at=None).exists()


def test_a_paper_is_taken_off_and_looked_up_only_where_that_is_on(desk, letter):
    target = named(letter)
    assert "This site looks nothing up" in text(desk.post(page(letter, f"/{target.pk}/look-up"), follow=True))
    assert "is no longer among the papers" in text(desk.post(page(letter, f"/{target.pk}/drop"), follow=True))
    assert Target.objects.count() == 0


def test_what_the_register_warned_of_is_shown(desk, letter):
    target = named(letter)
    Target.objects.filter(pk=target.pk).update(answer={"citation": "", "notices": ["This paper was retracted."]})
    assert "This paper was retracted. Read it before you answer." in text(desk.get(page(letter)))


def test_journals_are_chosen(desk, letter):
    pks = list(Journal.objects.filter(key__in=["nejm-letter", "jmir-letter"]).values_list("pk", flat=True))
    assert desk.post(page(letter, "/journals"), {"journals": pks}).status_code == 302
    assert Aim.objects.filter(letter=letter).count() == 2
    answer = desk.post(page(letter, "/journals"), {"journals": ["999999"]})
    assert answer.status_code == 422 and "Choose journals of the list." in text(answer)
    assert Aim.objects.filter(letter=letter).count() == 2


def test_the_page_takes_as_many_queries_for_many_papers_journals_and_boards(desk, letter):
    named(letter, online=-10)
    aimed(letter, "nejm-letter")
    decides(letter, "carol", factories.today(letter))
    with CaptureQueriesContext(connection) as few:
        desk.get(page(letter))
    for number in range(2, 30):
        named(letter, f"10.5555/example.{number}", online=-10, print=-5)
    aimed(letter, *Journal.objects.values_list("key", flat=True))
    decides(letter, "bob", factories.today(letter))
    with CaptureQueriesContext(connection) as many:
        shown = text(desk.get(page(letter)))
    assert shown.count("decides on") == 2
    assert len(many) == len(few)
    assert Invitation.objects.filter(response="board").count() == 2
