"""The deadline of a letter as a calendar file, under an address that tells only its title and that time."""

import base64
import datetime

from django.utils.crypto import constant_time_compare
from icalendar import Alarm, Calendar, Event

from letters.models import Letter
from letters.models.link import TOKEN_BYTES, derived
from signon.site import absolute


def calendar_token(letter: Letter) -> str:
    """What makes the address of the file hard to guess."""
    return base64.urlsafe_b64encode(derived("calendar", letter.slug)[:TOKEN_BYTES]).rstrip(b"=").decode()


def calendar_address(letter: Letter) -> str:
    """The address that stands in the mails."""
    return absolute(f"/d/{letter.slug}/{calendar_token(letter)}.ics")


def fits(letter: Letter, token: str) -> bool:
    """True for the token of this letter."""
    return constant_time_compare(token, calendar_token(letter))


def calendar_file(letter: Letter, *, now: datetime.datetime) -> bytes:
    """One event that ends with the deadline (RFC 5545, in UTC), with an alarm a day before; needs a deadline."""
    assert letter.deadline is not None
    deadline = letter.deadline.astimezone(datetime.UTC)
    event = Event()
    event.add("uid", f"{letter.slug}@{absolute('').split('://', 1)[-1]}")
    event.add("dtstamp", now.astimezone(datetime.UTC))
    event.add("dtstart", deadline - datetime.timedelta(minutes=30))
    event.add("dtend", deadline)
    event.add("summary", f"Signing ends: {letter.title}")
    event.add("transp", "TRANSPARENT")
    event.add("sequence", letter.events_count)
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Signing ends: {letter.title}")
    alarm.add("trigger", datetime.timedelta(days=-1))
    event.add_component(alarm)
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Signon//deadline//EN")
    made.add_component(event)
    return bytes(made.to_ical())
