"""The whole life of one letter with stand-in officers, by the real actions and jobs, in a database of its own."""

import dataclasses
import datetime
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from letters import tasks
from letters.coordinate import actions as desk
from letters.dispatch import actions as dispatch
from letters.dispatch import going
from letters.draft import actions as draft
from letters.journals import targets
from letters.lists.listing import Listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.management.fitting import Aims, fit
from letters.management.handing_in import packs
from letters.management.stand_in import links_of, sign_as
from letters.models import Job, JobState, Journal, Letter, Link, Signature, User, database_now
from letters.proof.pages import missing, text_layer
from letters.proof.verify import verify_pdf
from letters.record import shelf
from letters.render.site_keys import site_keys
from letters.submit import actions as submit

Say = Callable[[str], None]
COORDINATOR, JOURNAL = "coordinator@rehearsal.example", "editor@journal.example"


class Stuck(Exception):
    """A stage did not end as it must; the message says which and why."""


@dataclasses.dataclass(frozen=True, slots=True)
class Script:
    """What is played: the texts, the list, and whether each officer named signs."""

    first: draft.Upload
    later: draft.Upload | None
    listing: Listing
    each_officer: bool
    convener: str
    aims: Aims = dataclasses.field(default_factory=Aims)


@dataclasses.dataclass(slots=True)
class Report:
    """What happened: one line per stage with counts and seconds, and the facts at the end."""

    stages: list[dict[str, object]] = dataclasses.field(default_factory=list)
    facts: dict[str, object] = dataclasses.field(default_factory=dict)
    problems: list[str] = dataclasses.field(default_factory=list)
    files: dict[str, bytes] = dataclasses.field(default_factory=dict)
    preflight: list[str] = dataclasses.field(default_factory=list)

    def lines(self) -> list[str]:
        """The report for a person."""
        table = [f"{stage['stage']!s:<28}{stage['count']!s:>8}  {stage['seconds']:>7} s" for stage in self.stages]
        return ["stage                          count  seconds", *table, "", *self.closing()]

    def closing(self) -> list[str]:
        """The facts and the verdict."""
        facts = [f"{name}: {value}" for name, value in self.facts.items()]
        verdict = ["It holds."] if not self.problems else ["It does not hold:", *self.problems]
        return [*facts, *self.preflight, "", *verdict] if facts else verdict


