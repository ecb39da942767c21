"""The founding case replayed by the real actions from real files; runs in a process of its own and prints the slug.

Thirty-four societies sign version 2 of a letter whose version 1 had gone round; two summaries go to the pages of two
papers, the letter to two other journals; the authors reply, the first journal declines to act, the others publish.
"""

import datetime
from pathlib import Path

from django.core.management import call_command

from letters.coordinate.order import Wish, set_order
from letters.correspond import actions as correspond
from letters.correspond import claims
from letters.dispatch import actions as dispatch
from letters.dispatch import going
from letters.draft import actions as draft
from letters.journals import targets
from letters.models import (
    Came,
    Correspondence,
    Finding,
    Journal,
    Letter,
    Link,
    Outcome,
    Submission,
    Summary,
    Target,
    database_now,
)
from letters.sign import actions as signing
from letters.submit import actions as submit
from letters.summarise import actions as summarise
from letters.summarise import words
from tests import factories

PUBLISHED = datetime.date(2025, 2, 19)
PAPERS = {
    "10.1136/bmj-2024-079970": "Busse JW, et al. Commonly used interventional procedures. BMJ 2025;388:e079970.",
    "10.1136/bmj-2024-079971": "Wang X, et al. Common interventional procedures. BMJ 2025;388:e079971.",
}
LEAD, REFUSES, SILENT, LEAVES = 0, 5, 6, range(7, 10)  # places of societies in what they say of the summaries
NOW = datetime.timedelta()


