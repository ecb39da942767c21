"""A letter sealed as a real job: its worker is killed in the middle of the annex, the next one takes it up and seals,
and the sealed file is checked as a stranger would; what all processes took is printed as JSON.

`python -m tests.bench._job NUMBER`, in the database and data folder of the environment, which must be empty.
"""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()

from letters.models import Document, Job
from letters.models.document import Kind
from tests.bench._staged import owed
from tests.bench._watched import WORKER, Watched, merged

LEASE = 2.5  # seconds, and a little more than tests.faults.quick gives a worker that says nothing
Figures = dict[str, Any]


def main(number: int) -> Figures:
    """Make the letter, begin, kill, go on, check."""
    call_command("migrate", verbosity=0)
    owed(number)
    began = time.monotonic()
    with worker() as (process, first):
        while process.poll() is None and not in_the_middle():
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    drawn = parts()
    time.sleep(LEASE)
    begun_again = time.monotonic()
    with worker() as (process, second):
        process.wait()
    sealed = time.monotonic()
    with worker("-m", "letters.proof", "--json", str(Document.objects.get(kind=Kind.PDF).path)) as (process, check):
        said = json.load(process.stdout)
    after = parts()
    return {
        "signatories": number,
        "parts drawn before the kill": len(drawn),
        "parts": len(after),
        "of them drawn again": sum(after.get(name) != was for name, was in drawn.items()),
        "until the kill": {"cpu": first.cpu(), "clock": round(begun_again - LEASE - began, 1)},
        "from then to the seal": {"cpu": second.cpu(), "clock": round(sealed - begun_again, 1)},
        "./run verify": {"cpu": check.cpu(), "clock": round(time.monotonic() - sealed, 1)},
        "holds": said["ok"] and dict(said["facts"])["Signatures"] == str(number),
        "peaks": merged(first.peaks(), second.peaks(), {"./run verify": check.peaks()[WORKER]}),
    }


@contextlib.contextmanager
def worker(*command: str) -> Iterator[tuple[subprocess.Popen[bytes], Watched]]:
    """A process that does all that is owed (or the command), watched for the length of the block."""
    process = subprocess.Popen(
        [sys.executable, *(command or ("-m", "tests.faults.quick", "sweep"))], stdout=subprocess.PIPE
    )
    watched = Watched(process.pid)
    watched.start()
    try:
        with process:
            yield process, watched
            process.kill()
    finally:
        watched.stop()


def in_the_middle() -> bool:
    """Whether a third of the parts is drawn."""
    told = re.match(r"([\d,]+) of ([\d,]+) parts", Job.objects.get(kind="seal").progress)
    done, of = (int(number.replace(",", "")) for number in told.groups()) if told else (0, 1)
    return done * 3 > of


def parts() -> dict[str, int]:
    """The parts that are drawn, by name; one that is drawn once more is another file."""
    found = (Path(settings.DATA) / "parts").glob("*")
    return {file.name: file.stat().st_ino for file in found if file.suffix != ".part"}


if __name__ == "__main__":
    os.environ.setdefault("SIGNON_LOG_LEVEL", "ERROR")
    print(json.dumps(main(int(sys.argv[1]))))
