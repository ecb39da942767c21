"""A SoftHSM token in a folder of its own, made by the commands that docs/operators.md gives."""

import functools
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
PIN = "12345678"
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "operators.md"


def commands() -> list[str]:
    """The lines by which the guide makes a token with a key, and its certificate."""
    blocks = re.findall(r"```sh\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)
    return next(block for block in blocks if "softhsm2-util" in block).splitlines()


def settings_of_the_guide() -> dict[str, str]:
    """The settings the guide gives for that token."""
    return dict(re.findall(r"^(SIGNON_SEAL_PKCS11\w*)=(.*)$", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE))


@functools.cache
def ready(folder: Path) -> Path:
    """A folder with a token, and in it the certificate; SoftHSM reads its place once in a process."""
    if not shutil.which("softhsm2-util"):
        pytest.skip("softhsm2-util is not installed, so no token can be made")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    for line in commands():
        subprocess.run(["sh", "-c", line], cwd=folder, check=True, capture_output=True, text=True)
    return folder