def replay(inputs: str) -> None:
    """Play it all and print the slug of the public page."""
    call_command("journals", verbosity=0)
    letter = signed_by_all(Path(inputs))
    answered = papers(letter)
    submit.close(by=factories.alice(), letter=factories.fresh(letter))
    submit.seal(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    factories.work()
    for paper in answered:
        hand_in(summary(letter, Path(inputs), paper), paper)
    for key in ("the-spine-journal", "interventional-pain-medicine"):
        mail(factories.fresh(letter), key)
    factories.work()
    reply, decision = answers(letter)
    points(letter, reply, decision)
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    factories.work()
    print(letter.slug)


def signed_by_all(inputs: Path) -> Letter:
    """Version 1 signed by all, version 2 with four other sentences, and each society keeps its signature."""
    alice, name = factories.alice(), "multisociety-letter-v{}.docx"
    upload = draft.Upload(name.format(1), (inputs / name.format(1)).read_bytes())
    letter = draft.new_letter(
        by=alice, upload=upload, convener="Atlantic Spine Intervention Society", now=database_now()
    )
    letter = factories.terms(letter)
    draft.publish(by=alice, version=letter.versions.get(), change="first", note="", now=database_now())
    factories.listed(factories.fresh(letter), (inputs / "societies-34.csv").read_text("utf-8"))
    factories.desk.invite(by=alice, letter=factories.fresh(letter), now=database_now())
    leads = Wish("listed", links(letter)[LEAD].invitation_id)
    set_order(by=alice, letter=factories.fresh(letter), wish=leads, now=database_now())
    everybody_signs(letter)
    later = draft.Upload(name.format(2), (inputs / name.format(2)).read_bytes())
    version = draft.add_version(by=alice, letter=factories.fresh(letter), upload=later, now=database_now())
    draft.publish(by=alice, version=version, change="substantive", note="Four sentences.", now=database_now())
    everybody_signs(letter)
    return factories.fresh(letter)


def links(letter: Letter) -> list[Link]:
    """One officer who signs for each society, in printed order."""
    rows = Link.objects.live().filter(invitation__letter=letter, officer__role="signer")
    rows = rows.select_related(
        "officer__user", "officer__society", "invitation__society", "invitation__letter__current"
    )
    first: dict[int, Link] = {}
    for link in rows.order_by("invitation__position", "slot", "pk"):
        first.setdefault(link.invitation_id, link)
    return list(first.values())


def everybody_signs(letter: Letter) -> None:
    """Each society signs the version on the table."""
    for link in links(letter):
        signing.sign(by=link, consent=factories.consent(link), presence=factories.presence())


def papers(letter: Letter) -> list[Target]:
    """The papers that are answered, with the day on which they came out."""
    found = []
    for doi, citation in PAPERS.items():
        paper = targets.name_target(by=factories.alice(), letter=letter, doi=doi, now=database_now())
        typed = targets.Typed(citation, {"online": PUBLISHED})
        found.append(targets.correct_target(by=factories.alice(), target=paper, typed=typed, now=database_now()))
    return found


def summary(letter: Letter, inputs: Path, paper: Target) -> Summary:
    """A summary for the page of one paper: most approve, three leave it to the lead, one says no, one nothing."""
    name, journal = "summary-rapid-response.docx", Journal.objects.get(key="bmj-rapid-response")
    about = "the guideline" if paper.doi.endswith("970") else "the review"
    made = summarise.begin(
        by=factories.alice(), letter=factories.fresh(letter), now=database_now(),
        brought=summarise.Brought(name, (inputs / name).read_bytes()),
        naming=summarise.Naming(f"Rapid response to {about}", journal, paper),
    )  # fmt: skip
    summarise.publish(by=factories.alice(), version=made.versions.get(), note="", now=database_now())
    made = Summary.objects.select_related("current", "letter").get(pk=made.pk)
    for place, link in enumerate(links(letter)):
        said = {
            "by": link, "summary": made, "content_hash": made.current.content_hash, "presence": factories.presence(),
        }  # fmt: skip
        if place == REFUSES:
            words.refuse(**said, reason="Our board wants the full letter only.")
        elif place in LEAVES:
            words.leave(**said)
        elif place != SILENT:
            words.approve(**said)
    return Summary.objects.select_related("current", "letter").get(pk=made.pk)


def hand_in(text: Summary, paper: Target) -> Submission:
    """The summary is pasted into the form of the paper's page."""
    row = dispatch.prepare(
        by=factories.alice(), letter=factories.fresh(text.letter), text=dispatch.Text(text.current, paper),
        journal=Journal.objects.get(key="bmj-rapid-response"), now=database_now(), channel="form",
    )  # fmt: skip
    handed = going.Handed(database_now(), text.current.text, reference="bmj.example/rr", receipt="Thank you.")
    return going.hand_in(by=factories.alice(), submission=row, handed=handed, now=database_now())


def mail(letter: Letter, key: str) -> Submission:
    """The letter goes to one more journal by mail; its covering letter asks for the editors' permission."""
    journal = Journal.objects.get(key=key)
    alice, now = factories.alice(), database_now()
    row = dispatch.prepare(by=alice, letter=letter, journal=journal, text=dispatch.Text(), now=now, channel="mail")
    dispatch.write(
        by=alice, submission=row, channel="mail", address=f"editor@{key}.example", cc=[], subject=row.subject,
        words=row.covering_letter, now=database_now(),
    )  # fmt: skip
    dispatch.ask_in_letter(by=alice, submission=row, asks=True, now=database_now())
    dispatch.object_to(by=alice, submission=row, despite="The editor was asked by telephone.", now=database_now())
    return going.ask(by=alice, submission=row, now=database_now(), pause=NOW)


def answers(letter: Letter) -> tuple[Correspondence, Correspondence]:
    """What came back; returns the authors' reply and the decision."""
    sent = {row.journal.key: row for row in Submission.objects.filter(edition__letter=letter).select_related("journal")}

    def came(kind: str, key: str, title: str, **more: object) -> Correspondence:
        typed = correspond.Typed(
            kind=str(kind), day=database_now().date(), submission=sent[key], title=title, public=True, **more
        )  # type: ignore[arg-type]
        return correspond.record(
            by=factories.alice(), letter=factories.fresh(letter), typed=typed, file=None, now=database_now()
        )

    came(Came.ACKNOWLEDGEMENT, "bmj-rapid-response", "Thank you for your rapid response")
    reply = came(Came.REPLY, "bmj-rapid-response", "The authors reply", url="https://journal.example/reply")
    decision = came(Came.DECISION, "bmj-rapid-response", "The journal will not act", outcome=Outcome.NO_ACTION)
    came(Came.PUBLICATION, "the-spine-journal", "The letter in full", doi="10.5555/tsj.1")
    came(Came.PUBLICATION, "interventional-pain-medicine", "The letter in full", doi="10.5555/ipm.1")
    return reply, decision


def points(letter: Letter, reply: Correspondence, decision: Correspondence) -> None:
    """Two claims, each with what the reply and the decision said to it; the table is public."""
    alice = factories.alice()
    said = [
        claims.Point("Unlike studies were pooled.", evidence="eFig 2, reference 6", remedy="Retract the guideline"),
        claims.Point("The strongest trial is missing.", evidence="Reference 17", remedy="Correct the review"),
    ]
    for number, claim in enumerate(
        claims.add(by=alice, letter=factories.fresh(letter), points=said, now=database_now())
    ):  # fmt: skip
        answered = {
            reply.pk: claims.Said((Finding.DISPUTED if number else Finding.PARTLY).value, "Similar enough."),
            decision.pk: claims.Said(Finding.UNANSWERED.value),
        }
        claims.change(by=alice, claim=claim, point=said[number], said=answered, now=database_now())
    claims.show(by=alice, letter=factories.fresh(letter), shown=True, now=database_now())
