"""The cast and the stages of a letter, built by calling the real actions.

Alice coordinates. Bob signs for the Northern Society, Carol for the Société du Sud; Erin is a second officer of
the Northern Society. Paul and Olga are of Alice's office: he coordinates, she observes. Dan is signed in somewhere
and must see nothing.
"""

import datetime
import zoneinfo

from letters import lifecycle, tasks
from letters.coordinate import actions as desk
from letters.draft import actions as draft
from letters.freshness import Presence
from letters.journals import shipped
from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.models import (
    Coordinator,
    Edition,
    Letter,
    Link,
    RosterRecord,
    Round,
    Signature,
    User,
    Version,
    database_now,
)  # fmt: skip
from letters.notify import rounds
from letters.sign import actions as signing
from letters.sign.actions import Consent
from letters.submit import actions as submit
from letters.team import actions as team
from tests import stages

ZONE = zoneinfo.ZoneInfo("America/New_York")  # the convener's

TEXT = """# A joint letter on counting

We, the undersigned societies, have read the guideline on counting [1] with concern.

## What was counted

The authors counted to nine. Many societies count to ten. Their review says so in plain words [2].

- Fingers were left out.
- Toes were not mentioned.

## What we ask

1. **Count again.** Please count to ten.
2. **Say so.** Please print the result.

Yours faithfully,

[Insert society names]

## References

1. Counting Group. A guideline on counting. J Exempl 2026;1:1-9. doi:10.5555/example.1
2. Okoro T. How far people count. J Exempl 2026;1:10-19. doi:10.5555/example.2
"""
LATER = TEXT.replace("Many societies count to ten.", "Most societies count to ten.")
SOCIETIES = """society,short_name,country,contact_name,credentials,office,email,role
Northern Society of Counting,NSC,GB,Bob Barker,MD,President,bob@north.example,signer
Northern Society of Counting,NSC,GB,Erin Eames,,President-Elect,erin@north.example,signer
Société du Sud,SDS,FR,Carol Créac'h,MD,Présidente,carol@sud.example,signer
日本計数学会,JSC,JP,佐藤 陽子,MD,理事長,sato@jsc.example,signer
"""


def alice() -> User:
    """The coordinator, made at first call."""
    return User.objects.known_as("alice@desk.example") or User.objects.create_user(
        "alice@desk.example", "Alice Archer", may_convene=True
    )


def dan() -> User:
    """A signed-in stranger who may start letters of his own."""
    return User.objects.known_as("dan@else.example") or User.objects.create_user(
        "dan@else.example", "Dan Doe", may_convene=True
    )


def olga() -> User:
    """Looks on from a partner's office; made at first call."""
    return User.objects.known_as("olga@desk.example") or User.objects.create_user("olga@desk.example", "Olga Ode")


def joined(letter: Letter, name: str, role: str = "coordinator") -> Coordinator:
    """Alice lets somebody from her office, such as paul or olga, into the team."""
    full = {"olga": "Olga Ode", "paul": "Paul Page"}[name]
    return team.invite(
        by=alice(), letter=letter, email=f"{name}@desk.example", name=full, role=role, now=database_now()
    )


def upload(text: str = TEXT, name: str = "letter.md") -> draft.Upload:
    """A text as it comes from a form."""
    return draft.Upload(name, text.encode())


def drafted(text: str = TEXT) -> Letter:
    """A letter with its first text imported, not published."""
    return draft.new_letter(by=alice(), upload=upload(text), convener="Council of Counting", now=database_now())


def terms(letter: Letter, *, days: float = 7, officers_asked: str = "one") -> Letter:
    """Terms with a deadline `days` ahead."""
    now = database_now()
    wanted = draft.Terms(
        convener=letter.convener, addressee="The Editor", language="en", time_zone=ZONE.key,
        deadline=now + datetime.timedelta(days=days), officers_asked=officers_asked,
    )  # fmt: skip
    return draft.set_terms(by=alice(), letter=letter, terms=wanted, now=now)


@stages.kept
def reviewed(*, officers_asked: str = "one") -> Letter:
    """Version 1 published, terms set."""
    letter = terms(drafted(), officers_asked=officers_asked)
    draft.publish(by=alice(), version=letter.versions.get(number=1), change="first", note="", now=database_now())
    return fresh(letter)


