"""What people do in the fault tests, as functions of plain values, so that other processes can be asked to do it."""

import datetime
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from letters import lifecycle
from letters.draft import actions as draft
from letters.freshness import Presence
from letters.models import Document, Edition, Letter, Link, Signature, User, Version, database_now
from letters.models.document import Kind
from letters.proof import chain
from letters.sign import actions as signing
from letters.sign import responses
from letters.sign.actions import Consent, SignedAlready
from letters.submit import actions as submit
from letters.submit import late
from signon import celery
from tests import factories
from tests.faults.machines import crashed, eventually

HEADER = "society,short_name,country,contact_name,credentials,office,email,role"
RELATED = ("officer__user", "officer__society", "invitation__society", "invitation__letter__current")


def listing(societies: int) -> str:
    """A list of so many societies with one officer each."""
    rows = (f"Society {n},S{n},GB,Officer {n},,President,o{n}@s{n}.example,signer" for n in range(societies))
    return "\n".join([HEADER, *rows])


def sign(link: int, content_hash: str) -> tuple[str, str]:
    """(“signed” or “already”, receipt number) of the officer of `link` under the text with this hash."""
    by = Link.objects.select_related(*RELATED).get(pk=link)
    consent = Consent(content_hash, by.officer.printed_name, by.officer.office, "Board")
    try:
        made = signing.sign(by=by, consent=consent, presence=Presence("6-digit code by e-mail", database_now()))
    except SignedAlready as error:
        return "already", error.signature.receipt_no
    return "signed", made.receipt_no


def decline(link: int) -> str:
    """The society of `link` will not sign."""
    return responses.decline(by=Link.objects.select_related(*RELATED).get(pk=link), reason="").society.official_name


def respond_openly(link: int) -> str:
    """The society of `link` declines and lets everybody know."""
    answer = responses.Answer("declined", reason="Not our field.", may_be_shown=True)
    return responses.respond(by=Link.objects.select_related(*RELATED).get(pk=link), answer=answer).response


def open_late(slug: str, email: str, invitations: list[int]) -> int:
    """A coordinator lets these societies sign a sealed letter; the primary key of the call."""
    now = database_now()
    by, letter = User.objects.get(email=email), Letter.objects.get(slug=slug)
    until = now + datetime.timedelta(days=7)
    return late.open_late(by=by, letter=letter, societies=invitations, until=until, now=now).pk


def close_late(slug: str, email: str) -> int | None:
    """A coordinator ends late signing; the primary key of the next edition, if there is one."""
    edition = late.close_late(by=User.objects.get(email=email), letter=Letter.objects.get(slug=slug))
    return edition and edition.pk


def withdraw(link: int, receipt_no: str) -> str:
    """Take this signature back; its receipt number."""
    by = Link.objects.select_related(*RELATED).get(pk=link)
    return signing.withdraw(by=by, signature=Signature.objects.get(receipt_no=receipt_no), reason="").receipt_no


def close(slug: str, email: str) -> int:
    """A coordinator closes; the primary key of the frozen edition."""
    return submit.close(by=User.objects.get(email=email), letter=Letter.objects.get(slug=slug)).pk


def extend(slug: str, email: str) -> str:
    """A coordinator gives another week."""
    later = database_now() + datetime.timedelta(days=7)
    letter = Letter.objects.get(slug=slug)
    return submit.extend(by=User.objects.get(email=email), letter=letter, deadline=later, now=database_now()).state


def publish(version: int, email: str) -> str:
    """A coordinator circulates a waiting version; the state of the letter after it."""
    row = Version.objects.select_related("letter").get(pk=version)
    by = User.objects.get(email=email)
    return draft.publish(by=by, version=row, change="substantive", note="", now=database_now()).state


def mark_sealed(edition: int) -> bool:
    """A worker comes back with a sealed file, which is a stand-in here; True when it became the letter's."""
    row = Edition.objects.select_related("letter").get(pk=edition)
    now = database_now()
    document = Document.objects.keep(secrets.token_bytes(32), kind=Kind.PDF, edition=row, now=now)
    return lifecycle.mark_sealed(row, document=document, now=now)


def opened() -> str:
    """A letter open for signature, with everybody invited; its slug."""
    return factories.signing_open().slug


def owing_a_seal() -> int:
    """In a database of its own, a closed letter whose sealing is owed; the primary key of its edition."""
    call_command("migrate", verbosity=0, interactive=False)
    letter = factories.closed("bob", "carol")
    return submit.seal(by=factories.alice(), letter=letter, now=database_now()).pk


def opened_anew(societies: int) -> tuple[str, str, list[int]]:
    """In a database of its own, a letter open for so many societies: its slug, the hash of its words, the links."""
    call_command("migrate", verbosity=0, interactive=False)
    letter = factories.signing_open(listing(societies))
    links = Link.objects.filter(invitation__letter=letter).values_list("pk", flat=True)
    return letter.slug, letter.on_the_table.content_hash, list(links)


def recorded(slug: str) -> tuple[dict[int, list[str]], list[str]]:
    """The receipt numbers of each officer's link, and what is wrong with the chain of events."""
    letter = Letter.objects.get(slug=slug)
    found: dict[int, list[str]] = {}
    for link in Link.objects.filter(invitation__letter=letter):
        found[link.pk] = list(link.invitation.signatures.values_list("receipt_no", flat=True))
    return found, chain.check([event.as_record() for event in letter.events.order_by("seq")])


def slowly(seconds: float, act: Callable[..., Any], *args: Any) -> Any:
    """Do the act and commit it only so many seconds later, with everybody else waiting for the letter."""
    with transaction.atomic():
        value = act(*args)
        time.sleep(seconds)
    return value


def look(slug: str) -> str:
    """Lock the letter and change nothing; its state."""
    return lifecycle.locked(Letter.objects.get(slug=slug)).state


def crash(home: str, after: int) -> None:
    """End the PostgreSQL of this folder once there are so many signatures."""
    eventually(lambda: Signature.objects.count() >= after, seconds=20, what="some signatures")
    crashed(Path(home))


def timed(act: Callable[..., Any], *args: Any) -> tuple[float, Any]:
    """The seconds an act took, and what it returned."""
    began = time.monotonic()
    value = act(*args)
    return time.monotonic() - began, value


def rung(rest: float = celery.REST_SECONDS) -> tuple[float, bool]:
    """Ring for a worker, and leave a silent broker alone for `rest` seconds; the seconds it took, and the answer."""
    celery.REST_SECONDS = rest
    celery.app.loader.import_default_modules()  # what a server has done before its first request
    return timed(celery.ring, 1)
