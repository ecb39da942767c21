"""A roster held against the record: commitments, rosters frozen anew, later editions."""

import json

import pytest

from letters.proof import bundle, history
from letters.proof.passing import Chained
from letters.proof.verify import verify_bundle, verify_pdf
from tests.letters.proof import world


def fixed(w):
    """Takes the roster as it is into the close, as someone with the database could, and chains anew."""
    close = next(event for event in w.events if event["kind"] == "closed")["data"]
    close.update(root=bundle.root(w.roster).hex(), count=len(w.roster))
    w.rechain()
    return w


@pytest.mark.parametrize(
    "change",
    [
        {"printed_name": "Somebody Else"},
        {"office": "Treasurer"},
        {"mandate": {"body": "Board", "date": "2025-02-28", "minute": "1/25"}},
        {"signed_at": "2025-03-01T09:31:00.000001Z"},
        {"authenticated": "passkey"},
        {"society": "Some Other Society"},
        {"salt": "0" * 32},
    ],
)
def test_check_catches_what_a_signature_did_not_commit_to(honest, change):
    forged = honest.copy()
    forged.roster[0] |= change
    (problem,) = verify_bundle(fixed(forged).zip()).problems
    assert problem.endswith("is not what the record committed to when it was signed.")


def test_check_catches_a_commitment_nobody_can_open(honest):
    forged = honest.copy()
    del forged.roster[0]["salt"]
    (problem,) = verify_bundle(fixed(forged).zip()).problems
    assert problem.endswith("is not what the record committed to when it was signed.")


def test_check_takes_a_roster_frozen_anew_after_a_withdrawal(honest):
    anew = honest.copy()
    gone = anew.roster.pop()
    close = next(event for event in anew.events if event["kind"] == "closed")
    frozen = close["data"] | {"root": bundle.root(anew.roster).hex(), "count": 2}
    anew.events.append(world.event("withdrawn", 65, receipt=gone["receipt"]))
    anew.rechain()
    assert verify_bundle(anew.zip()).problems != []
    anew.events.append(world.event("frozen", 65, **frozen))
    anew.rechain()
    assert verify_bundle(anew.zip()).problems == []
    assert verify_pdf(anew.pdf()).problems == []


def checked(roster, events, manifest):
    """What history says once the events have passed, as evidence does it."""
    chained = Chained(manifest)
    passed = list(chained.noted((event, b"") for event in events))
    assert chained.recorded == (len(events), events[-1]["hash"])
    assert history.check(roster, passed, manifest) == history.check(roster, passed, manifest, chained.closed)
    return history.check(roster, passed, manifest, chained.closed)


def test_check_reads_the_close_of_its_own_edition(honest):
    later = honest.copy()
    late = world.roster_record(8, "Late Society")
    later.roster.append(late)
    later.letter["edition"] = 2
    close = next(event for event in later.events if event["kind"] == "closed")["data"]
    later.events.append(world.signed(late, 100))
    later.events.append(
        world.event("closed", 120, **close | {"edition": 2, "root": bundle.root(later.roster).hex(), "count": 4})
    )
    later.rechain()
    assert verify_bundle(later.zip()).problems == []
    files = honest.files()
    first = json.loads(files[bundle.MANIFEST])
    assert checked(honest.roster, later.events, first) == []
    second = json.loads(later.files()[bundle.MANIFEST])
    assert checked(honest.roster, later.events, second) == [
        "By the record a society signed this version (receipt R-0008), but the roster leaves it out."
    ]
