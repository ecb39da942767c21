"""From a frozen edition to its stored, sealed and checked PDF; the pages themselves are made by the other modules."""

import dataclasses
import datetime
import hashlib
import urllib.parse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from letters import jobs, lifecycle
from letters.models import Document, Edition, Job, Signature, State, database_now
from letters.models.document import Kind
from letters.models.letter import Paper
from letters.proof import archive, bundle, checkpoint, proofs
from letters.proof.records import instant
from letters.render.aside import aside
from letters.render.asking import Unanswered
from letters.render.keys import BadKeys, SealKeys
from letters.render.page import spelled
from letters.render.parts import Shelf
from letters.render.pdf import LONG, Unprintable, print_paper
from letters.render.pictures import at_the_head, flat
from letters.render.seal import Unsound, check_sealed, seal_file
from letters.render.sheet import Sheet, Signatory
from letters.render.signatories import Kept, shown
from letters.render.site_keys import site_authority, site_keys
from letters.render.spare import spare
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
        said.append(words.earlier.format(number=one.number, day=day, count=words.told(one.counts["signed"])))
    return " ".join(said)


def sheet_of(edition: Edition, signatories: Iterable[Signatory] | None = None) -> Sheet:
    """All the paper may know, from the version and the signatories (of the frozen roster where none are given)."""
    letter, version = edition.letter, edition.version
    if signatories is None:
        signatories = tuple(Signatory(*shown(record)) for record in edition.records())
    if letter.paper != Paper.A4 or edition.societies <= LONG:  # an annex shows no logos
        signatories = _with_logos(signatories, Signature.objects.all().logos(edition.records()))
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
        signatories=signatories,
        closed_at=instant(edition.closed_at),
        show_officers=True,
        earlier=earlier_line(edition),
        paper=letter.paper,
        letterhead=letter.letterhead,
        logo=at_the_head(letter.letterhead_logo),
        targets=tuple(letter.targets.values_list("citation", "doi")),
    )


def _with_logos(signatories: Iterable[Signatory], logos: Mapping[str, Document]) -> tuple[Signatory, ...]:
    return tuple(
        dataclasses.replace(one, logo=flat(logos[one.receipt].read())) if one.receipt in logos else one
        for one in signatories
    )


def checkpoint_key(key: Ed25519PrivateKey) -> str:
    """The line with which this site's checkpoints are checked; its name is the site's host."""
    return checkpoint.vkey(urllib.parse.urlsplit(settings.SITE_URL).netloc, key.public_key())


def checkpoint_fingerprint(key: Ed25519PrivateKey) -> str:
    """SHA-256 of the raw Ed25519 public key, as the verifier states it."""
    return hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()


def evidence_of(
    edition: Edition, keys: SealKeys, folder: Path, roster: Iterable[Mapping[str, Any]] | None = None
) -> dict[str, Path]:
    """The files with which a stranger can check the letter without this site, written into an empty folder.

    `roster` are the records, where somebody looks at them as they pass.
    """
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
    rows = letter.events.order_by("seq").iterator(chunk_size=2_000)
    with (folder / "events.json").open("wb") as file:
        events = bundle.record(file, (event.as_record() for event in rows))
    with (folder / "roster.json").open("wb") as file:
        enrolled = bundle.enrol(file, edition.records() if roster is None else roster)
    proven = proofs.written(list(edition.records())) if enrolled.number <= proofs.LIMIT else None
    note = checkpoint.sign(
        keys.checkpoint,
        origin=lifecycle.origin(letter, f"edition/{edition.number}"),
        size=enrolled.number,
        root=bytes.fromhex(edition.root),
        extensions=bundle.bound(facts, events, keys.certificate, proven=proven),
    )
    return bundle.lay(
        folder,
        letter=facts,
        text=version.text,
        enrolled=enrolled,
        checkpoint=note,
        vkey=checkpoint_key(keys.checkpoint),
        certificate=keys.certificate,
        proven=proven,
    )


class Teller:
    """Shows at the job how far a long paper has come; a short one has no parts and is done before anybody looks."""

    def __init__(self, job: Job) -> None:
        self._job, self._parts = job, ""

    def parts(self, done: int, of: int) -> None:
        """So many parts are drawn."""
        self._parts = f"{done:,} of {of:,} parts"
        self.then("")

    def then(self, what: str) -> None:
        """All parts are, and so is what follows them."""
        if self._parts:
            jobs.tell(self._job, self._parts + what, now=database_now())


def seal_edition(job: Job, clock: jobs.Clock = database_now) -> None:
    """Render, seal, check and store the edition of this job; a second run finds it done and changes nothing.

    Whatever grows with the letter lies in files and passes through in pieces.
    """
    edition = Edition.objects.select_related("letter", "version").get(pk=job.subject)
    if edition.superseded_at or edition.sealed_at:
        return
    try:
        keys = site_keys()
    except BadKeys as error:
        raise jobs.Later(str(error)) from error
    if expired(keys.certificate, clock()):
        raise jobs.GiveUp(ending(keys.certificate, clock()))
    with aside(Path(settings.DATA) / "sealing") as folder:
        _seal(edition, keys, folder, Teller(job), clock)


def _seal(edition: Edition, keys: SealKeys, folder: Path, teller: "Teller", clock: jobs.Clock) -> None:
    shelf, paper, packed = Shelf(Path(settings.DATA) / "parts"), folder / "paper.pdf", folder / "evidence.zip"
    evidence = _printed(edition, keys, folder, shelf, teller)
    with packed.open("wb") as file:
        archive.write_zip(file, evidence)
    teller.then(" and the binding")
    try:
        with paper.open("r+b") as file:
            seal_file(
                file, keys, reason=f"Seal of {edition}", location=settings.SITE_URL, when=clock(),
                authority=site_authority(),
            )  # fmt: skip
    except BadKeys as error:
        raise jobs.Later(str(error)) from error
    except Unanswered as error:
        raise jobs.Later(f"{error} {error.meanwhile}") from error
    teller.then(", the binding and the seal")
    try:
        check_sealed(paper)
    except Unsound as error:
        raise jobs.GiveUp(str(error)) from error
    now = clock()
    shelf.sweep((now - KEPT).timestamp())
    document = Document.objects.take(paper, kind=Kind.PDF, edition=edition, now=now)
    Document.objects.take(packed, kind=Kind.EVIDENCE, edition=edition, now=now)
    with transaction.atomic():
        if lifecycle.mark_sealed(edition, document=document, now=now):
            jobs.put("announce", edition.pk, letter=edition.letter, now=now)
            if lifecycle.locked(edition.letter).state == State.PUBLISHED:  # a late edition has kits of its own
                jobs.put("pictures", edition.pk, letter=edition.letter, now=now)
                jobs.put("kits", edition.pk, letter=edition.letter, now=now)


def _printed(edition: Edition, keys: SealKeys, folder: Path, shelf: Shelf, teller: "Teller") -> dict[str, Path]:
    """Write the unsealed paper into the folder; gives its evidence, which lies there too."""
    if edition.societies > LONG:
        spare.ready()
    signatories, laid = Kept(folder / "signatories"), folder / "evidence"
    laid.mkdir()
    evidence = evidence_of(edition, keys, laid, signatories.passing(edition.records()))
    try:
        print_paper(sheet_of(edition, signatories), evidence, folder / "paper.pdf", shelf=shelf, told=teller.parts)
    except Unprintable as error:
        raise jobs.GiveUp(str(error)) from error
    return evidence
