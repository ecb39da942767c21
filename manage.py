#!/usr/bin/env python
"""Django's command line for this installation; the demo and the rehearsal get a data folder of their own."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

ROOT = Path(__file__).resolve().parent
DEMO = {
    "SIGNON_DATA": str(ROOT / "data" / "demo"),
    "SIGNON_MAILBOX": "1",
    "SIGNON_INBOUND_ADDRESS": "answers@letters.example",
    "SIGNON_SITE_NAME": "Signon",
    "SIGNON_COORDINATORS_NEED_A_KEY": "0",
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "signon.settings")
    if sys.argv[1:2] == ["demo"]:
        for name, value in DEMO.items():
            os.environ.setdefault(name, value)
    execute_from_command_line(sys.argv)
