"""Compares a roster with the chain of events: who signed, replaced, withdrew, and what the close fixed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
# What an event of a signature may say openly.
OPEN = ("society", "version", "content_hash")


@dataclass(slots=True)
class Standing:
    """What the roster is held against of a signature's event: its commitment, and what it says openly."""

    private: str
    data: Data
    printed: bool = False


def check(roster: Iterable[Data], events: Iterable[Data], manifest: Data, fixed: Data | None = None) -> list[str]:
    """Problem sentences; empty when the roster is exactly what the events leave standing at the close.

    Reads events of kind "signed" {"receipt", "version", "content_hash", "society" or a commitment, "replaces"
    where a signature was kept on a new version}, "withdrawn" {"receipt"}, and of the kinds FIXING {"edition",
    "version", "content_hash", "root", "count"}. The chain itself must have been checked before. `fixed` is the last
    event that fixes this edition, where it is known.
    """
    if fixed is None:
        fixed = next((event for event in reversed(list(events)) if fixes(event, manifest["edition"])), None)
    if fixed is None:
        return [f"The record has no close of edition {manifest['edition']}."]
    problems = _close(fixed["data"], manifest)
    standing, later = _standing(events, fixed["seq"], problems)
    for record in roster:
        problems += _agreement(record, standing, later)
    same = (manifest["version"], manifest["content_hash"])
    for receipt, event in standing.items():
        data = event.data
        if not event.printed and (data.get("version"), data.get("content_hash")) == same:
            problems.append(
                f"By the record {data.get('society', 'a society')} signed this version (receipt {receipt}), "
                "but the roster leaves it out."
            )
    return problems


def fixes(event: Data, edition: int) -> bool:
    """Whether an event fixes the roster of an edition."""
    return event["kind"] in FIXING and event["data"].get("edition") == edition


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


def standing(events: Iterable[Data], upto: int) -> dict[str, Standing]:
    """The signatures that stand after the event numbered `upto`, by receipt, in the order given."""
    return _standing((event for event in events if event["seq"] <= upto), upto, [])[0]


def _standing(events: Iterable[Data], close: int, problems: list[str]) -> tuple[dict[str, Standing], set[str]]:
    """The signatures that stand at the close, by receipt, and the receipts withdrawn after it."""
    standing: dict[str, Standing] = {}
    gone: set[str] = set()
    later: set[str] = set()
    said: Data = {}
    for event in events:
        if event["kind"] not in ("signed", "withdrawn"):
            continue
        receipt, replaced = event["data"].get("receipt"), event["data"].get("replaces", "")
        if type(receipt) is not str or type(replaced) is not str:
            problems.append(f"Event {event['seq']} of the record does not name its receipt.")
        elif event["seq"] > close:
            later |= {receipt} if event["kind"] == "withdrawn" else set()
        elif event["kind"] == "withdrawn":
            if standing.pop(receipt, None):
                gone.add(receipt)
        else:
            if receipt in standing or receipt in gone:
                problems.append(f"The record gives the receipt {receipt} to two signatures.")
            if standing.pop(replaced, None):
                gone.add(replaced)
            said = _same({key: event["data"][key] for key in OPEN if key in event["data"]}, said)
            standing[receipt] = Standing(event["private"], said)
    return standing, later


def _same(data: Data, before: Data) -> Data:
    """What the signature before said, where this one says the same: of 100,000 it is then held once."""
    return before if data == before and all(type(data[key]) is type(before[key]) for key in data) else data


def _agreement(record: Data, standing: Mapping[str, Standing], later: set[str]) -> list[str]:
    who = f"{record['society']} (receipt {record['receipt']})"
    signed = standing.get(record["receipt"])
    if signed is None:
        return [f"The roster names {who}, but by the record that signature was not standing at the close."]
    signed.printed = True
    if record["receipt"] in later:
        return [f"The roster names {who}, but the record says it was withdrawn."]
    open_keys = [key for key in OPEN if key != "society" or key in signed.data]
    problems = [
        f"The roster and the record do not agree on {key.replace('_', ' ')} for {who}."
        for key in open_keys
        if not _equal(signed.data.get(key), record[key])
    ]
    if "salt" in record or "society" not in open_keys:
        kept = (*COMMITTED, *(key for key in COMMITTED_SINCE if key in record))
        facts = {key: record[key] for key in kept}
        if private_digest(facts, record.get("salt", "")) != signed.private:
            problems.append(f"What the roster says of {who} is not what the record committed to when it was signed.")
    return problems


def _equal(one: object, other: object) -> bool:
    # In Python True equals 1; on paper it does not.
    return type(one) is type(other) and one == other
