"""The run script and the CI entry as a person meets them; nothing here sets anything up."""

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RUN = ROOT / "run"
COMMANDS = ["demo", "serve", "rehearse", "verify", "check", "redline", "test", "faults", "bench", "manage"]
COMMANDS += ["setup", "lock", "help"]


def run(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [RUN, *arguments], cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=30
    )


def empty_checkout(folder: Path, *programs: str) -> dict[str, str]:
    """A copy of the script and the locks in `folder`, and a PATH with `programs` and the basics only."""
    (folder / "requirements").mkdir()
    for name in ("run", "test", "uv"):
        (folder / "requirements" / f"{name}.txt").write_bytes((ROOT / "requirements" / f"{name}.txt").read_bytes())
    script = folder / "run"
    script.write_bytes(RUN.read_bytes())
    script.chmod(0o755)
    (folder / "bin").mkdir()
    for name in ("bash", "env", "dirname", "basename", "sha256sum", "cut", "cat", "flock"):
        (folder / "bin" / name).symlink_to(f"/usr/bin/{name}")
    for program in programs:
        name, body = program.split("=", 1)
        (folder / "bin" / name).write_text(f"#!/usr/bin/bash\n{body}\n")
        (folder / "bin" / name).chmod(0o755)
    return {"PATH": str(folder / "bin")}


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_script_is_executable_and_parses(script):
    path = ROOT / script
    assert path.stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["bash", "-n", path], capture_output=True, text=True).stderr == ""


def test_ci_calls_exactly_run_test():
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert lines == ["#!/usr/bin/env bash", 'cd "$(dirname "$0")/.." && exec ./run test']


@pytest.mark.parametrize("arguments", [(), ("help",), ("--help",)])
def test_help_lists_the_commands(arguments, tmp_path):
    shown = run(*arguments, cwd=tmp_path)
    listed = re.findall(r"^  ([a-z]+) ", shown.stdout, flags=re.MULTILINE)
    assert (shown.returncode, listed, shown.stderr) == (0, COMMANDS, "")


def test_unknown_command_is_one_sentence_and_status_2():
    shown = run("frobnicate")
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr == 'Signon has no command "frobnicate"; ./run help lists them.\n'


def test_set_up_without_python_names_what_to_install(tmp_path):
    environment = empty_checkout(tmp_path)
    shown = subprocess.run([tmp_path / "run", "setup"], env=environment, capture_output=True, text=True)
    assert (shown.returncode, shown.stderr.count("\n")) == (2, 1)
    assert shown.stderr.startswith("Signon needs Python 3.11 or newer; install it")


def test_set_up_without_libraries_prints_the_line_and_touches_nothing(tmp_path):
    # This python3 is new enough and can make a pip, and opens no library; this person is not root.
    python = 'case "$*" in *CDLL*) exit 1;; *) exit 0;; esac'
    environment = empty_checkout(tmp_path, f"python3={python}", "apt-get=exit 9", "id=echo 1000")
    shown = subprocess.run([tmp_path / "run", "setup"], env=environment, capture_output=True, text=True)
    assert (shown.returncode, shown.stdout) == (2, "")
    assert shown.stderr == (
        "System packages are missing; install them with this line and start again:\n"
        "sudo apt-get update && sudo apt-get install --no-install-recommends "
        "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
    )
    assert [name for name in (".venv", ".uv") if (tmp_path / name).exists()] == []


def test_failed_installer_leaves_no_stamp(tmp_path):
    # Here every library opens and there is a pip, which fails.
    python = 'case "$*" in *install*) exit 1;; *CDLL*) echo 3.11;; *) exit 0;; esac'
    environment = empty_checkout(
        tmp_path, f"python3={python}", "rm=/usr/bin/rm \"$@\"", "mkdir=/usr/bin/mkdir \"$@\""
    )  # fmt: skip
    shown = subprocess.run([tmp_path / "run", "setup"], env=environment, capture_output=True, text=True)
    assert shown.returncode == 2
    assert shown.stderr.splitlines()[-1] == (
        "uv could not be installed; check the network and pip's configuration, then start again."
    )
    assert not (tmp_path / ".uv" / "stamp").exists()


def test_script_names_no_registry_host():
    assert re.findall(r"https?://", RUN.read_text(encoding="utf-8")) == []
