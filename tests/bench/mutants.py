"""`python -m tests.bench.mutants`: tens of thousands of altered files, each of which must be refused.

Exit status 0 when the honest files hold and every mutant is refused, 1 otherwise.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator

from letters.proof import bundle
from letters.proof.verify import verify_bundle, verify_pdf
from tests.letters.proof import world
from tests.letters.proof.fields import field_mutants
from tests.letters.proof.mutate import mutants, seal_places

Made = Iterable[tuple[str, bytes]]


def every_bit(data: bytes, places: Iterable[int]) -> Iterator[tuple[str, bytes]]:
    """Each bit of each of the places turned over, one at a time."""
    for place in places:
        for bit in range(8):
            changed = bytearray(data)
            changed[place] ^= 1 << bit
            yield f"bit {bit} at {place}", bytes(changed)


def resealed(honest: world.World, step: int) -> Iterator[tuple[str, bytes]]:
    """Each step-th altered set of evidence inside a PDF that a forger sealed with a key of their own."""
    forger = honest.copy()
    forger.seal_key = world.ec.generate_private_key(world.ec.SECP256R1())
    yield from (
        (what, forger.pdf(files=files))
        for number, (what, files) in enumerate(field_mutants(forger.files()))
        if number % step == 0
    )


def rounds(scale: int) -> Iterator[tuple[str, object, Made]]:
    """(name, verifier, mutants) of each round; `scale` multiplies the random ones."""
    honest = world.honest()
    pdf, zipped = honest.pdf(), honest.zip()
    yield "PDF, random bytes", verify_pdf, mutants(pdf, 6_000 * scale, seed=11)
    yield "PDF, every bit of the seal", verify_pdf, every_bit(pdf, seal_places(pdf))
    yield "PDF, every bit of each 8th byte", verify_pdf, every_bit(pdf, range(0, len(pdf), 8))
    yield "zip, random bytes", verify_bundle, mutants(zipped, 6_000 * scale, seed=12)
    yield "zip, every bit of each 2nd byte", verify_bundle, every_bit(zipped, range(0, len(zipped), 2))
    packed = ((what, bundle.to_zip(files)) for what, files in field_mutants(honest.files()))
    yield "zip, every field under fitting hashes", verify_bundle, packed
    yield "PDF, fields sealed again by a forger", verify_pdf, resealed(honest, 8)


def main() -> int:
    """Runs all rounds and prints a line for each, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the number of random mutants")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    honest = world.honest()
    holds = verify_pdf(honest.pdf()).ok and verify_bundle(honest.zip()).ok
    results = []
    for name, verify, made in rounds(options.scale):
        began, count, alive = time.perf_counter(), 0, []
        for what, mutant in made:
            count += 1
            if verify(mutant).ok:
                alive.append(what)
        seconds = round(time.perf_counter() - began, 1)
        results.append({"round": name, "mutants": count, "missed": alive, "seconds": seconds})
        if not options.json:
            print(f"{name:<40}{count:>8,} mutants{len(alive):>6} missed{seconds:>8} s", flush=True)
            for what in alive[:20]:
                print(f"    missed: {what}")
    total, missed = sum(r["mutants"] for r in results), sum(len(r["missed"]) for r in results)
    if options.json:
        print(json.dumps({"honest_hold": holds, "mutants": total, "missed": missed, "rounds": results}))
    else:
        print(f"honest files {'hold' if holds else 'DO NOT HOLD'}; {total:,} mutants, {missed} missed")
    return 0 if holds and not missed else 1


if __name__ == "__main__":
    sys.exit(main())
