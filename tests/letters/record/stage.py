"""A released letter, and its story told by rows: papers, journals, submissions, summaries, answers, claims."""

import datetime
import tempfile
import uuid
from pathlib import Path
from typing import Any

from letters import lifecycle
from letters.models import (
    Claim,
    ClaimAnswer,
    Correspondence,
    Delegation,
    Document,
    Edition,
    Event,
    Journal,
    JournalRule,
    Letter,
    Link,
    Signature,
    Submission,
    Summary,
    SummaryApproval,
    SummaryVersion,
    Target,
    TargetDate,
    Version,
    database_now,
)
from letters.models.document import Kind
from letters.proof import bundle
from letters.render.site_keys import site_keys
from letters.render.store import evidence_of
from letters.sign import actions as signing
from letters.submit import actions as submit
from tests import factories

SUMMARY = "<p>The letter in short: the authors counted to nine.</p>"


def mark_sealed(letter: Letter, pdf: bytes = b"%PDF-1.7 stand-in") -> Edition:
    """Give the newest edition a stand-in for its PDF and its evidence."""
    edition, now = letter.editions.filter(superseded_at=None).latest("number"), database_now()
    document = Document.objects.keep(pdf + str(edition.pk).encode(), kind=Kind.PDF, edition=edition, now=now)
    Document.objects.keep(b"PK\x03\x04 " + pdf, kind=Kind.EVIDENCE, edition=edition, now=now)
    lifecycle.mark_sealed(edition, document=document, now=now)
    return Edition.objects.get(pk=edition.pk)


def with_evidence(letter: Letter) -> Letter:
    """The letter with real evidence in the place of the stand-in."""
    edition, now = letter.editions.filter(superseded_at=None).latest("number"), database_now()
    with tempfile.TemporaryDirectory() as folder:
        files = evidence_of(edition, site_keys(), Path(folder))
        data = bundle.to_zip({name: file.read_bytes() for name, file in files.items()})
    Document.objects.keep(data, kind=Kind.EVIDENCE, edition=edition, now=now)
    return letter


def released(*names: str) -> Letter:
    """A released letter that these officers signed (bob and carol by default); its PDF is a stand-in."""
    letter = factories.closed(*names)
    mark_sealed(letter)
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    return factories.fresh(letter)


def many(csv: str, *, v1: str = factories.TEXT, v2: str = "") -> Letter:
    """A released letter that every society of the list signed; a first version went round unsigned where `v2` is."""
    letter = factories.terms(factories.drafted(v1))
    letter.versions.get()
    factories.draft.publish(
        by=factories.alice(), version=letter.versions.get(), change="first", note="", now=database_now()
    )
    if v2:
        factories.second_version(factories.fresh(letter), v2)
    letter = factories.fresh(letter)
    factories.listed(letter, csv)
    factories.desk.invite(by=factories.alice(), letter=letter, now=database_now())
    links = Link.objects.filter(invitation__letter=letter, officer__role="signer").order_by("invitation", "slot", "pk")
    signed = set()
    for link in links.select_related("officer__user", "officer__society", "invitation__society"):
        link.invitation.letter = factories.fresh(letter)
        if link.invitation_id not in signed:
            signed.add(link.invitation_id)
            signing.sign(by=link, consent=factories.consent(link), presence=factories.presence())
    lifecycle.close(factories.fresh(letter), by=factories.alice())
    mark_sealed(letter)
    submit.release(by=factories.alice(), letter=factories.fresh(letter), now=database_now())
    return factories.fresh(letter)


def journal(name: str, article: str = "yes") -> Journal:
    """A journal and what its rule says of what appears there; "" where nobody knows."""
    row, _ = Journal.objects.get_or_create(name=name)
    JournalRule.objects.update_or_create(
        journal=row, kind="article",
        defaults={"value": article, "source": "https://journal.example", "checked_on": datetime.date(2025, 1, 1)},
    )  # fmt: skip
    return row


def target(letter: Letter, doi: str, citation: str, day: datetime.date, kind: str = "online") -> Target:
    """A paper the letter answers."""
    row = Target.objects.create(
        letter=letter, doi=doi, citation=citation, added_at=database_now(), added_by=factories.alice()
    )
    TargetDate.objects.create(target=row, kind=kind, day=day, source="Crossref")
    return row


def kept(words: str, kind: str = Kind.PASTED) -> Document:
    """A file with these words."""
    return Document.objects.keep(words.encode(), kind=kind, edition=None, now=database_now())


def summary(letter: Letter, name: str, html: str = SUMMARY) -> SummaryVersion:
    """A summary with one circulated version."""
    now, alice = database_now(), factories.alice()
    row = Summary.objects.create(
        letter=letter, number=letter.summaries.count() + 1, name=name, created_at=now, created_by=alice
    )
    return SummaryVersion.objects.create(
        summary=row, number=1, title=name, text=name, html=html, blocks=[], content_hash="ab" * 32, words=430,
        source_name="summary.docx", source=kept(name, Kind.SOURCE), created_at=now, created_by=alice, circulated_at=now,
    )  # fmt: skip


def sent(letter: Letter, to: Journal, at: datetime.datetime, **more: Any) -> Submission:
    """One text that went to one journal; with `summary` and `target`, a shorter one for the page of a paper."""
    text = more.get("summary")
    about = f"summary {text.pk} {more['target'].pk if more.get('target') else ''}" if text else "letter"
    return Submission.objects.create(
        edition=letter.editions.exclude(sealed_at=None).latest("number"), journal=to, about=about, subject="A letter",
        covering_letter="Dear Editor, this stays between us.", submitter_name="Petra Private",
        submitter_email="petra@private.example", message_id=f"<{uuid.uuid4()}@x>", state="sent", created_at=at,
        created_by=factories.alice(), sent_at=at, sent_copy=kept(f"{to} {about}"), **more,
    )  # fmt: skip


