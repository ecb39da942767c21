"""Merkle trees as RFC 6962 section 2.1 hashes them; what the leaves are is left to the caller."""

import hashlib
from collections.abc import Sequence

LEAF = b"\x00"
NODE = b"\x01"


def leaf(data: bytes) -> bytes:
    """The 32-byte hash of one leaf."""
    return hashlib.sha256(LEAF + data).digest()


def node(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of an inner node over two 32-byte hashes."""
    return hashlib.sha256(NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The 32-byte root over raw leaf data; for no leaves SHA-256 of nothing (RFC 6962 section 2.1)."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    return _levels(leaves)[-1][0]


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The audit path of one leaf, lowest level first (RFC 6962 section 2.1.1).

    Raises IndexError when there is no leaf `index`, counted from 0.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"There is no leaf {index} among {len(leaves)}.")
    path = []
    for level in _levels(leaves)[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        index //= 2
    return path


def included(leaf_data: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf, at this place among `size`, to this root (RFC 9162 2.1.3.2)."""
    if not 0 <= index < size or any(len(step) != 32 for step in path):
        return False
    position, last = index, size - 1
    found = leaf(leaf_data)
    for step in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node(step, found)
            # A last node without a sibling is carried up unchanged: such levels have no step in the path.
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node(found, step)
        position, last = position >> 1, last >> 1
    return last == 0 and found == root


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """All levels from the leaf hashes to the root.

    Pairing from the left and carrying an odd last node up gives the same tree as RFC 6962's recursive split
    at the largest power of two.
    """
    level = [leaf(data) for data in leaves]
    levels = [level]
    while len(level) > 1:
        above = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
        levels.append(level)
    return levels
