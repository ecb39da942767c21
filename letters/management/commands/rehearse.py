"""`manage.py rehearse`: play the whole life of a letter without a server and write what the journal would get."""

import dataclasses
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from letters.draft.actions import Upload
from letters.lifecycle import NotNow
from letters.lists.listing import BadList, read_listing
from letters.management.fitting import aims
from letters.management.refusal import Signon
from letters.management.rehearsal import Play, Report, Script, Stuck
from letters.text.canonical import Refused, canonical_text
from letters.text.check import import_check
from letters.text.reading import Unreadable, read


class Command(BaseCommand):
    help = "Play the whole life of a letter with stand-in officers; exit 0 only when the sealed PDF holds."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("letter", type=Path, metavar="LETTER.docx")
        parser.add_argument(
            "--then",
            type=Path,
            metavar="LATER.docx",
            help="A later version, published after all have signed.",
        )
        parser.add_argument("--societies", type=Path, required=True, metavar="FILE.csv")
        parser.add_argument("--out", type=Path, required=True, metavar="DIR")
        parser.add_argument("--convener", default="The convening society")
        parser.add_argument(
            "--each-officer", action="store_true", help="Every officer listed signs, not one per society."
        )
        parser.add_argument(
            "--journal", action="append", default=[], metavar="KEY", help="Hold each version against this journal."
        )
        parser.add_argument("--target", action="append", default=[], metavar="DOI", help="A paper the letter answers.")
        parser.add_argument("--tracked", choices=["ask", "accept", "reject"], default="ask", help="Tracked changes.")
        parser.add_argument("--json", action="store_true", help="Print the report for a machine to read.")
        parser.add_argument("--inside", action="store_true", help="Already in a temporary data folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the input, then play in a child process whose data folder is temporary."""
        script = self.script(options)
        if options["inside"]:
            self.play(script, options)
            return
        with tempfile.TemporaryDirectory(prefix="signon-rehearsal-") as folder:
            env = {
                key: value
                for key, value in os.environ.items()
                if not key.startswith(("SIGNON_", "DATABASE_", "REDIS_"))
            }
            env |= {"SIGNON_DATA": folder, "SIGNON_EMBEDDED_WORKER": "0", "SIGNON_LOG_LEVEL": "ERROR",
                    "SIGNON_SITE_NAME": "Signon rehearsal", "SIGNON_CROSSREF_URL": ""}  # fmt: skip
            done = subprocess.run([sys.executable, sys.argv[0], *sys.argv[1:], "--inside"], env=env, check=False)
        sys.exit(done.returncode)

    def script(self, options: dict[str, Any]) -> Script:
        """Everything read and checked before anything is made; raises Signon (exit 2) with one sentence."""
        _refuse_foreign(options["out"])
        first, later = (_upload(options[key], options["tracked"]) for key in ("letter", "then"))
        assert first is not None
        data = _bytes(options["societies"])
        try:
            listing = read_listing(data, name=options["societies"].name)
        except BadList as error:
            raise Signon(str(error)) from None
        if listing.refused:
            raise Signon(f"{options['societies'].name}: {listing.refused[0].why}")
        wanted = aims(options["journal"], options["target"])
        return Script(first, later, listing, options["each_officer"], options["convener"], wanted)

    def play(self, script: Script, options: dict[str, Any]) -> None:
        """Run the stages and write the folder; exits 1 when the result does not hold."""
        say = self.stderr.write if options["json"] else self.stdout.write
        play = Play(script, lambda line: say(line))
        try:
            report = play.run()
        except (Stuck, NotNow) as error:
            report = play.report
            report.problems.append(str(error))
        _write(options["out"], report)
        if options["json"]:
            facts = dataclasses.asdict(report) | {"files": sorted(report.files), "holds": not report.problems}
            self.stdout.write(json.dumps(facts, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(["", *report.closing(), f"Written to {options['out']}"]))
        if report.problems:
            sys.exit(1)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Signon(f"{path} cannot be read: {error.strerror}.") from None


def _upload(path: Path | None, tracked: str) -> Upload | None:
    """The file with its import check passed; raises Signon naming what forbids it."""
    if path is None:
        return None
    upload = Upload(path.name, _bytes(path), tracked)
    try:
        reading = read(upload.data, name=upload.name, tracked=tracked)
        canonical_text(reading.blocks)
    except (Unreadable, Refused) as error:
        raise Signon(str(error)) from None
    stops = [sentence for state, sentence in import_check(reading).lines() if state == "stop"]
    if stops:
        raise Signon(f"{upload.name}: {stops[0]}")
    return upload


def _refuse_foreign(folder: Path) -> None:
    """Only a new or empty folder, or one that a rehearsal wrote, may be replaced."""
    if folder.exists() and not (folder / "report.txt").is_file() and (folder.is_file() or any(folder.iterdir())):
        raise Signon(f"{folder} exists and holds other files; choose a new folder for --out.")


def _write(folder: Path, report: Report) -> None:
    """Write everything to a new folder beside `folder`, then put it in its place: never a half-written one."""
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    for name, data in {**report.files, "report.txt": "\n".join([*report.lines(), ""]).encode()}.items():
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(data)
    fresh.chmod(0o755)
    if folder.exists():
        shutil.rmtree(folder)
    fresh.rename(folder)
