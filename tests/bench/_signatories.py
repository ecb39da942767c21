"""Made-up societies in any number, with a sheet and the evidence of a letter they all signed."""

import random
from typing import Any

from letters.proof import bundle, chain, checkpoint, proofs
from letters.proof.history import COMMITTED
from letters.proof.records import content_hash, private_digest, statement_hash
from letters.render.keys import SealKeys
from letters.render.sheet import Sheet, Signatory
from tests.letters.render.sheets import NAMES

PARAGRAPH = (
    "We, the undersigned societies, ask the editors to correct the guideline, since its tables do not follow from the "
    "trials it cites and its advice therefore misleads those who treat patients and those who pay for their care. "
)
HTML = "".join(
    f"<h2>Section {number}</h2>" + f"<p>{PARAGRAPH * 3}</p>" * 5 for number in range(1, 8)
) + '<div class="signatories-place"></div><h2>References</h2><ol class="references">' + "".join(
    f'<li id="ref-{number}" value="{number}">Doe J. A guideline, part {number}. <em>J Pain</em> 2025. '
    f'<a href="https://doi.org/10.1000/{number}">doi:10.1000/{number}</a></li>' for number in range(1, 21)
) + "</ol>"  # fmt: skip
TEXT = PARAGRAPH * 105
PARTS = (
    "Academy", "Society", "College", "Association", "Northern", "Southern", "Atlantic", "Spine", "Pain",
    "Interventional", "Medicine", "Radiology", "Surgery", "Neurology", "Anaesthesia", "Rehabilitation",
)  # fmt: skip
PEOPLE = "Margaret Okafor, MD|Jörg Weiß, Prof. Dr. med.|Nguyễn Thị Lan, MD|Łukasz Kowalski, PhD|Zoë O’Brien, MD, PhD"
SEEN = "I am authorised to sign for my society, and I have read the whole text of this version. " * 3


def roster(number: int) -> list[dict[str, Any]]:
    """Records of so many societies, every twentieth with a name in one of the scripts of the tests."""
    source, people = random.Random(1), PEOPLE.split("|")
    return [_record(at, source, people) for at in range(1, number + 1)]


def _record(at: int, source: random.Random, people: list[str]) -> dict[str, Any]:
    plain = (
        f"{source.choice(PARTS)} {source.choice(PARTS)} of {' '.join(source.choices(PARTS, k=source.randint(1, 4)))}"
    )
    return {
        "receipt": f"R-{at:06d}",
        "society": f"{NAMES[at % len(NAMES)] if at % 20 == 0 else plain} {at}",
        "short_name": "".join(source.choices("ABCDEFGHIKLMNOPRST", k=4)),
        "country": source.choice(("US", "GB", "DE", "FR", "VN", "JP")),
        "printed_name": source.choice(people),
        "office": source.choice(("President", "Secretary General", "Chair of the Committee on Guidelines")),
        "mandate": {"body": "Board", "date": "2025-02-27", "minute": f"{at}/25"},
        "interests": "",
        "statement": SEEN,
        "statement_hash": statement_hash(SEEN),
        "version": 1,
        "content_hash": content_hash(TEXT),
        "signed_at": f"2025-03-01T09:30:00.{at:06d}Z",
        "authenticated": "code by e-mail",
        "slot": 1,
        "position": at,
        "salt": f"{at:032x}",
    }


def sheet_of(records: list[dict[str, Any]]) -> Sheet:
    """The sheet of a seven-page letter with these records."""
    fields = ("society", "short_name", "country", "printed_name", "office", "receipt")
    return Sheet(
        slug="bench", title="A letter that many societies signed", convener="Society of Spine & Pain",
        addressee="The Editor-in-Chief\nJournal of Examples", date="2025-03-18", language="en", version=1, edition=1,
        content_hash=content_hash(TEXT), verify_address="https://signon.example/v/0123456789ab-1", letter_html=HTML,
        signatories=tuple(Signatory(**{name: record[name] for name in fields}) for record in records),
        closed_at="2025-03-18T17:00:00.000000Z", show_officers=True,
    )  # fmt: skip


def evidence_of(records: list[dict[str, Any]], keys: SealKeys) -> dict[str, bytes]:
    """The evidence of a letter whose record holds a signature for each of these records, and the close."""
    facts = {
        "slug": "bench", "title": "A letter that many societies signed", "convener": "Society of Spine & Pain",
        "edition": 1, "version": 1, "content_hash": content_hash(TEXT), "closed_at": "2025-03-18T17:00:00.000000Z",
        "verify_address": "https://signon.example/v/0123456789ab-1",
    }  # fmt: skip
    root = bundle.root(records)
    events = [signed_by(record) for record in records]
    closed = {"edition": 1, "version": 1, "content_hash": content_hash(TEXT), "count": len(records), "root": root.hex()}
    events.append(_event("closed", "2025-03-18T17:00:00.000000Z", closed, ""))
    previous = chain.GENESIS
    for number, event in enumerate(events, start=1):
        event |= {"seq": number, "prev": previous}
        event["hash"] = previous = chain.event_hash(event)
    proven = proofs.written(records)
    note = checkpoint.sign(
        keys.checkpoint, origin="signon.example/bench/edition/1", size=len(records), root=root,
        extensions=bundle.bound(facts, events, keys.certificate, proven=proven),
    )  # fmt: skip
    vkey = checkpoint.vkey("signon.example", keys.checkpoint.public_key())
    return bundle.build(letter=facts, text=TEXT, roster=records, events=events, checkpoint=note, vkey=vkey,
                        certificate=keys.certificate, proven=proven)  # fmt: skip


def signed_by(record: dict[str, Any]) -> dict[str, Any]:
    """What the record of the letter holds of a signature, without its place in the chain."""
    kept = {key: record[key] for key in ("receipt", "version", "content_hash")}
    private = private_digest({key: record[key] for key in COMMITTED}, record["salt"])
    return _event("signed", record["signed_at"], kept, private)


def _event(kind: str, at: str, data: dict[str, Any], private: str) -> dict[str, Any]:
    return {"at": at, "kind": kind, "actor": "officer", "data": data, "private": private}