class Play:
    """One run; each method is a stage and returns its count."""

    def __init__(self, script: Script, say: Say) -> None:
        self.script, self.say, self.report = script, say, Report()

    def run(self) -> Report:
        """All stages in order; raises Stuck, or NotNow of the stage that was refused."""
        stages: list[tuple[str, Callable[[], int]]] = [
            ("database", self.database), ("draft and publish", self.publish), ("list societies", self.list_societies),
            ("invite", self.invite), ("sign", self.sign),
        ]  # fmt: skip
        if self.script.later:
            stages.append(("new version and keep", self.new_version))
        stages += [("close", self.close), ("seal and verify", self.seal), ("send to the journal", self.send),
                   ("release", self.release), ("check the PDF", self.check)]  # fmt: skip
        if self.script.aims.venues:
            stages += [("preflight", self.fit), ("submission pack", self.pack)]
        for name, stage in stages:
            started = time.perf_counter()
            count = stage()
            seconds = round(time.perf_counter() - started, 2)
            self.report.stages.append({"stage": name, "count": count, "seconds": seconds})
            self.say(f"{name}: {count} ({seconds} s)")
        return self.report

    def database(self) -> int:
        """A fresh database in the temporary data folder."""
        call_command("migrate", verbosity=0, interactive=False)
        self.by = User.objects.create_user(COORDINATOR, "Rehearsal Coordinator", may_convene=True)
        return 1

    def publish(self) -> int:
        """Version 1 with a deadline tomorrow."""
        now = database_now()
        letter = draft.new_letter(by=self.by, upload=self.script.first, convener=self.script.convener, now=now)
        terms = draft.Terms(
            convener=self.script.convener, addressee="The Editor", language="en", time_zone="UTC",
            deadline=now + datetime.timedelta(days=1), officers_asked="each" if self.script.each_officer else "one",
        )  # fmt: skip
        self.letter: Letter = draft.set_terms(by=self.by, letter=letter, terms=terms, now=now)
        for doi in self.script.aims.targets:
            targets.name_target(by=self.by, letter=letter, doi=doi, now=now)
        draft.publish(by=self.by, version=letter.versions.get(number=1), change="first", note="", now=now)
        self.letter.refresh_from_db()
        return self.letter.on_the_table.words

    def list_societies(self) -> int:
        """Societies, officers and invitations from the list."""
        asked = plan(self.letter, self.script.listing).ambiguous
        # Nobody is there to be asked: rows that only share a short name are societies of their own.
        found = plan(self.letter, self.script.listing, {entry.number: "new" for entry in asked})
        return import_societies(by=self.by, letter=self.letter, plan=found, now=database_now())

    def invite(self) -> int:
        """Open for signature and mail everybody."""
        sent = desk.invite(by=self.by, letter=self.letter, now=database_now())
        self.work()
        return sent

    def signers(self) -> list[Link]:
        """One officer per society, or every officer where each signs."""
        if not self.script.each_officer:
            return links_of(self.letter)
        rows = Link.objects.live().filter(invitation__letter=self.letter).order_by("invitation__position", "slot")
        related = (
            "officer__user",
            "invitation__society",
            "invitation__letter__current",
            "invitation__letter__owner",
        )
        return list(rows.select_related(*related))

    def sign(self) -> int:
        """Everybody signs with a mailed code."""
        self.letter.refresh_from_db()
        signed = [sign_as(link) for link in self.signers()]
        self.work()
        return len(signed)

    def new_version(self) -> int:
        """The later text; signatures stay behind until each officer keeps them."""
        assert self.script.later is not None
        version = draft.add_version(by=self.by, letter=self.letter, upload=self.script.later, now=database_now())
        draft.publish(by=self.by, version=version, change="substantive", note="", now=database_now())
        self.work()
        if Signature.objects.filter(version=version).exists():
            raise Stuck("A signature moved to the new version by itself.")
        return self.sign()

    def close(self) -> int:
        """Freeze edition 1."""
        self.letter.refresh_from_db()
        return submit.close(by=self.by, letter=self.letter).size

    def seal(self) -> int:
        """Render, seal and check by the job."""
        submit.seal(by=self.by, letter=self.letter, now=database_now())
        self.work()
        self.letter.refresh_from_db()
        edition = shelf.edition_of(self.letter)
        evidence = shelf.evidence_of(edition) if edition else None
        if edition is None or edition.document is None or evidence is None:
            raise Stuck(f"The PDF was not sealed: {Job.objects.get(kind='seal').last_error}")
        self.edition = edition
        self.report.files |= {"letter.pdf": edition.document.read(), "evidence.zip": evidence.read()}
        return len(self.report.files["letter.pdf"])

    def send(self) -> int:
        """To a journal, once."""
        now = database_now()
        journal = Journal.objects.addressed("Journal of the Rehearsal", JOURNAL, by=self.by, now=now)
        submission = dispatch.prepare(by=self.by, letter=self.letter, journal=journal, text=dispatch.Text(), now=now)
        dispatch.object_to(by=self.by, submission=submission, despite="This is a rehearsal.", now=now)
        going.ask(by=self.by, submission=submission, now=database_now(), pause=datetime.timedelta(0))
        self.work()
        submission.refresh_from_db()
        if submission.sent_copy is None:
            raise Stuck(f"The journal's mail was not sent: {submission.error}")
        self.report.files["journal.eml"] = submission.sent_copy.read()
        return 1

    def release(self) -> int:
        """Open the record, and collect the mails."""
        self.letter.refresh_from_db()
        submit.release(by=self.by, letter=self.letter, now=database_now())
        mails = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"))
        for number, path in enumerate(mails, start=1):
            self.report.files[f"mail/{number:04d}.eml"] = path.read_bytes()
        return len(mails)

    def check(self) -> int:
        """Verify the file as a stranger would, and look for every society's exact name on its pages."""
        pdf = self.report.files["letter.pdf"]
        verdict = verify_pdf(pdf, trusted=[site_keys().certificate])
        live = Signature.objects.filter(invitation__letter=self.letter, version=self.edition.version).live()
        names = list(dict.fromkeys(live.in_printed_order().values_list("society_name", flat=True)))
        lost = missing(names, text_layer(pdf))
        self.report.problems += [*verdict.problems, *(f"Not printed: {name}" for name in lost)]
        self.report.facts = {
            "title": self.letter.title, "version": self.edition.version.number, "words": self.edition.version.words,
            "content hash": self.edition.version.content_hash, "societies": len(names), "signatures": live.count(),
            "bytes of the PDF": len(pdf), "verdict": verdict.headline,
        }  # fmt: skip
        return len(names)

    def fit(self) -> int:
        """Hold each version against the journals that were named."""
        found, stops = fit(self.letter, self.script.aims, database_now().date())
        self.report.preflight = found
        self.report.problems += stops
        return len(self.script.aims.venues)

    def pack(self) -> int:
        """What each of these journals is given, as files."""
        made, refused = packs(self.edition, self.script.aims, self.report.files["letter.pdf"])
        self.report.files |= made
        self.report.problems += refused
        return len(made)

    def work(self) -> None:
        """Do all that is owed; raises Stuck when something was given up."""
        while tasks.drain():
            pass
        dead = Job.objects.filter(state=JobState.DEAD).first()
        waiting = Job.objects.exclude(state__in=[JobState.DONE, JobState.DEAD]).first()
        if dead or waiting:
            job = dead or waiting
            assert job is not None
            raise Stuck(f"The work “{job.key}” did not end: {job.last_error}")
