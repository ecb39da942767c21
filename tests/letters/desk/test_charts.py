"""The figures behind the charts and the shapes made of them, from literals and from a letter."""

import datetime
import re

import pytest
from lxml import html

from letters.desk.charts import HEIGHT, bars, line
from letters.desk.figures import Course, Day, Funnel, course, funnel
from letters.desk.grid import lines
from letters.models import Invitation, Signature, database_now
from letters.sign import actions as signing
from letters.sign import responses
from tests import factories

FIRST = datetime.date(2026, 3, 2)


def day(place: int) -> datetime.date:
    return FIRST + datetime.timedelta(days=place)


def a_course(changes: list[int], societies: int, deadline: int = 20) -> Course:
    days = [Day(day(place), sum(changes[: place + 1]), change) for place, change in enumerate(changes)]
    return Course(days, societies, day(max(deadline, len(changes) - 1)), [(day(0), 1), (day(3), 2)], day(deadline))


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", path)]


@pytest.mark.parametrize(("changes", "societies"), [([0], 0), ([1], 1), ([0, 1], 1), ([40] * 12 + [20], 500)])
def test_the_line_goes_right_and_up_and_stays_in_its_box(changes, societies):
    found = points(line(a_course(changes, societies)).path)
    assert len(found) == len(changes) + 1
    assert [x for x, _ in found] == sorted({x for x, _ in found})
    assert [y for _, y in found] == sorted((y for _, y in found), reverse=True)
    assert {0 <= value <= HEIGHT for point in found for value in point} == {True}
    assert found[-1][1] == round(HEIGHT * (1 - sum(changes) / max(1, societies)), 1)


def test_a_withdrawal_lets_the_line_fall():
    heights = [y for _, y in points(line(a_course([2, 0, -1], 4)).path)]
    assert heights == [1000.0, 500.0, 500.0, 750.0]


def test_marks_stand_where_the_days_are_and_never_outside():
    marks = line(a_course([1] * 5, 10, deadline=9)).marks
    assert [(mark.label, mark.x, mark.anchor) for mark in marks] == [
        ("version 1", "0.00%", "start"), ("version 2", "30.00%", "start"), ("deadline", "100.00%", "end"),
    ]  # fmt: skip


def test_versions_of_one_day_share_a_label():
    both = Course([Day(FIRST, 0, 0)], 1, day(4), [(FIRST, 1), (FIRST, 2)], None)
    assert [mark.label for mark in line(both).marks] == ["version 1, 2"]


@pytest.mark.parametrize("numbers", [(0, 0, 0, 0), (1, 1, 0, 0), (500, 320, 290, 250)])
def test_bars_are_as_wide_as_their_share(numbers):
    found = bars(Funnel(*numbers))
    assert [bar.number for bar in found] == list(numbers)
    widths = [float(bar.width.rstrip("%")) for bar in found]
    assert widths == [round(100 * number / (numbers[0] or 1), 2) for number in numbers]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.django_db
def test_the_funnel_counts_each_society_once_per_step():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    responses.decline(by=factories.link_of(letter, "carol"), reason="")
    assert funnel(lines(letter, database_now())) == Funnel(3, 2, 2, 1)
    factories.second_version(letter)
    assert funnel(lines(factories.fresh(letter), database_now())) == Funnel(3, 2, 2, 0)


@pytest.mark.django_db
def test_the_course_counts_societies_that_stand_whatever_the_version():
    letter, now = factories.signing_open(), database_now()
    Invitation.objects.update(invited_at=now - datetime.timedelta(days=3))
    factories.signed(letter, "bob", "carol")
    earlier = now - datetime.timedelta(days=2)
    Signature.objects.update(signed_at=earlier)
    factories.second_version(letter)
    letter = factories.fresh(letter)
    factories.signed(letter, "bob")  # keeps it: replaced, and standing without a gap
    (carols,) = Signature.objects.filter(officer__user__email__startswith="carol")
    signing.withdraw(by=factories.link_of(letter, "carol"), signature=carols, reason="")
    now = database_now()
    found = course(letter, lines(letter, now), [(1, earlier), (2, now)], now)
    assert found is not None
    assert [(each.standing, each.change) for each in found.days] == [(0, 0), (2, 2), (2, 0), (1, -1)]
    assert found.societies == 3
    assert [number for _, number in found.versions] == [1, 2]


@pytest.mark.django_db
def test_a_letter_without_invitations_has_no_course():
    letter = factories.reviewed()
    assert course(letter, lines(letter, database_now()), [], database_now()) is None


@pytest.mark.django_db
def test_the_page_draws_and_writes_the_same_numbers(desk):
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    page = html.fromstring(desk.get(f"/manage/{letter.slug}").content)
    funnel_chart, over_time = page.xpath("//figure")
    drawn = [text.text for text in funnel_chart.xpath(".//*[local-name()='text'][@class='chart-number']")]
    written = [row[1].text for row in funnel_chart.xpath(".//tbody/tr")]
    assert drawn == written == ["3", "1", "1", "1"]
    assert over_time.xpath(".//*[local-name()='text'][@class='chart-number']/text()") == ["1"]
    assert over_time.xpath(".//tbody/tr[last()]/td/text()") == ["+1", "1"]
    for chart in page.xpath("//figure/*[local-name()='svg']"):
        named = chart.get("aria-labelledby").split()
        assert chart.get("role") == "img"
        assert [len(page.xpath(f"//*[@id='{name}']")) for name in named] == [1, 1]
    assert page.xpath("//figure//*[@style]") == []


@pytest.mark.django_db
def test_a_letter_nobody_was_invited_to_has_no_charts(desk):
    letter = factories.reviewed()
    factories.listed(letter)
    assert "<figure" not in desk.get(f"/manage/{letter.slug}").content.decode()
