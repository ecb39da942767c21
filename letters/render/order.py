"""What the child process is asked to print, as it travels over standard input; printing is left to press."""

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

# How a hand answers an order: a letter (done, or refused with a sentence) and the number of bytes that follow.
ANSWER = struct.Struct(">cQ")
DONE, NOT_DONE = b"D", b"R"
# Exit status of a child that says in one sentence on standard error why the page cannot be printed.
REFUSED = 3


@dataclass(frozen=True)
class Limits:
    """How much one paper may take: seconds on the clock and of CPU, megabytes of address space."""

    clock: int = 300
    cpu: int = 240
    megabytes: int = 3_000


LIMITS = Limits()


@dataclass(frozen=True)
class Facts:
    """What a library needs besides title, creator and description, which stand in the page's head.

    `relations` are the addresses of the papers the letter is about.
    """

    identifier: str
    language: str
    date: str
    relations: Sequence[str] = ()


@dataclass(frozen=True)
class Order:
    """One page of HTML, the files to attach by name, and the moment (with time zone) all dates in it show."""

    page: str
    moment: datetime
    facts: Facts
    evidence: Mapping[str, bytes] = field(default_factory=dict)
    limits: Limits = LIMITS

    def to_json(self) -> bytes:
        """The order as JSON, files in base64."""
        values: dict[str, Any] = {
            "page": self.page,
            "moment": self.moment.isoformat(),
            "facts": asdict(self.facts),
            "evidence": {name: base64.b64encode(data).decode() for name, data in self.evidence.items()},
            "limits": asdict(self.limits),
        }
        return json.dumps(values).encode()

    @classmethod
    def from_json(cls, data: bytes) -> "Order":
        """The order written by to_json."""
        values: dict[str, Any] = json.loads(data)
        return cls(
            page=values["page"],
            moment=datetime.fromisoformat(values["moment"]),
            facts=Facts(**values["facts"]),
            evidence={name: base64.b64decode(text) for name, text in values["evidence"].items()},
            limits=Limits(**values["limits"]),
        )
