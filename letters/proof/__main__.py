"""`python -m letters.proof FILE`: verifies a sealed PDF, an evidence zip or one society's proof on the command line."""

import argparse
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import pikepdf.settings

from letters.proof import single, taken
from letters.proof.extends import compare
from letters.proof.paper import MAX_FILE, MAX_UNPACKED
from letters.proof.verdict import Verdict, failed, printable
from letters.proof.verify import verify_file, with_receipt


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the verdict. Returns 0 when the file holds, 1 when it does not, 2 when it could not be tried."""
    options = _parser().parse_args(arguments)
    _limit(options.seconds, options.megabytes)
    try:
        data = _read(options.file)
        trusted = [_key(given) for given in options.trust]
        verdict = _alone(data, trusted, options) if data.startswith(b"{") else _sealed(data, trusted, options)
        if options.society and verdict.ok:
            return _hand_on(data, trusted, options)
    except MemoryError:
        verdict = failed(["The file needs more memory to be checked than is allowed here."])
    except (OSError, ValueError) as error:
        print(printable(_sentence(error)), file=sys.stderr)
        return 2
    return _told(verdict, as_json=options.json)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verify", description="Check a sealed letter (PDF), its evidence (zip) or one society's proof, offline."
    )
    parser.add_argument("file", metavar="FILE", help="the PDF or zip to check, or the proof of one society (JSON)")
    parser.add_argument("--json", action="store_true", help="print the verdict, or the proof, as JSON")
    parser.add_argument(
        "--trust",
        metavar="KEY",
        action="append",
        default=[],
        help="the site's certificate (a PEM file), its checkpoint key (a file) or the SHA-256 fingerprint of "
        "either; may be given more than once",
    )
    parser.add_argument(
        "--receipt", metavar="FILE", help="roster.txt of a society's receipt, to be held against the record"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--earlier", metavar="FILE", help="another PDF or zip of the letter: does the first one extend it?"
    )
    what.add_argument(
        "--society", metavar="NAME", help="show the record and proof of one society: its name as printed, or a receipt"
    )
    what.add_argument("--root", metavar="HEX", help="the Merkle root that a proof must lead to")
    what.add_argument("--against", metavar="FILE", help="the PDF or zip that a proof must belong to")
    parser.add_argument("--out", metavar="FILE", help="with --society: write the proof into this new file, to hand on")
    parser.add_argument("--seconds", type=int, metavar="N", help="give up after N seconds of processor time")
    parser.add_argument("--megabytes", type=int, metavar="N", help="give up beyond N MB of memory")
    return parser


def _sealed(data: bytes, trusted: list[bytes], options: argparse.Namespace) -> Verdict:
    """The verdict on a PDF or a zip."""
    if options.root or options.against:
        raise ValueError("--root and --against are for the proof of one society; take one out with --society NAME.")
    if options.out and not options.society:
        raise ValueError("--out writes the proof of one society: name it with --society NAME.")
    if options.earlier:
        verdict = compare(data, _read(options.earlier), trusted=trusted)
    else:
        verdict = verify_file(data, trusted=trusted)
    if options.receipt and verdict.ok:
        verdict = with_receipt(verdict, data, _read(options.receipt))
    return verdict


def _alone(data: bytes, trusted: list[bytes], options: argparse.Namespace) -> Verdict:
    """The verdict on the proof of one society."""
    if options.earlier or options.receipt or options.society or options.out:
        raise ValueError("This file is the proof of one society: it takes --trust, --root and --against only.")
    against = _read(options.against) if options.against else None
    return single.verify_single(data, root=_root(options.root), against=against, trusted=trusted)


def _hand_on(data: bytes, trusted: list[bytes], options: argparse.Namespace) -> int:
    """Shows the proof of one society in a file that holds, and writes it where it is asked to."""
    proof = taken.proof_of(data, options.society)
    if options.out:
        with Path(options.out).open("xb") as file:
            file.write(proof)
    if options.json:
        print(proof.decode(), end="")
        return 0
    _told(single.verify_single(proof, against=data, trusted=trusted), as_json=False)
    told = f"{options.out} can be handed on" if options.out else "--out FILE writes it into a file to hand on"
    print(f"\n{told}; ./run verify checks that file without the others.")
    return 0


def _told(verdict: Verdict, *, as_json: bool) -> int:
    print(json.dumps(verdict.as_dict(), indent=2) if as_json else "\n".join(verdict.lines()))
    return 0 if verdict.ok else 1


def _root(given: str | None) -> str:
    if given is not None and not _is_hash(given):
        raise ValueError(f"“{given}” is not a Merkle root: that has 64 hexadecimal digits.")
    return (given or "").lower()


def _is_hash(given: str) -> bool:
    return len(given) == 64 and not set(given.lower()) - set("0123456789abcdef")


def _limit(seconds: int | None, megabytes: int | None) -> None:
    """Limits for the whole process, which is why they are set here and not in verify."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_UNPACKED, png_max_memory=MAX_UNPACKED, run_length_max_memory=MAX_UNPACKED
    )
    if seconds:
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if megabytes:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


def _key(given: str) -> bytes:
    plain = given.replace(":", "")
    if _is_hash(plain):
        return plain.encode()
    return _read(given)


def _read(name: str) -> bytes:
    path = Path(name)
    if path.is_file() and path.stat().st_size > MAX_FILE:
        raise ValueError(f"{name} is larger than {MAX_FILE // 2**20} MB; a sealed letter is not.")
    return path.read_bytes()


def _sentence(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        if isinstance(error, FileExistsError):
            return f"{error.filename} is there already; name another file, nothing was written."
        return f"{error.filename} could not be read: {error.strerror}."
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
