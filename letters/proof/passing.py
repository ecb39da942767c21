"""What is asked of the records of a roster and of the events together, kept while they pass one by one for evidence."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from letters.proof import chain, history, merkle
from letters.proof.bundle import Recorded
from letters.proof.records import statement_hash

Data = Mapping[str, Any]


class Passed:
    """The roster: names as printed, one for each run of signatures of the same society, and what is wrong with it."""

    def __init__(self, manifest: Data) -> None:
        self.number, self.societies = 0, list[str]()
        self._manifest, self._tree = manifest, merkle.Growing()
        self._receipts, self._places = set[str](), set[str | tuple[str, int]]()
        self._problems: list[str] = []

    def take(self, record: Data, written: bytes) -> bytes:
        """One record more, and its own bytes; gives its hash as a leaf (see merkle)."""
        self.number += 1
        society, slot, manifest = record["society"], record["slot"], self._manifest
        if not self.societies or society != self.societies[-1]:
            self.societies.append(society)
        self._receipts.add(record["receipt"])
        self._places.add(society if slot == 1 else (society, slot))
        if (record["version"], record["content_hash"]) != (manifest["version"], manifest["content_hash"]):
            self._problems.append(f"The signature of {_who(record)} names another version or text than this letter's.")
        if statement_hash(record["statement"]) != record["statement_hash"]:
            self._problems.append(f"The statement of {_who(record)} does not have the hash it was signed with.")
        leaf = merkle.leaf(written)
        self._tree.add(leaf)
        return leaf

    def problems(self) -> list[str]:
        """What is wrong with it, once all records have passed."""
        found, manifest = list(self._problems), self._manifest
        for held, what in ((self._receipts, "receipt"), (self._places, "society and place")):
            if len(held) != self.number:
                found.append(f"The roster gives the same {what} to two signatures.")
        if self.number != manifest["signatures"]:
            found.append(f"The roster holds {self.number} signatures, not {manifest['signatures']} as stated.")
        if self._tree.root().hex() != manifest["merkle_root"]:
            found.append("The roster was changed: it does not have the stated Merkle root.")
        return found


class Chained:
    """The events: their number, the hash of the last, and the last of those that fix the roster of this edition."""

    def __init__(self, manifest: Data) -> None:
        self._edition = manifest["edition"]
        self.closed: Data | None = None
        self.recorded = Recorded(0, chain.GENESIS)

    def noted(self, events: Iterable[tuple[dict[str, Any], bytes]]) -> Iterator[dict[str, Any]]:
        """The same events, which pass."""
        for number, (event, _) in enumerate(events, start=1):
            self.recorded = Recorded(number, event["hash"])
            if history.fixes(event, self._edition):
                self.closed = event
            yield event


def _who(record: Data) -> str:
    return f"{record['society']} (receipt {record['receipt']})"
