"""The name of a society in the address of its public page: given once, kept when the name of the society changes."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain, count

from django.utils.text import slugify

from letters.text.collation import SPELLED

MOST = 80  # characters; what tells two of one name apart comes behind them


def readable(*names: str) -> str:
    """The first of the names in Latin letters, else in letters of its own; never digits alone, as a number is.

    A name whose script puts marks beside its letters is left out: without them, which an address has no room for, it
    would be misspelled. What is left without an address is called "society".
    """
    latin = (slugify("".join(SPELLED.get(char, char) for char in name.casefold())) for name in names)
    own = (slugify(name, allow_unicode=True) for name in names if not _marked(name))
    slugs = (slug[:MOST].strip("-_") for slug in chain(latin, own))
    return next((slug for slug in slugs if slug and not slug.replace("-", "").isdigit()), "society")


def _marked(name: str) -> bool:
    return any(unicodedata.category(char).startswith("M") for char in unicodedata.normalize("NFKC", name))


def crowded(stems: Collection[str], taken: Collection[str]) -> set[str]:
    """The stems that more than one society has, of which every number in use must be known."""
    return {stem for stem, times in Counter(stems).items() if times > 1 or stem in taken}


def free(stem: str, country: str, taken: Collection[str]) -> str:
    """What is not taken, the most readable first: the stem, with the country, with a number."""
    with_country = [f"{stem}-{country.lower()}"] if country else []
    numbered: Iterator[str] = (f"{stem}-{number}" for number in count(2))
    return next(slug for slug in chain([stem], with_country, numbered) if slug not in taken)
