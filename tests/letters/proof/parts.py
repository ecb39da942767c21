"""Mutants of a seal by the parts of its CMS: each value dropped, doubled or swapped, under lengths that fit again."""

import dataclasses
from collections.abc import Iterator

from letters.proof import appended, cms, ecdsa, paper, seal
from tests.letters.proof.mutate import flips, seal_places

BITS = 3


def message(pdf: bytes) -> bytes:
    """The zero-padded CMS of the seal."""
    places = seal_places(pdf)
    return bytes.fromhex(pdf[places.start + 1 : places.stop - 1].decode())


def filled(pdf: bytes, made: bytes) -> bytes:
    """The PDF with another CMS in the place of its seal."""
    places = seal_places(pdf)
    written = made.hex().upper().encode().ljust(len(places) - 2, b"0")
    assert len(written) == len(places) - 2
    return pdf[: places.start + 1] + written + pdf[places.stop - 1 :]


def with_parts(pdf: bytes, **changed: object) -> bytes:
    """The PDF with other deciding parts in its seal, written in their one exact form."""
    return filled(pdf, cms.rebuilt(dataclasses.replace(cms.read(message(pdf)), **changed)))


def part_mutants(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """The PDF with one part of its seal's CMS altered, as far as the altered one finds room."""
    yield "twin of the signature", twin_mutant(pdf)
    padded = message(pdf)
    tree, _ = _read(padded, 0)
    for what, mutant in _altered(tree, ""):
        made = _written(mutant)
        if len(made) <= len(padded):
            yield what, filled(pdf, made)


def twin_mutant(pdf: bytes) -> bytes:
    """The PDF with the other signature that the seal's key holds good as well, which anybody can write."""
    parts = cms.read(message(pdf))
    return with_parts(pdf, signature=ecdsa.twin(parts.signature, parts.signer.public_key().curve))


def held_mutants(pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """A file without an archive time-stamp, with one part of what it holds altered and all of it written again."""
    with paper.open_pdf(pdf) as opened:
        part = pdf[: seal.end(pdf, opened)]
    with paper.open_pdf(part) as opened:
        at = appended.places(part, opened)
    held, _ = appended.read(at, pdf[len(part) :])
    kinds = {"certificates": held.certificates, "ocsp": held.ocsp, "crl": held.crl}
    for kind, several in kinds.items():
        for place, der in enumerate(several):
            made = [(what, _written(mutant)) for what, mutant in _altered(_read(der, 0)[0], "")]
            made += [(what, bytes(mutant)) for what, mutant in flips(der, range(len(der)))]
            changes = [(what, (*several[:place], mutant, *several[place + 1 :])) for what, mutant in made]
            changes += [("dropped", several[:place] + several[place + 1 :]), ("doubled", (*several, der))]
            for what, changed in changes:
                mutant = dataclasses.replace(held, **{kind: changed})
                yield f"{kind} {place} {what}", part + appended.validation(at, mutant)


def _read(data: bytes, at: int) -> tuple[tuple, int]:
    """One DER value as (tag, its values or its bytes), and where it ends."""
    tag, first, start = data[at], data[at + 1], at + 2
    size = first
    if first >= 128:
        start += first - 128
        size = int.from_bytes(data[at + 2 : start], "big")
    end = start + size
    if not tag & 0x20:
        return (tag, data[start:end]), end
    inside = []
    while start < end:
        found, start = _read(data, start)
        inside.append(found)
    return (tag, inside), end


def _written(value: tuple) -> bytes:
    tag, held = value
    body = held if isinstance(held, bytes) else b"".join(map(_written, held))
    size = len(body)
    length = bytes([size]) if size < 128 else size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag]) + (length if size < 128 else bytes([128 + len(length)]) + length) + body


def _altered(value: tuple, path: str) -> Iterator[tuple[str, tuple]]:
    tag, held = value
    yield f"{path} of another kind", (tag ^ 1, held)
    if isinstance(held, bytes):
        if tag == BITS and not held[-1] & 1:
            yield f"{path} a bit shorter", (tag, b"\x01" + held[1:])
        yield f"{path} longer", (tag, held + b"\0")
        if held:
            yield f"{path} empty", (tag, b"")
        return
    for place, item in enumerate(held):
        before, after, name = held[:place], held[place + 1 :], f"{path}/{place}"
        yield f"{name} dropped", (tag, [*before, *after])
        yield f"{name} doubled", (tag, [*before, item, item, *after])
        if after and after[0] != item:
            yield f"{name} swapped", (tag, [*before, after[0], item, *after[1:]])
        for what, mutant in _altered(item, name):
            yield what, (tag, [*before, mutant, *after])
