"""The demonstration's second letter: finished and public, made by the real actions at moments that have passed."""

import csv
import io

from letters.comment import actions as comments
from letters.comment import answering
from letters.coordinate import actions as desk
from letters.coordinate.order import Wish, set_order
from letters.draft import actions as draft
from letters.journals import targets
from letters.lists.listing import read_listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.management.seed import coordinator
from letters.management.seed_answers import answers, unsorted
from letters.management.seed_days import FOLDER, Days, work_at
from letters.management.seed_journals import journals
from letters.management.seed_sendings import sendings
from letters.management.seed_summaries import summaries
from letters.management.stand_in import links_of, sign_on
from letters.models import Job, Letter, Link, Order, Target, User, database_now
from letters.render.site_keys import begun
from letters.render.store import seal_edition
from letters.sign import actions as signing
from letters.sign import responses
from letters.submit import actions as submit

SLUG = "joint-letter-on-the-guideline-on-night-time-oxygen"
SOCIETIES = (
    "IFSB", "ASSM", "ACRP", "BSRN", "SLS", "GSA", "SAMS", "NNRC", "PTBSO", "ΕΥΑ", "JHST", "CRSA", "RASP", "ISBD", "SEM",
)  # fmt: skip
SILENT, DECLINED, WITHDRAWN = 12, 13, 14
PAPERS = {
    "10.5555/annals.guideline": "Night Oxygen Panel. Stopping night-time oxygen at home: a clinical practice "
    "guideline. Ann Exempl Med {year};8:210-226.",
    "10.5555/annals.analysis": "Bergström L, Osei K, Tanaka M. Night-time oxygen in chronic lung disease: a pooled "
    "analysis. Ann Exempl Med {year};8:227-249.",
}
INTERESTS = {
    7: "A health ministry pays the society to train nurses in oxygen therapy.",
    11: "The president holds shares in a maker of oxygen concentrators.",
}
REMARK = "“Withdraw” will end the talk before it begins. Ask for the interests to be named instead."
NOTE = "The call to withdraw the guideline is gone, and the sentence on the registry now gives its figure."


def story() -> Letter:
    """From the papers six weeks ago to an answer that is overdue today, in the order in which it happened."""
    days = Days(database_now())
    begun(days.ago(42))
    by = coordinator()
    letter = _circulated(by, days)
    papers = _papers(by, letter, days)
    places = journals(by, letter, days)
    letter = _signed(by, letter, days)
    _sealed(by, letter, days)
    short = summaries(by, _fresh(letter), papers, places, days)
    sent = sendings(by, _fresh(letter), short, papers, places, days)
    answers(by, _fresh(letter), sent, days)
    submit.release(by=by, letter=_fresh(letter), now=days.ago(5, 8))
    unsorted(sent.silent, days)
    return _fresh(letter)


def _fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


def _circulated(by: User, days: Days) -> Letter:
    """Version 1 with its terms, and the societies that are to be asked."""
    now = days.ago(41)
    convener = "International Forum on Sleep and Breathing"
    letter = draft.new_letter(by=by, upload=draft.Upload(*days.text("oxygen-v1.md")), convener=convener, now=now)
    terms = draft.Terms(
        convener=convener, addressee="The Editor, Annals of Exemplary Medicine", language="en",
        deadline=days.ago(29, 22), time_zone="Europe/Zurich", officers_asked="one",
    )  # fmt: skip
    draft.set_terms(by=by, letter=letter, terms=terms, now=now)
    draft.publish(by=by, version=letter.versions.get(number=1), change="first", note="", now=days.ago(40))
    letter = _fresh(letter)
    listing = read_listing(_listed(), name="societies.csv")
    import_societies(by=by, letter=letter, plan=plan(letter, listing), now=days.ago(40, 11))
    lead = letter.invitations.get(society__short_name=SOCIETIES[0])
    set_order(by=by, letter=letter, wish=Wish(Order.LISTED.value, lead.pk), now=days.ago(40, 12))
    return _fresh(letter)


def _listed() -> bytes:
    rows = list(csv.DictReader((FOLDER / "societies.csv").read_text(encoding="utf-8").splitlines()))
    chosen = io.StringIO()
    writer = csv.DictWriter(chosen, list(rows[0]))
    writer.writeheader()
    writer.writerows(row for row in rows if row["short_name"] in SOCIETIES)
    return chosen.getvalue().encode()


def _papers(by: User, letter: Letter, days: Days) -> list[Target]:
    """Both papers with the day they came out; no register knows them, so none is asked."""
    found, online = [], days.ago(45).date()
    for doi, citation in PAPERS.items():
        made = targets.name_target(by=by, letter=letter, doi=doi, now=days.ago(40, 13))
        typed = targets.Typed(citation.format(year=online.year), {"online": online})
        targets.correct_target(by=by, target=made, typed=typed, now=days.ago(40, 13))
        how = "It stands on the page of the paper."
        targets.confirm_date(by=by, target=made, kind="online", how=how, now=days.ago(40, 13))
        found.append(made)
    Job.objects.filter(kind="lookup", letter=letter).delete()
    Target.objects.filter(letter=letter).update(asked_at=None)
    return found


def _signed(by: User, letter: Letter, days: Days) -> Letter:
    """A remark on version 1, version 2, and what each society said of it."""
    desk.invite(by=by, letter=_fresh(letter), now=days.ago(39))
    letter = _fresh(letter)
    _remark(by, letter, links_of(letter)[1], days)
    second = draft.add_version(
        by=by, letter=letter, upload=draft.Upload(*days.text("oxygen-v2.md")), now=days.ago(36)
    )  # fmt: skip
    draft.publish(by=by, version=second, change="substantive", note=NOTE, now=days.ago(36, 11))
    for place, link in enumerate(links_of(letter)):
        _said(link, place, days)
    return _fresh(letter)


def _said(link: Link, place: int, days: Days) -> None:
    """What the society at this place said of version 2; one said nothing."""
    at = days.ago(35 - place // 3, 8 + place)
    if place == DECLINED:
        responses.decline(by=link, reason="We do not treat adults.", clock=lambda: at)
    elif place != SILENT:
        signature = sign_on(link, at, INTERESTS.get(place, ""))
        if place == WITHDRAWN:
            reason = "Our council wants to see the registry first."
            signing.withdraw(by=link, signature=signature, reason=reason, clock=lambda: days.ago(30))


def _remark(by: User, letter: Letter, link: Link, days: Days) -> None:
    answering.open_comments(by=by, letter=letter, opened=True, now=days.ago(39, 12))
    link.invitation.letter = letter = _fresh(letter)
    block = next(part for part in letter.on_the_table.parts if "Withdraw the guideline" in part.text)
    remark = comments.write(by=link, block=block.id, text=REMARK, proposed="", now=days.ago(38))
    comments.send(by=link, now=days.ago(38))
    if remark:
        answering.answer(by=by, comment=remark, disposition="accepted", why="In version 2.", now=days.ago(37))
        answering.tell(by=by, letter=letter, now=days.ago(37, 11))


def _sealed(by: User, letter: Letter, days: Days) -> None:
    """Closed, and its paper sealed within this call."""
    edition = submit.close(by=by, letter=letter, clock=lambda: days.ago(28, 9))
    submit.seal(by=by, letter=_fresh(letter), now=days.ago(28, 10))
    work_at("seal", edition.pk, seal_edition, days.ago(28, 10))
