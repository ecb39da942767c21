"""Byte mutants of a file, reproducible by seed: flipped, set, dropped, doubled, swapped, moved, blanked."""

import random
import re
from collections.abc import Iterator


def mutants(data: bytes, count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` changed copies of the data, each with the words that say what was done."""
    chance = random.Random(seed)
    kinds = (_flip, _set, _drop, _double, _swap, _move, _zero, _insert)
    made = 0
    while made < count:
        kind = kinds[made % len(kinds)]
        place = chance.randrange(len(data))
        mutant = kind(bytearray(data), place, chance)
        if bytes(mutant) != data:
            made += 1
            yield f"{kind.__name__[1:]} at {place}", bytes(mutant)


def flips(data: bytes, places) -> Iterator[tuple[str, bytes]]:
    """One bit flipped, and for letters the case changed, at each of the places."""
    for place in places:
        for mask in {1 << (place % 8), 0x20}:
            yield f"bits {mask} at {place}", data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


def seal_places(pdf: bytes) -> range:
    """The places of the hex string of the seal, brackets included."""
    start, end = (int(found) for found in re.search(rb"/ByteRange \[0 (\d+) (\d+)", pdf).groups())
    return range(start, end)


def _flip(data, place, chance):
    data[place] ^= 1 << chance.randrange(8)
    return data


def _set(data, place, chance):
    data[place] = chance.randrange(256)
    return data


def _drop(data, place, chance):
    del data[place : place + chance.choice((1, 1, 1, 2, 16, 300))]
    return data


def _double(data, place, chance):
    size = chance.choice((1, 1, 2, 16, 300))
    data[place:place] = data[place : place + size]
    return data


def _swap(data, place, chance):
    other = min(place + chance.choice((1, 1, 1, 7, 400)), len(data) - 1)
    data[place], data[other] = data[other], data[place]
    return data


def _move(data, place, chance):
    size = chance.choice((4, 32, 200))
    piece = bytes(data[place : place + size])
    del data[place : place + size]
    target = chance.randrange(len(data) + 1)
    data[target:target] = piece
    return data


def _zero(data, place, chance):
    size = min(chance.choice((1, 4, 64)), len(data) - place)
    data[place : place + size] = bytes([chance.choice((0, 0x20, 0x30, 0xFF))]) * size
    return data


def _insert(data, place, chance):
    data[place:place] = bytes([chance.choice((0, 0x0A, 0x20, 0x30))])
    return data
