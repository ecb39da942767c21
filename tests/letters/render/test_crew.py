"""Children that make a long paper: what they refuse, and what it is called when one dies."""

import pytest

from letters.render.child import PressFailed, Unprintable
from letters.render.crew import Crew
from letters.render.order import Limits
from letters.render.parts import Layout, cut

pytestmark = pytest.mark.slow


def test_a_character_without_glyph_ends_a_part_with_a_sentence():
    crew = Crew(Limits())
    part = next(cut([["สมาคม ก", "", "", "TH", [], 0]], Layout("en", True, True)))
    with crew.at_work():
        crew.hire(1)
        with pytest.raises(Unprintable, match=r"The fonts have no sign for “.” \(U\+0E"):
            crew.ask(part.order)


def test_a_child_that_dies_is_told_apart_from_a_bad_letter():
    crew = Crew(Limits())
    with crew.at_work():
        crew.hire(1)
        with pytest.raises(PressFailed, match="status 1"):
            crew.ask(b"no order")
