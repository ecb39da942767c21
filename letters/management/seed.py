"""The demonstration's data: one fictional letter, 34 fictional societies at mixed stages, made by the real actions."""

import datetime
from pathlib import Path

from letters.coordinate import actions as desk
from letters.draft import actions as draft
from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.management.seed_comments import comment
from letters.management.seed_desk import chase
from letters.management.stand_in import links_of, sign_as
from letters.models import Letter, Link, User, database_now
from letters.sign import actions as signing
from letters.sign import responses
from signon.site import absolute

FOLDER = Path(__file__).resolve().parent / "demo"
SLUG = "joint-letter-on-the-guideline-for-home-monitoring"
COORDINATOR = "alice@demo.example"
EARLY, LATE, DECLINED = range(0, 14), range(14, 21), (25, 30)
KEPT = range(0, 10)
WITHDRAWN = 17
TALKING = (15, 18, 20, 22)


def officer_link(letter: Letter) -> str:
    """The personal address of an officer whose society has neither signed nor declined."""
    open_links = Link.objects.live().filter(invitation__letter=letter, invitation__response="")
    link = open_links.filter(invitation__signatures=None).order_by("invitation__position").first()
    return absolute(f"/i/{link.token}") if link else absolute("/signin")


def coordinator() -> User:
    """Who runs both letters."""
    return User.objects.known_as(COORDINATOR) or User.objects.create_user(
        COORDINATOR, "Alice Marlowe", may_convene=True
    )


def _upload(name: str) -> draft.Upload:
    return draft.Upload(name, (FOLDER / name).read_bytes())


def seed() -> Letter:
    """A letter open for signature under version 2; some societies signed version 1 and have not kept it yet."""
    now = database_now()
    alice = coordinator()
    letter = draft.new_letter(
        by=alice,
        upload=_upload("letter-v1.md"),
        convener="International Forum on Sleep and Breathing",
        now=now,
    )
    deadline = (now + datetime.timedelta(days=12)).replace(hour=22, minute=0, second=0, microsecond=0)
    terms = draft.Terms(
        convener=letter.convener, addressee="The Editor, Journal of Exemplary Medicine", language="en",
        deadline=deadline, time_zone="America/New_York", officers_asked="one",
    )  # fmt: skip
    letter = draft.set_terms(by=alice, letter=letter, terms=terms, now=now)
    draft.publish(by=alice, version=letter.versions.get(number=1), change="first", note="", now=now)
    listing = read_listing((FOLDER / "societies.csv").read_bytes(), name="societies.csv")
    import_societies(by=alice, letter=letter, plan=plan(letter, listing), now=now)
    letter.refresh_from_db()
    desk.invite(by=alice, letter=letter, now=now)
    for place, link in enumerate(links_of(letter)):
        if place in EARLY:
            sign_as(link)
    letter.refresh_from_db()
    talking = links_of(letter)
    comment(letter, [talking[place] for place in TALKING], by=alice)
    second = draft.add_version(by=alice, letter=letter, upload=_upload("letter-v2.md"), now=database_now())
    note = "Two societies asked us to soften the claim about travel, and reference 6 was corrected."
    draft.publish(by=alice, version=second, change="substantive", note=note, now=database_now())
    _second_round(letter)
    letter.refresh_from_db()
    chase(letter, links_of(letter), by=alice)
    return letter


def _second_round(letter: Letter) -> None:
    for place, link in enumerate(links_of(letter)):
        if place in KEPT or place in LATE:
            signature = sign_as(link)
            if place == WITHDRAWN:
                signing.withdraw(by=link, signature=signature, reason="The board meets again next week.")
        elif place in DECLINED:
            responses.decline(by=link, reason="Outside our field.")
