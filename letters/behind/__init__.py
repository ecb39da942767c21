"""Which societies are behind a version of a summary, and how each: the one place that says so, for all rooms."""

from letters.behind.rows import NOT_SENT, behind, places, places_of, printed, standing, standings, waiting, went_out
from letters.behind.values import Behind, How, Standing, count, place

__all__ = [
    "NOT_SENT", "Behind", "How", "Standing", "behind", "count", "place", "places", "places_of", "printed", "standing",
    "standings", "waiting", "went_out",
]  # fmt: skip
