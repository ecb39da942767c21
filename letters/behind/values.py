"""How the societies under a letter stand to one version of a summary, as values; rows.py reads them."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum

from letters.models import Delegation, Invitation, SocietyKind, SummaryApproval


class How(StrEnum):
    """How a society stands to one version of a summary; with the first two it is behind it."""

    APPROVED = "approved"
    DELEGATED = "delegated"  # left it to a society that approved
    LEFT = "left"  # left it to a society that has not approved, or said no
    REFUSED = "refused"
    SILENT = "silent"


@dataclasses.dataclass(frozen=True, slots=True)
class Behind:
    """A printed society and how it stands to the version; `to` is the society it left the approval to."""

    invitation: Invitation
    how: How
    to: Invitation | None = None
    word: SummaryApproval | None = None
    delegation: Delegation | None = None

    @property
    def is_behind(self) -> bool:
        """Whether the society is named with the summary."""
        return self.how in (How.APPROVED, How.DELEGATED)


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """Who is printed under the letter, counted by how they stand to one version; to whom they left it stands beside."""

    societies: int
    approved: int
    delegated: int
    left: int
    refused: int
    silent: int
    to: tuple[Invitation, ...] = ()  # of the delegated ones
    lacking: tuple[Invitation, ...] = ()  # of those who left it to a society that has not approved
    noun: str = "societies"

    @property
    def behind(self) -> int:
        """How many are named with the summary."""
        return self.approved + self.delegated

    @property
    def said(self) -> str:
        """“31 of 34 societies are behind it: 28 approved, 3 leave it to …; 2 have not answered, 1 refused.”"""
        to, lacking = (" and ".join(str(one.society) for one in which) for which in (self.to, self.lacking))
        parts = (
            _listed(
                (self.approved, "approved", "approved"),
                (self.delegated, f"leaves it to {to}", f"leave it to {to}"),
            ),
            _listed(
                (self.silent, "has not answered", "have not answered"),
                (self.refused, "refused", "refused"),
                (self.left, f"waits for {lacking} to approve", f"wait for {lacking} to approve"),
            ),
        )  # fmt: skip
        verb = "is" if self.behind == 1 else "are"
        counted = f"{self.behind} of {self.societies} {self.noun} {verb} behind it"
        return counted + (": " if any(parts) else "") + "; ".join(filter(None, parts)) + "."


def place(
    invitation: Invitation, words: Mapping[int, SummaryApproval], delegations: Mapping[int, Delegation]
) -> Behind:
    """How one society stands, from all live words on the version and all delegations, by invitation.

    Its own word on the version goes before a delegation, and a delegation leads one step, not further.
    """
    own, left = words.get(invitation.pk), delegations.get(invitation.pk)
    if own:
        return Behind(invitation, How.REFUSED if own.refused else How.APPROVED, word=own, delegation=left)
    if left:
        theirs = words.get(left.to_id)
        how = How.DELEGATED if theirs and not theirs.refused else How.LEFT
        return Behind(invitation, how, left.to, delegation=left)
    return Behind(invitation, How.SILENT)


def count(rows: Iterable[Behind]) -> Standing:
    """The rows counted."""
    rows = list(rows)
    by = Counter(row.how for row in rows)
    societies = all(row.invitation.society.kind == SocietyKind.SOCIETY for row in rows)
    return Standing(
        len(rows), by[How.APPROVED], by[How.DELEGATED], by[How.LEFT], by[How.REFUSED], by[How.SILENT],
        _leads(rows, How.DELEGATED), _leads(rows, How.LEFT), "societies" if societies else "signatories",
    )  # fmt: skip


def _leads(rows: Iterable[Behind], how: How) -> tuple[Invitation, ...]:
    """To whom those who stand so left it, each once."""
    return tuple({row.to.pk: row.to for row in rows if row.to and row.how == how}.values())


def _listed(*parts: tuple[int, str, str]) -> str:
    """Counts in words: “28 approved, 3 leave it to …”; what nobody did is left out."""
    return ", ".join(f"{count} {one if count == 1 else several}" for count, one, several in parts if count)
