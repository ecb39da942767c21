"""A letter with as many societies as wanted, each somewhere between invited and signed, with notes and lost mails.

Rows are written in bulk: what is measured is reading them.
"""

import datetime

from django.db import transaction

from letters import lifecycle
from letters.models import (
    Call,
    Code,
    Comment,
    Confirmation,
    Event,
    Invitation,
    Letter,
    Link,
    Mail,
    Signature,
    Society,
    Version,
    database_now,
)
from letters.models.society import name_key
from tests import factories
from tests.bench._crowd import letter_for

NAME = "International Society for the Study and Practice of Counting, Section {}"
WORDS = "The secretary says the letter is with the president, who is travelling until Thursday; call again then. "
DAY = datetime.timedelta(days=1)


@transaction.atomic
def lively(many: int) -> Letter:
    """Of every 20 societies 8 signed, 2 signed the version before, 3 opened, 4 answered otherwise, 3 were silent."""
    letter, _ = letter_for(many, "Desk")
    rows = list(Society.objects.order_by("pk"))
    for place, society in enumerate(rows):
        society.official_name, society.short_name = NAME.format(place), f"ISC-{place}"
        society.name_key = name_key(society.official_name)
    Society.objects.bulk_update(rows, ["official_name", "short_name", "name_key"], batch_size=200)
    Invitation.objects.update(invited_at=None)  # so that the second version owes no mails
    old = letter.on_the_table
    new = factories.second_version(letter)
    now = database_now()
    Invitation.objects.update(invited_at=now - 20 * DAY)
    Version.objects.filter(pk=old.pk).update(circulated_at=now - 21 * DAY)
    Version.objects.filter(pk=new.pk).update(circulated_at=now - 6 * DAY)
    links = list(Link.objects.select_related("officer", "invitation__society").order_by("invitation__position"))
    _answer(links, old, new, now)
    _note(links, now)
    with_event = lifecycle.locked(letter)
    for _ in range(20):
        Event.objects.append(with_event, "signed", actor="officer", by=None, at=now, data={"version": 2})
    return factories.fresh(letter)


def _answer(links: list[Link], old: Version, new: Version, now: datetime.datetime) -> None:
    signed, answered, codes = [], [], []
    for place, link in enumerate(links):
        kind, row, user = place % 20, link.invitation, link.officer.user
        at = now - (place % 19) * DAY
        if kind < 10:
            signed.append(_signature(place, link, new if kind < 8 else old, at))
        elif kind < 13:
            codes.append(Code(link=link, created_at=at, used_at=at))
        elif kind < 17:
            row.responded_at, row.responded_by = at, user
            row.response = ("board", "board", "if_changed", "declined")[kind - 13]
            row.board_on = (now + (kind - 14) * 4 * DAY + DAY).date() if row.response == "board" else None
            row.wanted = "Please name the register that this figure comes from." if kind == 15 else ""
            row.reason = "Outside our field." if kind == 16 else ""
            answered.append(row)
    Signature.objects.bulk_create(signed, batch_size=200)
    Code.objects.bulk_create(codes)
    Invitation.objects.bulk_update(
        answered, ["response", "responded_at", "responded_by", "board_on", "wanted", "reason"]
    )
    Confirmation.objects.bulk_create(
        Confirmation(officer=link.officer, way="domain", words="a.example", address=link.officer.user.email, at=now)
        for place, link in enumerate(links)
        if place % 6
    )


def _signature(place: int, link: Link, version: Version, at: datetime.datetime) -> Signature:
    return Signature(
        invitation=link.invitation, officer=link.officer, version=version, content_hash=version.content_hash,
        receipt_no=f"B{place:04}", statement=WORDS * 3, statement_hash="0" * 64, printed_name=link.officer.printed_name,
        society_name=link.invitation.society.official_name, office=link.officer.office, mandate_body="Board",
        signed_at=at, authenticated="passkey", authenticated_at=at, salt="0" * 32, checkpoint=WORDS * 4,
    )  # fmt: skip


def _note(links: list[Link], now: datetime.datetime) -> None:
    alice = factories.alice()
    Call.objects.bulk_create(
        Call(invitation=link.invitation, by=alice, at=now - place % 9 * DAY, note=f"{WORDS}{place}",
             follow_up_on=(now + (place % 5 - 2) * DAY).date() if place % 25 == 0 else None)
        for place, link in enumerate(links * 2)
        if place % 3 == 0
    )  # fmt: skip
    Mail.objects.bulk_create(
        Mail(key=f"bench:{place}", kind="invitation", letter=link.invitation.letter, link=link, to_email="a@b.example",
             subject="A letter", text="", html="", message_id=f"<{place}@b>", created_at=now,
             state="failed" if place % 40 == 0 else "sent")
        for place, link in enumerate(links)
    )  # fmt: skip
    Comment.objects.bulk_create(
        Comment(version=link.invitation.letter.current, block="whole", place="whole", invitation=link.invitation,
                officer=link.officer, author="A", text="Why?", written_at=now, sent_at=now, sent_by=alice)
        for link in links[::10]
    )  # fmt: skip
