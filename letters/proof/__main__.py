"""`python -m letters.proof FILE`: verifies a sealed PDF or an evidence zip from the command line."""

import argparse
import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path

import pikepdf.settings

from letters.proof.extends import compare
from letters.proof.paper import MAX_FILE, MAX_UNPACKED
from letters.proof.verdict import failed
from letters.proof.verify import verify_file, with_receipt


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the verdict. Returns 0 when the file holds, 1 when it does not, 2 when it could not be tried."""
    parser = argparse.ArgumentParser(
        prog="verify", description="Check a sealed letter (PDF) or its evidence (zip), offline."
    )
    parser.add_argument("file", metavar="FILE", help="the PDF or zip to check")
    parser.add_argument(
        "--earlier", metavar="FILE", help="another PDF or zip of the letter: does the first one extend it?"
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
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
    parser.add_argument("--seconds", type=int, metavar="N", help="give up after N seconds of processor time")
    parser.add_argument("--megabytes", type=int, metavar="N", help="give up beyond N MB of memory")
    options = parser.parse_args(arguments)
    _limit(options.seconds, options.megabytes)
    try:
        data = _read(options.file)
        trusted = [_key(given) for given in options.trust]
        if options.earlier:
            verdict = compare(data, _read(options.earlier), trusted=trusted)
        else:
            verdict = verify_file(data, trusted=trusted)
        if options.receipt and verdict.ok:
            verdict = with_receipt(verdict, data, _read(options.receipt))
    except MemoryError:
        verdict = failed(["The file needs more memory to be checked than is allowed here."])
    except (OSError, ValueError) as error:
        print(_sentence(error), file=sys.stderr)
        return 2
    print(json.dumps(verdict.as_dict(), indent=2) if options.json else "\n".join(verdict.lines()))
    return 0 if verdict.ok else 1


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
    if len(plain) == 64 and not set(plain.lower()) - set("0123456789abcdef"):
        return plain.encode()
    return _read(given)


def _read(name: str) -> bytes:
    path = Path(name)
    if path.is_file() and path.stat().st_size > MAX_FILE:
        raise ValueError(f"{name} is larger than {MAX_FILE // 2**20} MB; a sealed letter is not.")
    return path.read_bytes()


def _sentence(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename} could not be read: {error.strerror}."
    return str(error)


if __name__ == "__main__":
    sys.exit(main())
