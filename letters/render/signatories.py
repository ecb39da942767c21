"""The signatories of a letter in a file, each made anew whenever they are gone through; what they are is sheet's."""

import dataclasses
import json
from collections.abc import Iterable, Iterator, Mapping, Sized
from pathlib import Path
from typing import Any

from letters.render.sheet import Signatory


@dataclasses.dataclass
class Kept(Iterable[Signatory], Sized):
    """Gone through as often as wanted, it never holds more than one of them."""

    file: Path
    number: int = 0

    def passing(self, records: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        """The same roster records; what the paper shows of each is kept as it passes."""
        with self.file.open("w", encoding="utf-8") as lines:
            for record in records:
                lines.write(json.dumps(shown(record)) + "\n")
                self.number += 1
                yield record

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[Signatory]:
        with self.file.open(encoding="utf-8") as lines:
            for line in lines:
                yield Signatory(*json.loads(line))


def shown(record: Mapping[str, Any]) -> list[str]:
    """What the paper shows of a roster record besides its logo, in the order of Signatory's fields."""
    return [
        record["society"], record["short_name"], record["country"], record["printed_name"], record["office"],
        record["receipt"], record.get("kind", ""), record["interests"],
    ]  # fmt: skip