def listed(letter: Letter, csv: str = SOCIETIES) -> int:
    """Put societies on the list."""
    found = plan(letter, read_listing(csv.encode(), name="societies.csv"))
    return import_societies(by=alice(), letter=letter, plan=found, now=database_now())


@stages.kept
def signing_open(csv: str = SOCIETIES, *, officers_asked: str = "one") -> Letter:
    """A letter open for signature with everybody invited."""
    letter = reviewed(officers_asked=officers_asked)
    listed(letter, csv)
    desk.invite(by=alice(), letter=letter, now=database_now())
    return fresh(letter)


def second_version(letter: Letter, text: str = LATER) -> Version:
    """Publish a later text while the letter goes on."""
    version = draft.add_version(by=alice(), letter=letter, upload=upload(text), now=database_now())
    draft.publish(by=alice(), version=version, change="substantive", note="One word.", now=database_now())
    return Version.objects.get(pk=version.pk)


def round_of(letter: Letter, kind: str, *, body: str = "", only: tuple[int, ...] = ()) -> Round:
    """Send a round of this kind, with own words where some are given."""
    row = rounds.prepare(by=alice(), letter=letter, kind=kind, now=database_now(), only=only)
    if body:
        Round.objects.filter(pk=row.pk).update(wording={"en": {"subject": "{title}: a word", "body": body}})
    rounds.send(by=alice(), row=Round.objects.get(pk=row.pk), now=database_now())
    return Round.objects.get(pk=row.pk)


@stages.kept
def shipped_journals() -> None:
    """The journals that come with the program."""
    shipped.take(now=database_now())


def link_of(letter: Letter, name: str) -> Link:
    """The personal link of bob, erin, carol or sato, read afresh."""
    return Link.objects.select_related(
        "officer__user", "officer__society", "invitation__society", "invitation__letter__current",
        "invitation__letter__owner",
    ).get(invitation__letter=letter, officer__user__email__startswith=f"{name}@")  # fmt: skip


def consent(link: Link, **changes: object) -> Consent:
    """What the officer of `link` would confirm now."""
    version = link.invitation.letter.on_the_table
    values: dict[str, object] = {
        "content_hash": version.content_hash, "printed_name": link.officer.printed_name,
        "office": link.officer.office, "mandate_body": "Board",
    }  # fmt: skip
    return Consent(**(values | changes))  # type: ignore[arg-type]


def presence() -> Presence:
    """Just authenticated by code."""
    return Presence("6-digit code by e-mail", database_now())


def signed(letter: Letter, *names: str) -> list[Signature]:
    """These officers sign the version on the table."""
    return [
        signing.sign(by=(link := link_of(letter, name)), consent=consent(link), presence=presence()) for name in names
    ]


@stages.kept
def closed(*names: str) -> Letter:
    """A closed letter that these officers signed (bob and carol by default)."""
    letter = signing_open()
    signed(letter, *(names or ("bob", "carol")))
    lifecycle.close(letter, by=alice())
    return fresh(letter)


@stages.kept
def sealed(*names: str) -> Letter:
    """A sealed letter; renders a real PDF."""
    letter = closed(*names)
    submit.seal(by=alice(), letter=letter, now=database_now())
    work()
    return fresh(letter)


def enrolled_anew(edition: Edition, **changes: str) -> None:
    """Write other words into each record of a frozen roster, as no page of the site can."""
    for row in edition.enrolled.all():
        new = RosterRecord.of(edition, row.position, row.signature, row.record | changes)
        told = {name: getattr(new, name) for name in ("leaf", "kind", "society", "sought", "record")}
        RosterRecord.objects.filter(pk=row.pk).update(**told)


def work() -> None:
    """Do all that is owed."""
    while tasks.drain():
        pass


def fresh(letter: Letter) -> Letter:
    """The letter as the database has it now."""
    return Letter.objects.select_related("current").get(pk=letter.pk)


def today(letter: Letter) -> datetime.date:
    """The day it is for the convener, which pages that count days go by; for some hours not the day in UTC."""
    return database_now().astimezone(letter.zone).date()
