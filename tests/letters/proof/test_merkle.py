"""Merkle trees: the vectors of Certificate Transparency, and inclusion for every leaf and no other."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.proof import merkle
from tests.examples import examples

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize("size", range(9))
def test_root_equals_the_known_vectors(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


def test_a_growing_tree_has_the_root_of_all_leaves_so_far():
    tree, hashes = merkle.Growing(), [merkle.leaf(b"%d" % number) for number in range(300)]
    for size, one in enumerate(hashes):
        assert tree.root() == merkle.root_over(hashes[:size])
        tree.add(one)
    assert len(tree._whole) < 10


def test_inclusion_equals_the_known_path_of_leaf_0_of_8():
    assert [step.hex() for step in merkle.inclusion(0, LEAVES)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


def by_definition(leaves):
    """RFC 6962 section 2.1, word for word: split at the largest power of two below the size."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + by_definition(leaves[:half]) + by_definition(leaves[half:])).digest()


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40))
@examples(80)
def test_root_is_that_of_the_definition(leaves):
    assert merkle.root(leaves) == by_definition(leaves)


@pytest.mark.parametrize("size", range(1, 20))
def test_included_holds_for_each_leaf_in_its_own_place_only(size):
    leaves = [bytes([n]) for n in range(size)]
    root = merkle.root(leaves)
    for index in range(size):
        path = merkle.inclusion(index, leaves)
        held = [at for at in range(-1, size + 2) if merkle.included(leaves[index], at, size, path, root)]
        assert held == [index]
        assert not merkle.included(b"x", index, size, path, root)


@given(st.integers(1, 40), st.data())
@examples(80)
def test_included_refuses_a_changed_path(size, data):
    leaves = [bytes([n]) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    path, root = merkle.inclusion(index, leaves), merkle.root(leaves)
    assert merkle.included(leaves[index], index, size, path, root)
    assert not merkle.included(leaves[index], index, size, [*path, b"\0" * 32], root)
    if path:
        place = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:place], bytes(32), *path[place + 1 :]]
        assert not merkle.included(leaves[index], index, size, changed, root)
        assert not merkle.included(leaves[index], index, size, path[:-1], root)


def test_inclusion_refuses_a_leaf_that_is_not_there():
    with pytest.raises(IndexError):
        merkle.inclusion(3, [b"a", b"b", b"c"])
