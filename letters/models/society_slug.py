"""The name of a society in the address of its public page: given once, kept when the name of the society changes."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, count

from django.utils.text import slugify

from letters.text.collation import SPELLED

MOST = 80  # characters; what tells two of one name apart comes behind them


def readable(*names: str) -> str:
    """The first of the names that can be written in the letters of an address; never digits alone, as a number is."""
    for name in names:
        spelled = "".join(SPELLED.get(char, char) for char in name.casefold())
        slug = slugify(spelled)[:MOST].strip("-_")
        if slug and not slug.isdecimal():
            return slug
    return "society"


def crowded(stems: Collection[str], taken: Collection[str]) -> set[str]:
    """The stems that more than one society has, of which every number in use must be known."""
    return {stem for stem, times in Counter(stems).items() if times > 1 or stem in taken}


def free(stem: str, country: str, taken: Collection[str]) -> str:
    """What is not taken, the most readable first: the stem, with the country, with a number."""
    with_country = [f"{stem}-{country.lower()}"] if country else []
    numbered: Iterator[str] = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in chain([stem], with_country, numbered) if slug not in taken)
