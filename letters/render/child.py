"""What the children that make paper are started with, and how one can fail; what they do is press's and hand's."""

import os
from pathlib import Path

from letters.render.glyphs import FONTS

ROOT = Path(__file__).resolve().parents[2]
# What a dynamic linker may need to find Pango; nothing else of the environment reaches the child.
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")


class Unprintable(ValueError):
    """The sheet cannot become a paper; the message is a sentence that says what to change."""


class PressFailed(RuntimeError):
    """The child process broke down for a reason that is not in the sheet; trying again may help."""


def environment(folder: str) -> dict[str, str]:
    """Only the shipped fonts, and one folder that is thrown away for whatever the libraries want to write."""
    passed = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return passed | {
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "FONTCONFIG_FILE": str(FONTS / "fonts.conf"),
        "XDG_CACHE_HOME": folder,
        "HOME": folder,
        "TMPDIR": folder,
        "LC_ALL": "C.UTF-8",
    }