def came(letter: Letter, kind: str, day: datetime.date, title: str = "An answer", **more: Any) -> Correspondence:
    """An entry that is public unless `public` says otherwise."""
    values = {
        "letter": letter, "kind": kind, "day": day, "title": title, "public": True, "recorded_at": database_now(),
        "recorded_by": factories.alice(),
    }  # fmt: skip
    return Correspondence.objects.create(**(values | more))


def claim(letter: Letter, number: int, text: str, evidence: str = "", remedy: str = "") -> Claim:
    """A numbered point."""
    return Claim.objects.create(
        letter=letter, number=number, text=text, evidence=evidence, remedy=remedy, created_at=database_now(),
        created_by=factories.alice(),
    )  # fmt: skip


def answered(point: Claim, entry: Correspondence, finding: str, said: str = "") -> ClaimAnswer:
    """What an entry says to a claim."""
    return ClaimAnswer.objects.create(
        claim=point, correspondence=entry, finding=finding, said=said, by=factories.alice(), at=database_now()
    )


def approved(version: SummaryVersion, *, delegated: bool = True) -> None:
    """The first society approves the summary; the others left that to it."""
    rows = list(version.summary.letter.invitations.order_by("position"))
    first, now = rows[0], database_now()
    officer = Signature.objects.filter(invitation=first).latest("pk").officer
    SummaryApproval.objects.create(
        version=version, invitation=first, officer=officer, printed_name=officer.printed_name, office=officer.office,
        authenticated="passkey", approved_at=now,
    )  # fmt: skip
    for row in rows[1:] if delegated else []:
        if not row.delegations.filter(ended_at=None).exists():
            Delegation.objects.create(
                invitation=row, to=first, basis="Minute of the coalition", basis_on=now.date(), recorded_at=now,
                recorded_by=factories.alice(),
            )  # fmt: skip


def founding(letter: Letter, year: int = 2025) -> Letter:
    """The founding case told on a released letter: two papers, three journals, reply, no action, two publications."""

    def day(month: int, number: int) -> datetime.date:
        return datetime.date(year, month, number)

    def at(month: int, number: int, hour: int = 15) -> datetime.datetime:
        return datetime.datetime(year, month, number, hour, tzinfo=datetime.UTC)

    dated(letter, versions=[at(3, 3), at(3, 10)], opened=at(3, 11), closed=at(3, 18), out=at(3, 20))
    letter = factories.fresh(letter)
    guideline = target(
        letter, "10.5555/guideline", "Counting Group. Counting by guideline. J Exempl 2025;388:e1.", day(2, 19)
    )
    analysis = target(
        letter, "10.5555/analysis", "Counting Group. A network of counts. J Exempl 2025;388:e2.", day(2, 19)
    )
    web = journal("Journal of Examples rapid response", "no")
    spine, open_one = journal("The Exemplary Journal", "yes"), journal("Interventional Counting", "yes")
    first, second = (
        summary(letter, "Rapid response to the guideline"),
        summary(letter, "Rapid response to the analysis"),
    )
    approved(first)
    approved(second)
    one = sent(letter, web, at(3, 19), summary=first, target=guideline, channel="form")
    sent(letter, web, at(3, 19, 16), summary=second, target=analysis, channel="form")
    full, other = sent(letter, spine, at(3, 19, 17)), sent(letter, open_one, at(3, 19, 18))
    came(letter, "acknowledgement", day(3, 21), "Thank you for your response", submission=one, journal=web)
    came(letter, "publication", day(3, 24), "Re: Counting by guideline", submission=one, url="https://j.example/rr-1")
    reply = came(
        letter, "reply", day(4, 3), "Authors’ reply", journal=web, sender="Counting Group",
        text="We thank the societies. Write to busy@authors.example.\n\nWe counted as we said we would.",
        url="https://j.example/rr-2", file=kept("%PDF-1.4 reply", Kind.ANSWER), file_name="Authors’ reply.pdf",
        file_public=True,
    )  # fmt: skip
    decision = came(letter, "decision", day(4, 18), "The editors’ decision", journal=web, outcome="no_action")
    came(letter, "publication", day(5, 2), "A joint letter on counting", submission=full, doi="10.5555/letter.1")
    came(letter, "publication", day(5, 9), "A joint letter on counting", submission=other, doi="10.5555/letter.2")
    came(letter, "query", day(3, 25), "Between us", public=False, text="Not for the public.")
    for number, (text, finding) in enumerate(
        [("Trials of different techniques were pooled.", "disputed"), ("No patient was on the panel.", "unanswered")], 1
    ):
        point = claim(letter, number, text, "Table 2; reference 5", "Retraction")
        answered(point, reply, finding, "We followed the protocol." if finding == "disputed" else "")
        answered(point, decision, "unanswered")
    Letter.objects.filter(pk=letter.pk).update(claims_public=True)
    return factories.fresh(letter)


def dated(letter: Letter, *, versions: list[datetime.datetime], opened: datetime.datetime, closed: datetime.datetime,
          out: datetime.datetime) -> None:  # fmt: skip
    """Move what was done just now to the days on which the case happened."""
    for version, moment in zip(letter.versions.order_by("number"), versions, strict=False):
        Version.objects.filter(pk=version.pk).update(circulated_at=moment)
    Event.objects.filter(letter=letter, kind="signing").update(at=opened)
    Signature.objects.filter(invitation__letter=letter).update(signed_at=opened + datetime.timedelta(hours=1))
    Edition.objects.filter(letter=letter).update(closed_at=closed, sealed_at=closed + datetime.timedelta(minutes=1))
    Letter.objects.filter(pk=letter.pk).update(published_at=out)
