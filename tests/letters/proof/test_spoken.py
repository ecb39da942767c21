"""The six words of a hash: a list that can be told apart by ear, and words that change with the hash."""

import pytest

from letters.proof.spoken import WORDS, in_words


def test_the_list_has_a_word_for_each_byte_told_apart_by_three_letters():
    assert len(WORDS) == len({word[:3] for word in WORDS}) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() and 4 <= len(word) <= 8 for word in WORDS)


def test_the_words_are_those_of_the_first_six_bytes():
    assert in_words("000102030405" + "ff" * 26) == WORDS[:6]
    assert in_words("ff" * 32) == ("zipper",) * 6


def test_another_hash_has_other_words():
    assert in_words("00" * 32) != in_words("00" * 5 + "01" + "00" * 26)


@pytest.mark.parametrize("value", ["", "abc", "abcd", "not a hash"])
def test_what_is_no_hash_has_no_words(value):
    with pytest.raises(ValueError, match=r"hash|hexadecimal"):
        in_words(value)
