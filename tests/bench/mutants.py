"""`python -m tests.bench.mutants`: tens of thousands of altered files, each of which must be refused.

Exit status 0 when the honest files hold and every mutant is refused, 1 otherwise.
"""

import argparse
import concurrent.futures
import contextlib
import itertools
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from letters.proof import bundle, standalone, taken
from letters.proof.single import verify_single
from letters.proof.verify import verify_file
from tests.chromium import chromium
from tests.letters.proof import world
from tests.letters.proof.asked import holding
from tests.letters.proof.fields import field_mutants, proofs_mutants
from tests.letters.proof.forms import proof_mutants
from tests.letters.proof.mutate import mutants, seal_places
from tests.letters.proof.parts import held_mutants, part_mutants

ROOM = 8_192  # bytes behind a seal into which its doubled parts fit
Made = Iterable[tuple[str, bytes]]
Survivors = Callable[[Made], tuple[int, list[str]]]


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


def parts_of(one: world.World) -> Iterator[tuple[str, bytes]]:
    """Each part of the seal altered; the PDF is made with the first mutant, in the thread that asks for it."""
    yield from part_mutants(one.pdf(spare=ROOM))


# Files whose seal is to last, by who answers whether a certificate was revoked, without an archive time-stamp.
ANSWERED = {"answered by OCSP": {}, "answered by a responder": {"delegated": True}, "with lists": {"without": "ocsp"}}


def files() -> dict[str, bytes]:
    """The honest files; those that are asked of somebody are made before a browser starts and keeps asyncio."""
    honest = world.honest()
    made = {"PDF": honest.pdf(), "stamped PDF": world.stamped().pdf(), "zip": honest.zip(), "lasting": world.lasting()}
    made["proof"] = taken.proof_of(made["zip"], world.NAMES[1])
    return made | {name: world.lasting(archive=False, **how) for name, how in ANSWERED.items()}


def rounds(held: dict[str, bytes], scale: int) -> Iterator[tuple[str, Made]]:
    """(name, mutants) of each round over files(); `scale` multiplies the random ones."""
    honest, stamped = world.honest(), world.stamped()
    pdf, token, zipped, last = (held[name] for name in ("PDF", "stamped PDF", "zip", "lasting"))
    yield "PDF, random bytes", mutants(pdf, 6_000 * scale, seed=11)
    yield "PDF, every bit of the seal", every_bit(pdf, seal_places(pdf))
    yield "PDF, every part of the seal", parts_of(honest)
    yield "stamped PDF, random bytes", mutants(token, 6_000 * scale, seed=13)
    yield "stamped PDF, every bit of the seal", every_bit(token, seal_places(token))
    yield "stamped PDF, every part of the seal", parts_of(stamped)
    yield "lasting PDF, random bytes", mutants(last, 3_000 * scale, seed=14)
    yield "lasting PDF, each 5th byte behind", every_bit(last, range(last.index(b"/DocTimeStamp"), len(last), 5))
    for name in ANSWERED:
        yield f"{name}, every part", held_mutants(held[name])
    yield "PDF, every bit of each 8th byte", every_bit(pdf, range(0, len(pdf), 8))
    yield "zip, random bytes", mutants(zipped, 6_000 * scale, seed=12)
    yield "zip, every bit of each 2nd byte", every_bit(zipped, range(0, len(zipped), 2))
    packed = ((what, bundle.to_zip(files)) for what, files in field_mutants(honest.files()))
    yield "zip, every field under fitting hashes", packed
    unbound = honest.copy()
    unbound.bound = False
    made = ((what, bundle.to_zip(files)) for what, files in proofs_mutants(unbound.files()))
    yield "zip, every proof, under no checkpoint", made
    yield "proof, bytes, fields and other forms", proof_mutants(held["proof"], 6_000 * scale, seed=15)
    yield "proof, every bit", every_bit(held["proof"].rstrip(), range(len(held["proof"]) - 1))
    yield "PDF, fields sealed again by a forger", resealed(honest, 8)
    yield "stamped PDF, fields sealed again", resealed(stamped, 8)


def alone(made: Made) -> tuple[int, list[str]]:
    """How many there were, and the names of those that hold for the verifier of the command line."""
    count, alive = 0, []
    for what, mutant in made:
        count += 1
        if (verify_single if mutant.startswith(b"{") else verify_file)(mutant).ok:
            alive.append(what)
    return count, alive


@contextlib.contextmanager
def in_browser() -> Iterator[Survivors]:
    """The same question put to the standalone page in Chromium; seals are made in a thread, apart from its loop."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "page.html").write_text(standalone.page(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((Path(folder) / "page.html").as_uri())

        def survivors(made: Made) -> tuple[int, list[str]]:
            count, alive, rest = 0, [], iter(made)
            with concurrent.futures.ThreadPoolExecutor(1) as thread:
                while batch := thread.submit(lambda: list(itertools.islice(rest, 200))).result():
                    count, alive = count + len(batch), alive + holding(page, batch)
            return count, alive

        yield survivors
        browser.close()


def main() -> int:
    """Runs all rounds and prints a line for each, or one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=int, default=1, help="multiplies the number of random mutants")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--browser", action="store_true", help="ask the page that checks letters in a browser instead")
    options = parser.parse_args()
    made = files()
    with in_browser() if options.browser else contextlib.nullcontext(alone) as survivors:
        return judge(survivors, made, options.scale, as_json=options.json)


def judge(survivors: Survivors, held: dict[str, bytes], scale: int, *, as_json: bool) -> int:
    """Runs and prints the rounds; 0 when nothing but the honest files holds."""
    holds = len(survivors(held.items())[1]) == len(held)
    results = []
    for name, made in rounds(held, scale):
        began = time.perf_counter()
        count, alive = survivors(made)
        seconds = round(time.perf_counter() - began, 1)
        results.append({"round": name, "mutants": count, "missed": alive, "seconds": seconds})
        if not as_json:
            print(f"{name:<40}{count:>8,} mutants{len(alive):>6} missed{seconds:>8} s", flush=True)
            for what in alive[:20]:
                print(f"    missed: {what}")
    total, missed = sum(r["mutants"] for r in results), sum(len(r["missed"]) for r in results)
    if as_json:
        print(json.dumps({"honest_hold": holds, "mutants": total, "missed": missed, "rounds": results}))
    else:
        print(f"honest files {'hold' if holds else 'DO NOT HOLD'}; {total:,} mutants, {missed} missed")
    return 0 if holds and not missed else 1


if __name__ == "__main__":
    sys.exit(main())
