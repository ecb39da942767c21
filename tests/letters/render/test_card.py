"""The pictures to share: one size, small, every script drawn, long words made smaller and never cut off unseen."""

import csv
import datetime
import io

import pytest
from PIL import Image

from letters.render.card import HEIGHT, WIDTH, Card, cards, width
from letters.render.pdf import Unprintable

NOW = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
TITLE = "Joint letter on the guideline for home monitoring of sleep apnoea"


def draw(*wanted: Card) -> list[bytes]:
    return cards(list(wanted), address="https://signon.example/l/x", now=NOW)


def card(society: str = "", country: str = "", title: str = TITLE, count: int = 34) -> Card:
    return Card(title, count, "signon.example/l/x", society, country)


def ink(data: bytes, box: tuple[int, int, int, int]) -> int:
    """How many dark points lie in a part of the picture."""
    grey = Image.open(io.BytesIO(data)).convert("L").crop(box)
    return sum(grey.histogram()[:140])


@pytest.mark.slow
def test_pictures_have_the_size_readers_ask_for_and_differ_by_society():
    drawn = draw(card(), card("Northern Society"), card("Société du Sud"))
    assert [Image.open(io.BytesIO(data)).size for data in drawn] == [(WIDTH, HEIGHT)] * 3
    assert len(set(drawn)) == 3
    assert max(map(len, drawn)) < 300_000


@pytest.mark.slow
def test_every_society_of_the_real_list_is_drawn(inputs):
    rows = list(csv.DictReader((inputs / "societies-34.csv").open(encoding="utf-8-sig")))
    wanted = [card(name, country) for name, country in {row["society"]: row["country"] for row in rows}.items()]
    drawn = draw(*wanted)
    assert len(drawn) == len(wanted) >= 34
    assert max(map(len, drawn)) < 300_000
    assert min(ink(data, (110, 380, 1100, 480)) for data in drawn) > 500


@pytest.mark.slow
def test_the_longest_names_and_titles_leave_the_edges_free():
    long = "The International Federation of National and Regional Societies for the Study of Everything " * 3
    (data,) = draw(card(long[:300].strip(), title=(f"{TITLE} " * 5)[:300].strip()))
    assert ink(data, (1176, 0, WIDTH, HEIGHT)) == 0
    assert ink(data, (0, 600, WIDTH, HEIGHT)) == 0
    assert ink(data, (110, 330, 1100, 560)) > 1_000


@pytest.mark.slow
def test_a_character_no_font_has_is_refused():
    with pytest.raises(Unprintable, match="no sign for"):
        draw(card("สมาคม ก"))


def test_east_asian_signs_take_the_room_of_two():
    assert (width("abc"), width("日本"), width("")) == (3, 4, 0)
    assert card("日本" * 12).name_size != card("ab" * 12).name_size
    assert [card(title="x" * n).title_size for n in (10, 80, 140, 200)] == ["xl", "l", "m", "s"]
