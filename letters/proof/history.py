"""Compares a roster with the chain of events: who signed, replaced, withdrew, and what the close fixed."""

from collections.abc import Mapping, Sequence
from typing import Any

from letters.proof.records import private_digest

Data = Mapping[str, Any]

# Kinds of event that fix the roster of an edition. The last one of an edition counts: a close may be taken
# back, and a roster frozen anew.
FIXING = ("closed", "frozen")
# What the event of a signature commits to by a salted digest, where it does not name the society openly. So
# the record is silent on who withdrew, and whoever is printed can still be held against it.
COMMITTED = (
    "society", "printed_name", "office", "mandate", "interests", "statement_hash", "signed_at", "authenticated",
)  # fmt: skip
# Committed to as well where the record has them; records made earlier do not.
COMMITTED_SINCE = ("seat", "logo")


def check(roster: Sequence[Data], events: Sequence[Data], manifest: Data) -> list[str]:
    """Problem sentences; empty when the roster is exactly what the events leave standing at the close.

    Reads events of kind "signed" {"receipt", "version", "content_hash", "society" or a commitment, "replaces"
    where a signature was kept on a new version}, "withdrawn" {"receipt"}, and of the kinds FIXING {"edition",
    "version", "content_hash", "root", "count"}. The chain itself must have been checked before.
    """
    fixed = [e for e in events if e["kind"] in FIXING and e["data"].get("edition") == manifest["edition"]]
    if not fixed:
        return [f"The record has no close of edition {manifest['edition']}."]
    problems = _close(fixed[-1]["data"], manifest)
    standing, later = _standing(events, fixed[-1]["seq"], problems)
    for record in roster:
        problems += _agreement(record, standing, later)
    printed = {record["receipt"] for record in roster}
    same = (manifest["version"], manifest["content_hash"])
    for receipt, event in standing.items():
        data = event["data"]
        if receipt not in printed and (data.get("version"), data.get("content_hash")) == same:
            problems.append(
                f"By the record {data.get('society', 'a society')} signed this version (receipt {receipt}), "
                "but the roster leaves it out."
            )
    return problems


def _close(data: Data, manifest: Data) -> list[str]:
    wanted = {
        "version": ("version", "another version"),
        "content_hash": ("content_hash", "another text"),
        "root": ("merkle_root", "another roster"),
        "count": ("signatures", "another number of signatures"),
    }
    return [
        f"The record closed this edition with {what} than the one given here."
        for key, (same, what) in wanted.items()
        if not _equal(data.get(key), manifest[same])
    ]


def standing(events: Sequence[Data], upto: int) -> dict[str, Data]:
    """The events of the signatures that stand after the event numbered `upto`, by receipt, in the order given."""
    return _standing([event for event in events if event["seq"] <= upto], upto, [])[0]


def _standing(events: Sequence[Data], close: int, problems: list[str]) -> tuple[dict[str, Data], set[str]]:
    """The events of signatures that stand at the close, by receipt, and the receipts withdrawn after it."""
    standing: dict[str, Data] = {}
    known: set[str] = set()
    later: set[str] = set()
    for event in events:
        if event["kind"] not in ("signed", "withdrawn"):
            continue
        receipt, replaced = event["data"].get("receipt"), event["data"].get("replaces", "")
        if type(receipt) is not str or type(replaced) is not str:
            problems.append(f"Event {event['seq']} of the record does not name its receipt.")
        elif event["seq"] > close:
            later |= {receipt} if event["kind"] == "withdrawn" else set()
        elif event["kind"] == "withdrawn":
            standing.pop(receipt, None)
        else:
            if receipt in known:
                problems.append(f"The record gives the receipt {receipt} to two signatures.")
            known.add(receipt)
            standing.pop(replaced, None)
            standing[receipt] = event
    return standing, later


def _agreement(record: Data, standing: Mapping[str, Data], later: set[str]) -> list[str]:
    who = f"{record['society']} (receipt {record['receipt']})"
    signed = standing.get(record["receipt"])
    if signed is None:
        return [f"The roster names {who}, but by the record that signature was not standing at the close."]
    if record["receipt"] in later:
        return [f"The roster names {who}, but the record says it was withdrawn."]
    open_keys = [key for key in ("society", "version", "content_hash") if key != "society" or key in signed["data"]]
    problems = [
        f"The roster and the record do not agree on {key.replace('_', ' ')} for {who}."
        for key in open_keys
        if not _equal(signed["data"].get(key), record[key])
    ]
    if "salt" in record or "society" not in open_keys:
        kept = (*COMMITTED, *(key for key in COMMITTED_SINCE if key in record))
        facts = {key: record[key] for key in kept}
        if private_digest(facts, record.get("salt", "")) != signed["private"]:
            problems.append(f"What the roster says of {who} is not what the record committed to when it was signed.")
    return problems


def _equal(one: object, other: object) -> bool:
    # In Python True equals 1; on paper it does not.
    return type(one) is type(other) and one == other
