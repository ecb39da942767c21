"""From a frozen edition to its stored, sealed and checked PDF; the pages themselves are made by the other modules."""

import datetime
import hashlib
import urllib.parse
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from letters import jobs, lifecycle
from letters.models import Document, Edition, Job, Signature, State, database_now
from letters.models.document import Kind
from letters.proof import bundle, checkpoint, kinds
from letters.proof.records import instant
from letters.render.annex import Told
from letters.render.authority import Unstamped
from letters.render.keys import SealKeys
from letters.render.page import spelled
from letters.render.parts import Shelf
from letters.render.pdf import Unprintable, paper
from letters.render.pictures import flat
from letters.render.seal import Unsound, check_sealed, seal
from letters.render.sheet import Sheet, Signatory
from letters.render.site_keys import site_authority, site_keys
from letters.render.validity import ending, expired
from letters.render.wording import wording
from signon.site import absolute

KEPT = datetime.timedelta(days=90)  # a part of an annex nobody used for so long is thrown away


def verify_address(edition: Edition) -> str:
    """What page 1 prints and its QR code holds."""
    return absolute(f"/v/{edition.public_id}")


def earlier_line(edition: Edition) -> str:
    """What page 1 says of the editions before this one; empty for the first."""
    before = edition.letter.editions.exclude(sealed_at=None).filter(number__lt=edition.number).order_by("number")
    said, words = [], wording(edition.letter.language)
    for one in before:
        day = spelled(one.closed_at.astimezone(edition.letter.zone).date(), edition.letter.language)
        said.append(words.earlier.format(number=one.number, day=day, count=words.count(kinds.signers(one.roster))))
    return " ".join(said)


def sheet_of(edition: Edition) -> Sheet:
    """All the paper may know, from the frozen roster and the version."""
    letter, version = edition.letter, edition.version
    logos = Signature.objects.all().logos(edition.roster)
    return Sheet(
        slug=letter.slug,
        title=version.title,
        convener=letter.convener,
        addressee=letter.addressee,
        date=edition.closed_at.astimezone(letter.zone).date().isoformat(),
        language=letter.language,
        version=version.number,
        edition=edition.number,
        content_hash=version.content_hash,
        verify_address=verify_address(edition),
        letter_html=version.html,
        signatories=tuple(
            Signatory(
                society=record["society"], short_name=record["short_name"], country=record["country"],
                printed_name=record["printed_name"], office=record["office"], receipt=record["receipt"],
                kind=record.get("kind", ""), interests=record["interests"],
                logo=flat(logos[record["receipt"]].read()) if record["receipt"] in logos else "",
            )
            for record in edition.roster
        ),
        closed_at=instant(edition.closed_at),
        show_officers=True,
        earlier=earlier_line(edition),
        paper=letter.paper,
        letterhead=letter.letterhead,
        targets=tuple(letter.targets.values_list("citation", "doi")),
    )  # fmt: skip


def checkpoint_key(keys: SealKeys) -> str:
    """The line with which this site's checkpoints are checked; its name is the site's host."""
    return checkpoint.vkey(urllib.parse.urlsplit(settings.SITE_URL).netloc, keys.checkpoint.public_key())


def checkpoint_fingerprint(keys: SealKeys) -> str:
    """SHA-256 of the raw Ed25519 public key, as the verifier states it."""
    return hashlib.sha256(keys.checkpoint.public_key().public_bytes_raw()).hexdigest()


def evidence_of(edition: Edition, keys: SealKeys) -> dict[str, bytes]:
    """The files with which a stranger can check the letter without this site."""
    letter, version = edition.letter, edition.version
    facts: dict[str, Any] = {
        "slug": letter.slug,
        "title": version.title,
        "convener": letter.convener,
        "edition": edition.number,
        "version": version.number,
        "content_hash": version.content_hash,
        "closed_at": instant(edition.closed_at),
        "verify_address": verify_address(edition),
    }
    events = [event.as_record() for event in letter.events.order_by("seq")]
    note = checkpoint.sign(
        keys.checkpoint,
        origin=lifecycle.origin(letter, f"edition/{edition.number}"),
        size=len(edition.roster),
        root=bytes.fromhex(edition.root),
        extensions=bundle.bound(facts, events, keys.certificate),
    )
    return bundle.build(
        letter=facts,
        text=version.text,
        roster=edition.roster,
        events=events,
        checkpoint=note,
        vkey=checkpoint_key(keys),
        certificate=keys.certificate,
    )


def _teller(job: Job) -> Told:
    """Shows at the job how many parts of a long paper are done; a short one has none."""

    def told(done: int, of: int) -> None:
        jobs.tell(job, f"{done:,} of {of:,} parts")

    return told


def seal_edition(job: Job) -> None:
    """Render, seal, check and store the edition of this job; a second run finds it done and changes nothing."""
    edition = Edition.objects.select_related("letter", "version").get(pk=job.subject)
    if edition.superseded_at or edition.sealed_at:
        return
    keys = site_keys()
    if expired(keys.certificate, database_now()):
        raise jobs.GiveUp(ending(keys.certificate, database_now()))
    evidence = evidence_of(edition, keys)
    shelf = Shelf(Path(settings.DATA) / "parts")
    try:
        unsealed = paper(sheet_of(edition), evidence, shelf=shelf, told=_teller(job))
    except Unprintable as error:
        raise jobs.GiveUp(str(error)) from error
    try:
        sealed = seal(
            unsealed, keys, reason=f"Seal of {edition}", location=settings.SITE_URL, when=database_now(),
            authority=site_authority(),
        )  # fmt: skip
    except Unstamped as error:
        raise jobs.Later(f"{error} Nothing is sealed without its time-stamp.") from error
    try:
        check_sealed(sealed)
    except Unsound as error:
        raise jobs.GiveUp(str(error)) from error
    now = database_now()
    shelf.sweep((now - KEPT).timestamp())
    document = Document.objects.keep(sealed, kind=Kind.PDF, edition=edition, now=now)
    Document.objects.keep(bundle.to_zip(evidence), kind=Kind.EVIDENCE, edition=edition, now=now)
    with transaction.atomic():
        if lifecycle.mark_sealed(edition, document=document, now=now):
            jobs.put("announce", edition.pk, letter=edition.letter, now=now)
            if lifecycle.locked(edition.letter).state == State.PUBLISHED:  # a late edition has kits of its own
                jobs.put("pictures", edition.pk, letter=edition.letter, now=now)
                jobs.put("kits", edition.pk, letter=edition.letter, now=now)
