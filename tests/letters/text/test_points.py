"""Points of a letter as proposals for claims: headings and numbered items, each once, short."""

from letters.text.points import MOST, places, points, shortened
from letters.text.reading import read
from tests.factories import TEXT


def blocks(text: str):
    return read(text.encode(), name="letter.md").blocks


def test_headings_and_numbered_items_are_proposed_in_order():
    assert [(one.label, one.text) for one in points(blocks(TEXT))] == [
        ("Section", "What was counted"), ("Section", "What we ask"),
        ("1.", "Count again. Please count to ten."), ("2.", "Say so. Please print the result."),
    ]  # fmt: skip


def test_a_point_is_named_by_the_block_where_it_stands():
    letter = blocks(TEXT)
    ids = {block.id for block in letter}
    assert {one.block for one in points(letter)} < ids
    assert [name for _, name in places(letter)][:2] == [
        "We, the undersigned societies, have read the guideline on counting…", "§ What was counted"
    ]  # fmt: skip


def test_citations_are_left_out_and_long_points_end_after_a_sentence():
    assert shortened("Pooling was wrong [3, 4–6].") == "Pooling was wrong."
    long = shortened(f"{'First things first. ' * 12}{'and ' * 100}")
    assert long.endswith("first.") and len(long) <= MOST
    assert shortened("word " * 200).endswith("word…")
