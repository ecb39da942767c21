"""Merkle trees as RFC 6962 section 2.1 hashes them; what the leaves are is left to the caller."""

import hashlib
from collections.abc import Iterator, Sequence

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
    return root_over([leaf(data) for data in leaves])


def root_over(hashes: Sequence[bytes]) -> bytes:
    """The same root, over leaves that were hashed already (see leaf)."""
    return _levels(hashes)[-1][0] if hashes else hashlib.sha256(b"").digest()


class Growing:
    """The same root over leaf hashes that come one by one: of a million it keeps twenty hashes at most."""

    def __init__(self) -> None:
        self._whole: list[tuple[int, bytes]] = []  # leaves and root of whole trees, the larger before the smaller

    def add(self, leaf_hash: bytes) -> None:
        """One leaf more, behind the others."""
        size, found = 1, leaf_hash
        while self._whole and self._whole[-1][0] == size:
            found = node(self._whole.pop()[1], found)
            size *= 2
        self._whole.append((size, found))

    def root(self) -> bytes:
        """The root over the leaves so far."""
        if not self._whole:
            return root_over([])
        *larger, (_, found) = self._whole
        for _, left in reversed(larger):
            found = node(left, found)
        return found


def inclusion(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The audit path of one leaf, lowest level first (RFC 6962 section 2.1.1).

    Raises IndexError when there is no leaf `index`, counted from 0.
    """
    return path([leaf(data) for data in leaves], index)


def path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The same, over leaves that were hashed already (see leaf)."""
    if not 0 <= index < len(hashes):
        raise IndexError(f"There is no leaf {index} among {len(hashes)}.")
    return _path(_levels(hashes), index)


def paths(hashes: Sequence[bytes]) -> Iterator[list[bytes]]:
    """The audit paths of all leaves, one after another, over leaves that were hashed already (see leaf)."""
    levels = _levels(hashes)
    return (_path(levels, index) for index in range(len(hashes)))


def included(leaf_data: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf, at this place among `size`, to this root (RFC 9162 2.1.3.2)."""
    return leads(leaf(leaf_data), index, size, path, root)


def leads(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """The same for a leaf that was hashed already."""
    if not 0 <= index < size or any(len(step) != 32 for step in path):
        return False
    position, last = index, size - 1
    found = leaf_hash
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


def _path(levels: Sequence[Sequence[bytes]], index: int) -> list[bytes]:
    path = []
    for level in levels[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        index //= 2
    return path


def _levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """All levels from the leaf hashes to the root.

    Pairing from the left and carrying an odd last node up gives the same tree as RFC 6962's recursive split
    at the largest power of two.
    """
    level = list(hashes)
    levels = [level]
    while len(level) > 1:
        above = [node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
        levels.append(level)
    return levels
