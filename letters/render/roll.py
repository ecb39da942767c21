"""What a paper says of all its signatories together, told in one reading of them; how each stands in it is page's."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from letters.proof import kinds
from letters.render.sheet import Signatory


@dataclass
class Roll:
    """Numbers and names of a roster that may be too long to be held.

    `signed` and `silent` are those of proof.kinds.numbers: all, and those who declared no interests; `declared` holds
    what was declared by name. `groups` are the kinds one after another as they stand, each with its number of names.
    """

    signatories: int = 0
    rows: int = 0
    signed: dict[str, int] = field(default_factory=dict)
    silent: dict[str, int] = field(default_factory=dict)
    declared: dict[str, list[str]] = field(default_factory=dict)
    groups: list[tuple[str, int]] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    characters: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, signatories: Iterable[Signatory]) -> "Roll":
        """The roll of these signatories; neighbouring ones of one society are a row."""
        roll, names, inside = cls(), dict[str, set[str]](), set[str]()
        before = group = None
        for one in signatories:
            roll.signatories += 1
            roll.characters.update(
                one.society, one.short_name, one.country, one.printed_name, one.office, one.interests
            )
            names.setdefault(one.kind, set()).add(one.society)
            if one.interests and one.interests not in roll.declared.setdefault(one.society, []):
                roll.declared[one.society].append(one.interests)
            if one.society == before:
                continue
            before = one.society
            if one.kind != group:
                inside, group = set(), one.kind
                roll.groups.append((group, 0))
            inside.add(one.society)
            roll.groups[-1] = (group, len(inside))
            roll.rows += 1
            roll.countries.add(one.country)
        roll.signed = {kind: len(names[kind]) for kind in kinds.WORDS if kind in names}
        silent = {kind: sum(name not in roll.declared for name in names[kind]) for kind in roll.signed}
        roll.silent = {kind: number for kind, number in silent.items() if number}
        return roll
