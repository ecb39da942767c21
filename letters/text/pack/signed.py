"""The lines that stand where the societies sign, with each role under its own words; who is asked is for others."""

from collections.abc import Sequence

from letters.text.pack.people import ACKNOWLEDGED, AUTHOR, ENDORSER, ON_BEHALF, Contributor, People

BEHALF = "On behalf of:"
HEADS = {ENDORSER: "Endorsed by:", ACKNOWLEDGED: "Acknowledged:"}


def lines(people: People) -> tuple[str, ...]:
    """One line each: authors, then “On behalf of:” and those societies, then endorsers and who is acknowledged."""
    found = [line(one) for one in people.once(AUTHOR)]
    for role, head in ((ON_BEHALF, BEHALF), *HEADS.items()):
        names = [line(one) for one in people.once(role)]
        found += [head, *names] if names else []
    return tuple(found)


def line(one: Contributor) -> str:
    """A society by its name, a person with office and affiliation."""
    return one.society or ", ".join(filter(None, (one.name, one.office, one.affiliation)))


def named(several: Sequence[Contributor]) -> str:
    """Names in one sentence, parted by semicolons since names of societies hold commas."""
    return "; ".join(dict.fromkeys(one.name for one in several))
