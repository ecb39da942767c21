"""ROR ids in their one spelling, for the registry of societies and for what a journal is given."""

import re

# How ROR writes its ids: a nought, six signs of Crockford's base 32, two figures (ror.org, "ROR identifier pattern").
_ROR_ID = re.compile(r"(?:https?://)?(?:ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})/?")


def ror_address(value: str) -> str:
    """A ROR id in its one spelling, https://ror.org/ and nine signs; raises ValueError for anything else."""
    found = _ROR_ID.fullmatch(value.strip().lower())
    if found is None:
        raise ValueError(f"“{value}” is not a ROR id; it looks like https://ror.org/021k9xw90.")
    return f"https://ror.org/{found[1]}"
