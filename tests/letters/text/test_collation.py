"""The order of names: letters before accents, scripts after one another, letters of their own by language."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.collation import collation_key


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Åland Union", "Alpine Club", "Éire Society", "Öst Society", "Ostrava Club", "Zürich Society"]),
        ("de", ["Ärztebund", "Arztverein", "Straße A", "Strasse B", "Zentrum"]),
        ("es", ["Nueva", "Nzone", "Ñandú", "Oeste"]),
        ("fr", ["Cote", "Coté", "Côte", "Côté", "Dupont"]),
        ("sv", ["Zebra", "Åland", "Ärla", "Öland"]),
        ("da", ["Zebra", "Ære", "Øst", "Århus"]),
        ("en", ["Society", "Society 2", "Society of Pain", "Societys"]),
        ("en", ["Zebra", "Ελλάς", "Россия", "ישראל", "대한", "かな", "日本"]),
        ("en", ["“Quoted” Academy", "(R) Society", "Society"]),
    ],
)
def test_names_stand_as_readers_of_the_language_expect(language, names):
    mixed = random.Random(1).sample(names, len(names))
    assert sorted(mixed, key=lambda name: collation_key(name, language)) == names


def test_capitals_and_spelling_of_accents_do_not_move_a_name():
    names = ["de la Cruz", "De La Cruz", "E\u0301ire", "Éire"]
    keys = [collation_key(name)[:2] for name in names]
    assert (keys[0], keys[2]) == (keys[1], keys[3])


@given(st.lists(st.text(min_size=1, max_size=30), max_size=8), st.sampled_from(["en", "es", "sv", "tr", "xx-YY"]))
def test_any_names_have_one_order(names, language):
    once = sorted(names, key=lambda name: collation_key(name, language))
    turned = [*once]
    turned.reverse()
    assert sorted(turned, key=lambda name: collation_key(name, language)) == once
