"""A small signed letter with its chain, bundle and sealed PDF, built from literals for the tests of proof."""

import copy
import functools
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pikepdf
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding

from letters.proof import bundle, chain, checkpoint, proofs
from letters.proof.history import COMMITTED
from letters.proof.records import content_hash, instant, private_digest, statement_hash
from letters.render.keys import SealKeys
from letters.render.seal import seal as sealed
from tests.letters.proof.stamp import certificate_for, seal, with_files
from tests.letters.render.registry import Registry, answering
from tests.letters.render.tsa import LocalAuthority, serving

TEXT = "Retraction requested\n\nDear Editors,\n\nwe ask you to retract the guideline.\n"
OLD_TEXT = "Retraction requested\n\nDear Editors,\n\nplease retract the guideline.\n"
NAMES = ("Society of Spine & Pain", "Société de la Douleur", "Spine & Pain")
START = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
STAMPED = datetime(2025, 3, 18, 17, 5, 2, tzinfo=UTC)
SEAL_KEY = ec.derive_private_key(0x51C09, ec.SECP256R1())
NOTE_KEY = Ed25519PrivateKey.from_private_bytes(b"n" * 32)
CERTIFICATE = certificate_for(SEAL_KEY, "Signon test seal")


def roster_record(number: int, society: str, text: str = TEXT) -> dict:
    salted = {"salt": f"{number:032x}"} if number % 3 else {}
    statement = f"I sign version 2 of this letter for {society}."
    return {
        "receipt": f"R-{number:04d}",
        "society": society,
        "short_name": f"S{number}",
        "country": "US",
        "printed_name": f"Officer {number}",
        "office": "President",
        "mandate": {"body": "Board", "date": "2025-02-27", "minute": f"{number}/25"},
        "interests": "",
        "statement": statement,
        "statement_hash": statement_hash(statement),
        "version": 2,
        "content_hash": content_hash(text),
        "signed_at": instant(START + timedelta(minutes=number)),
        "authenticated": "code by e-mail",
        "slot": 1,
        "position": number,
        **salted,
    }


@functools.cache
def another_certificate(key):
    """One certificate per key: making it again would give another signature, and so another certificate."""
    return certificate_for(key, "Another seal")


@dataclass
class World:
    """Everything a bundle is made of. Tests alter a part and build again."""

    text: str = TEXT
    roster: list[dict] = field(default_factory=list)
    events: list[dict] = field(default_factory=list)
    letter: dict = field(default_factory=dict)
    note_key: Ed25519PrivateKey = NOTE_KEY
    seal_key: ec.EllipticCurvePrivateKey = SEAL_KEY
    bound: bool = True
    proven: bool = True  # whether the evidence has proofs.json
    authority: object = None  # a local time-stamp authority (see tests/letters/render/tsa.py), or none

    def rechain(self) -> None:
        """Give all events right numbers, links and hashes again, as a forger with the database would."""
        prev = chain.GENESIS
        for number, event in enumerate(self.events, start=1):
            event.pop("hash", None)
            event |= {"seq": number, "prev": prev}
            event["hash"] = prev = chain.event_hash(event)

    def certificate(self):
        return CERTIFICATE if self.seal_key is SEAL_KEY else another_certificate(self.seal_key)

    def files(self) -> dict[str, bytes]:
        pem = self.certificate().public_bytes(Encoding.PEM)
        proven = proofs.written(self.roster) if self.proven else None
        note = checkpoint.sign(
            self.note_key,
            origin=f"signon.example/{self.letter['slug']}/edition/{self.letter['edition']}",
            size=len(self.roster),
            root=bundle.root(self.roster),
            extensions=bundle.bound(self.letter, self.events, pem, proven=proven) if self.bound else (),
        )
        return bundle.build(
            letter=self.letter,
            text=self.text,
            roster=self.roster,
            events=self.events,
            checkpoint=note,
            vkey=checkpoint.vkey("signon.example", self.note_key.public_key()),
            certificate=pem,
            proven=proven,
        )

    def zip(self) -> bytes:
        return bundle.to_zip(self.files())

    def pages(self) -> list[list[str]]:
        shown = self.letter["content_hash"]
        grouped = " ".join(shown[i : i + 8] for i in range(0, 64, 8))
        return [[self.letter["title"], grouped], [record["society"] for record in self.roster]]

    def pdf(self, files=None, pages=None, spare=32) -> bytes:
        plain = with_files(pages or self.pages(), self.files() if files is None else files)
        return seal(plain, self.seal_key, self.certificate(), authority=self.authority, spare=spare)

    def copy(self) -> "World":
        kept = (self.note_key, self.seal_key, self.authority)
        return copy.deepcopy(self, {id(part): part for part in kept})


def stamped() -> World:
    """The honest letter with a time-stamp authority of its own, whose keys are new each time."""
    made = honest()
    made.authority = LocalAuthority(STAMPED)
    return made


def lasting(*, archive: bool = True, **registry) -> bytes:
    """The honest letter by the real sealer, with answers about revocation behind its seal and a stamp over them."""
    made = honest()
    keys = SealKeys(made.seal_key, made.certificate().public_bytes(Encoding.PEM), made.note_key)
    with (
        answering(Registry(STAMPED, **registry)) as answers,
        serving(LocalAuthority(STAMPED, registry=answers)) as local,
    ):
        authority = local.authority(validation=True, archive=archive)
        return sealed(with_files(made.pages(), made.files()), keys, reason="Seal", when=STAMPED, authority=authority)


def event(kind: str, minutes: int, actor: str = "signon", **data) -> dict:
    at = instant(START + timedelta(minutes=minutes))
    return {"at": at, "kind": kind, "actor": actor, "data": data, "private": ""}


def signed(record: dict, minutes: int, **more) -> dict:
    """The event of a signature: a commitment where the record has a salt, else the society's name."""
    kept = {key: record[key] for key in ("receipt", "version", "content_hash")}
    if "salt" in record:
        facts = {key: record[key] for key in COMMITTED}
        return event("signed", minutes, "officer", **kept, **more) | {"private": private_digest(facts, record["salt"])}
    return event("signed", minutes, "officer", **kept, society=record["society"], **more)


def honest(names=NAMES) -> World:
    """A letter of two versions: the first signer kept its signature, one withdrew, the rest signed once."""
    roster = [roster_record(number, name) for number, name in enumerate(names, start=1)]
    early = roster_record(90, names[0], OLD_TEXT) | {"version": 1}
    gone = roster_record(91, "Society That Withdrew")
    events = [event("published", -60, version=1), signed(early, -50), event("published", -40, version=2)]
    events += [signed(roster[0], 1, replaces=early["receipt"]), signed(gone, 2)]
    events += [signed(record, number) for number, record in enumerate(roster[1:], start=3)]
    events += [event("withdrawn", 50, receipt=gone["receipt"])]
    closed = {"edition": 1, "version": 2, "content_hash": content_hash(TEXT), "count": len(roster)}
    events += [event("closed", 60, **closed, root=bundle.root(roster).hex())]
    letter = {
        "slug": "retraction",
        "title": "Retraction requested",
        "convener": "Society of Spine & Pain",
        "edition": 1,
        "version": 2,
        "content_hash": content_hash(TEXT),
        "closed_at": instant(START + timedelta(minutes=60)),
        "verify_address": "https://signon.example/v/retraction-1",
    }
    world = World(roster=roster, events=events, letter=letter)
    world.rechain()
    return world


def saved(pdf: pikepdf.Pdf, **options) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()
