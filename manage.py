#!/usr/bin/env python
"""Django's command line for this installation; the demo and the rehearsal get a data folder of their own."""

import os
import sys
import tempfile
import traceback
from pathlib import Path

from django.core.management import execute_from_command_line, find_commands

ROOT = Path(__file__).resolve().parent
DEMO = {
    "SIGNON_DATA": str(ROOT / "data" / "demo"),
    "SIGNON_MAILBOX": "1",
    "SIGNON_INBOUND_ADDRESS": "answers@letters.example",
    "SIGNON_SITE_NAME": "Signon",
    "SIGNON_COORDINATORS_NEED_A_KEY": "0",
}


def unforeseen(error: Exception) -> str:
    """What to say of a fault of the program itself; all of it lies in a file for who mends it."""
    with tempfile.NamedTemporaryFile("w", prefix="signon-fault-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    said = " ".join(str(error).split())
    return (
        f"Signon: stopped by a fault of the program ({type(error).__name__}: {said}). "
        f"Please report it with the file {file.name}, after a look whether names in it are private."
    )


def main() -> None:
    """Run a command; what nobody foresaw in one of ours ends in a sentence and status 2, with --traceback in full."""
    try:
        execute_from_command_line(sys.argv)
    except Exception as error:
        ours = find_commands(str(ROOT / "letters" / "management"))
        if sys.argv[1:2] and sys.argv[1] in ours and "--traceback" not in sys.argv:
            print(unforeseen(error), file=sys.stderr)
            sys.exit(2)
        raise


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signon.settings")
    if sys.argv[1:2] == ["demo"]:
        for name, value in DEMO.items():
            os.environ.setdefault(name, value)
    main()
