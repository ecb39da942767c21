"""Verifies a file in a process of its own, with limits of time and memory; the checks are those of verify.

A file from a stranger is read by C libraries, and may be built to exhaust or crash them. Here that ends the
child, and the caller gets a plain verdict. Use it wherever anybody may upload a file.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from letters.proof.trust import Trusted
from letters.proof.verdict import Verdict, failed

_HOUSE = Path(__file__).resolve().parents[2]


def verify_apart(data: bytes, *, trusted: Sequence[bytes] = (), seconds: int = 30, megabytes: int = 1_024) -> Verdict:
    """The command's verdict on a PDF, a zip or the proof of one society, reached within `seconds` (of clock and of
    processor) and `megabytes`.

    Raises ValueError when a trusted key is not one, and OSError when no process can be started.
    """
    command = [sys.executable, "-m", "letters.proof", "--json"]
    command += ["--seconds", str(seconds), "--megabytes", str(megabytes)]
    for fingerprint in sorted(Trusted(trusted).fingerprints):
        command += ["--trust", fingerprint]
    place = {**os.environ, "PYTHONPATH": str(_HOUSE)}
    with tempfile.NamedTemporaryFile(prefix="signon-check-") as file:
        file.write(data)
        file.flush()
        try:
            done = subprocess.run([*command, file.name], capture_output=True, env=place, timeout=seconds + 5)
        except subprocess.TimeoutExpired:
            return _exhausted(seconds, megabytes)
    if done.returncode == 2:
        raise OSError(done.stderr.decode(errors="replace").strip())
    if done.returncode not in (0, 1):
        return _exhausted(seconds, megabytes)
    try:
        said = json.loads(done.stdout)
    except ValueError:
        return _exhausted(seconds, megabytes)
    return Verdict(**{**said, "facts": [(name, value) for name, value in said["facts"]]})


def _exhausted(seconds: int, megabytes: int) -> Verdict:
    return failed(
        [
            f"The file could not be checked within {seconds} seconds and {megabytes:,} MB of memory: "
            "it is far larger than a sealed letter, damaged, or built to mislead."
        ]
    )
