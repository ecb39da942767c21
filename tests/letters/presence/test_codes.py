"""The mailed code: one act in one browser, fifteen minutes, three tries, five an hour-quarter."""

import datetime

import pytest

from letters.models import Code, Mail, database_now
from letters.presence.codes import PER_DAY, PER_LINK, TooManyCodes, WrongCode, check_code, send_code
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def link():
    return factories.link_of(factories.signing_open(), "bob")


def wrong(code: Code) -> str:
    return f"{(int(code.digits) + 1) % 1_000_000:06d}"


def test_a_code_opens_once(link):
    code = send_code(link, now=database_now())
    check_code(link, f" {code.digits[:3]} {code.digits[3:]} ", now=database_now())
    with pytest.raises(WrongCode, match="has not asked for a code"):
        check_code(link, code.digits, now=database_now())


def test_three_wrong_tries_close_a_code_also_for_the_right_digits(link):
    code = send_code(link, now=database_now())
    for _ in range(3):
        with pytest.raises(WrongCode, match="not the code"):
            check_code(link, wrong(code), now=database_now())
    with pytest.raises(WrongCode, match="three times"):
        check_code(link, code.digits, now=database_now())


def test_a_code_ends_after_fifteen_minutes(link):
    code = send_code(link, now=database_now())
    with pytest.raises(WrongCode, match="older than 15 minutes"):
        check_code(link, code.digits, now=database_now() + datetime.timedelta(minutes=15, seconds=1))


def test_only_the_newest_code_counts(link):
    first = send_code(link, now=database_now())
    second = send_code(link, now=database_now() + datetime.timedelta(seconds=1))
    with pytest.raises(WrongCode, match="not the code"):
        check_code(link, first.digits, now=database_now())
    check_code(link, second.digits, now=database_now())


def test_a_code_of_one_officer_does_not_open_for_another(link):
    code = send_code(link, now=database_now())
    erin = factories.link_of(link.invitation.letter, "erin")
    with pytest.raises(WrongCode):
        check_code(erin, code.digits, now=database_now())


def test_five_codes_in_fifteen_minutes_are_enough(link):
    for _ in range(5):
        send_code(link, now=database_now())
    with pytest.raises(TooManyCodes, match="wait"):
        send_code(link, now=database_now())
    assert Mail.objects.filter(kind="code").count() == 5


def test_codes_are_six_digits_and_differ(link):
    digits = {Code(link=link, created_at=database_now()).digits for _ in range(50)}
    assert all(len(code) == 6 and code.isdecimal() for code in digits)
    assert len(digits) > 45


def test_another_browser_with_the_link_uses_up_neither_tries_nor_codes(link):
    code = send_code(link, browser="officer", now=database_now())
    for number in range(5):
        send_code(link, browser="scanner", now=database_now() + datetime.timedelta(seconds=number))
    for digits in (wrong(code), code.digits, code.digits):
        with pytest.raises(WrongCode, match="not the code"):
            check_code(link, digits, browser="scanner", now=database_now())
    send_code(link, browser="officer", now=database_now() - datetime.timedelta(seconds=1))
    check_code(link, code.digits, browser="officer", now=database_now())


def test_a_code_works_only_in_the_browser_that_asked(link):
    code = send_code(link, browser="officer", now=database_now())
    with pytest.raises(WrongCode, match="has not asked"):
        check_code(link, code.digits, browser="another", now=database_now())


def test_all_browsers_together_get_a_limited_number_of_codes(link):
    now = database_now()
    for number in range(PER_LINK):
        send_code(link, browser=str(number), now=now)
    with pytest.raises(TooManyCodes, match="coordinator"):
        send_code(link, browser="one more", now=now)
    for number in range(PER_LINK, PER_DAY):
        send_code(link, browser=str(number), now=now + datetime.timedelta(minutes=16 * (number // PER_LINK)))
    with pytest.raises(TooManyCodes, match="coordinator"):
        send_code(link, browser="one more", now=now + datetime.timedelta(hours=5))
    assert send_code(link, browser="next day", now=now + datetime.timedelta(hours=25)).pk
