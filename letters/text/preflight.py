"""Holds a text against a journal: what fits, what does not and what to do about it; values in, values out."""

from collections.abc import Sequence

from letters.text import fit_text, fit_venue
from letters.text.blocks import Block
from letters.text.finding import Around, Preflight
from letters.text.venue import Venue

CHECKS = (
    fit_venue.submitted, fit_text.words, fit_text.cited, fit_text.target, fit_venue.authors, fit_venue.window,
    fit_text.declarations, fit_text.filled_in, fit_venue.public, fit_venue.article, fit_venue.stale,
)  # fmt: skip


def preflight(blocks: Sequence[Block], venue: Venue, around: Around) -> Preflight:
    """Look at everything a journal has a rule for, and at what no journal takes."""
    return Preflight(tuple(finding for check in CHECKS for finding in check(blocks, venue, around)))
