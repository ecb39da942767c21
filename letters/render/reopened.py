"""Checks a sealed paper in processes of their own, whose memory is gone afterwards; the checks are verify's and
conformance's.

Two look at one file side by side. Each is given its path and writes the problems found as a JSON list. It is meant for
papers of our own; whoever checks a stranger's file wants limits too (see proof.apart).
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from letters.proof.pieces import OnDisk
from letters.proof.verify import verify_pdf
from letters.render import conformance
from letters.render.child import ROOT, PressFailed, environment

LARGE = 2_000_000  # bytes; a smaller paper is checked faster than a process starts
# In this order: what is built wrong matters only where the seal holds.
CHECKS: Mapping[str, Callable[[Path], list[str]]] = {
    "seal": lambda file: verify_pdf(OnDisk(file)).problems,
    "build": conformance.problems,
}


def problems(pdf: bytes | Path) -> list[str]:
    """What a stranger would find wrong with the paper. Raises PressFailed when the check breaks down."""
    if isinstance(pdf, Path):
        return _found(pdf)
    with tempfile.NamedTemporaryFile(prefix="paper-", suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        return _found(Path(file.name))


def _found(file: Path) -> list[str]:
    if file.stat().st_size < LARGE:
        return next(filter(None, (check(file) for check in CHECKS.values())), [])
    with tempfile.TemporaryDirectory(prefix="paper-") as folder:
        running = [_started(name, file, folder) for name in CHECKS]
        try:
            return next(filter(None, map(_ended, running)), [])
        finally:
            for process in running:
                process.kill()
                with process:  # waits, and closes what it wrote to
                    pass


def _started(check: str, file: Path, folder: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "letters.render.reopened", check, str(file.resolve())],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(folder), cwd=ROOT,
    )  # fmt: skip


def _ended(process: subprocess.Popen[bytes]) -> list[str]:
    """What a check found, once it has ended."""
    told, remarks = process.communicate()
    if process.returncode:
        said = remarks.decode(errors="replace").strip()[-500:]
        raise PressFailed(f"The sealed paper could not be checked (status {process.returncode}): {said}")
    found: list[str] = json.loads(told)
    return found


if __name__ == "__main__":
    print(json.dumps(CHECKS[sys.argv[1]](Path(sys.argv[2]))))
