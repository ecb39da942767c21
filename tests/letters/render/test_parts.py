"""The parts of an annex: where they are cut, under which key they are kept, and for how long."""

import os
import time

from letters.render.parts import Layout, Shelf, cut


def test_shelf_throws_away_what_was_not_used_for_long(tmp_path):
    shelf = Shelf(tmp_path)
    for key in ("old", "used"):
        shelf.put(key, b"x")
        os.utime(shelf.path(key), (1_000, 1_000))
    assert shelf.has("used")
    shelf.sweep(time.time() - 60)
    assert (shelf.has("old"), shelf.has("used")) == (False, True)


def test_a_society_more_changes_its_own_part_only():
    entries = [[f"Society {at}", "", "", "US", [], 0] for at in range(5_000)]
    layout = Layout("en", True, True)
    before = {part.key for part in cut(entries, layout)}
    after = {part.key for part in cut([*entries[:2_500], ["New", "", "", "US", [], 0], *entries[2_500:]], layout)}
    assert len(before - after) == len(after - before) == 1
    assert 8 < len(before) < 25
    assert before.isdisjoint(part.key for part in cut(entries, Layout("de", True, True)))
