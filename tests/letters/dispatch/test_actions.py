"""Preparing a submission: what is proposed, who stands with it, what stands against it, whose permission is needed."""

import datetime

import pytest

from letters.dispatch import actions, checks, going
from letters.lifecycle import NotNow
from letters.models import Journal, JournalContact, Part, Permission, Submission, database_now
from tests import factories
from tests.letters.dispatch import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return stage.sealed()


def contact(journal, way, address="", note="On each article."):
    JournalContact.objects.create(
        journal=journal, way=way, address=address, note=note, source="x", checked_on=database_now().date()
    )


def stops(row) -> list[str]:
    row = checks.fresh(row.pk)
    return checks.checked(row, database_now()).stops(row)


def people(row, persons=(), societies=None, name="Alice Archer", email="alice@desk.example") -> Submission:
    parts = {one.invitation_id: one.part for one in row.contributors.all() if one.invitation_id}
    typed = actions.People(name, email, persons, parts if societies is None else societies)
    return actions.name_people(by=factories.alice(), submission=row, people=typed, now=database_now())


def named(row) -> list[tuple[str, str]]:
    return [(one.part, str(one)) for one in checks.fresh(row.pk).contributors.all()]


def test_only_a_sealed_letter_is_prepared_and_each_text_once():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="Seal the letter first"):
        stage.prepared(letter)
    factories.signed(letter, "bob")
    letter = stage.sealed_now(letter)
    stage.prepared(letter)
    with pytest.raises(NotNow, match="a submission of this text to Journal of Examples already"):
        stage.prepared(letter)


def test_two_papers_of_one_journal_get_the_same_summary_each_at_its_own_form(letter):
    journal = stage.journal("BMJ rapid response", "")
    contact(journal, "form")
    version = stage.summary(letter, "bob")
    papers = [stage.paper(letter), stage.paper(letter, "10.5555/example.2")]
    both = [stage.prepared(letter, to=journal, summary=version, target=one) for one in papers]
    assert [(row.channel, row.address) for row in both] == [
        ("form", "https://doi.org/10.5555/example.1"), ("form", "https://doi.org/10.5555/example.2"),
    ]  # fmt: skip
    with pytest.raises(NotNow, match="already"):
        stage.prepared(letter, to=journal, summary=version, target=papers[0])


@pytest.mark.parametrize(
    ("ways", "expected"),
    [
        ([], ("mail", stage.MAIL)),
        ([("form", "https://j.example/form")], ("form", "https://j.example/form")),
        ([("mail", "letters@journal.example")], ("mail", "letters@journal.example")),
        ([("complaints", "c@journal.example")], ("mail", stage.MAIL)),
    ],
)
def test_the_way_is_proposed_from_what_is_on_record(letter, ways, expected):
    journal = stage.journal()
    for way, address in ways:
        contact(journal, way, address)
    row = stage.prepared(letter, to=journal)
    assert (row.channel, row.address) == expected


def test_the_owner_submits_as_author_on_behalf_of_who_signed(letter):
    row = stage.prepared(letter)
    assert (row.submitter_name, row.submitter_email) == ("Alice Archer", "alice@desk.example")
    assert named(row) == [
        ("author", "Alice Archer"), ("behalf", "Northern Society of Counting"), ("behalf", "Société du Sud"),
    ]  # fmt: skip


def test_under_a_summary_stands_only_who_approved_it(letter):
    version = stage.summary(letter, "bob")
    row = stage.ready(letter, summary=version)
    assert [name for part, name in named(row) if part == "behalf"] == ["Northern Society of Counting"]
    assert stops(row) == []
    carol = factories.link_of(letter, "carol").invitation_id
    people(row, [actions.Person(Part.AUTHOR, "Alice Archer")], {carol: Part.BEHALF})
    assert stops(row) == ["Société du Sud has not approved this summary: take them out of the people, or ask them."]
    people(row, [actions.Person(Part.AUTHOR, "Alice Archer")], {carol: Part.ACKNOWLEDGED})
    assert stops(row) == []


def test_a_summary_nobody_approved_cannot_go(letter):
    row = stage.ready(letter, summary=stage.summary(letter))
    (said,) = stops(row)
    assert said.startswith("No society has approved this version of the summary yet")
    with pytest.raises(NotNow, match="No society has approved"):
        stage.asked(row)


def test_a_journal_with_author_slots_needs_named_persons(letter):
    row = stage.ready(letter, to=stage.journal(authors="3", group="no"))
    assert stops(row) == []
    societies = dict.fromkeys([one.invitation_id for one in row.contributors.all() if one.invitation_id], Part.AUTHOR)
    people(row, [], societies)
    assert stops(row) == [
        "Journal of Examples takes no group as author: name 1 to 3 persons who wrote the text, on behalf of the 2 "
        "societies."
    ]
    people(row, [actions.Person(Part.AUTHOR, f"Author {n}") for n in range(4)])
    assert stops(row) == ["Journal of Examples takes at most 3 authors; 4 persons are named as authors."]
    with pytest.raises(NotNow, match="at most 3 authors"):
        stage.asked(row)
    people(row, [actions.Person(Part.AUTHOR, f"Author {n}") for n in range(3)])
    assert stops(row) == []


def test_what_preflight_stops_needs_a_reason(letter):
    row = stage.prepared(letter, to=stage.journal(words="10"))
    (said,) = stops(row)
    assert said.startswith("Preflight says that the journal will not take it.")
    with pytest.raises(NotNow, match="Preflight says"):
        stage.asked(row)
    actions.object_to(by=factories.alice(), submission=row, despite="The editor agreed.", now=database_now())
    assert stops(row) == []


def test_preflight_looks_at_this_text_and_this_paper_alone(letter):
    stage.paper(letter, "10.5555/lost")
    row = stage.prepared(letter, to=stage.journal(words="600"), target=stage.paper(letter))
    found = checks.checked(checks.fresh(row.pk), database_now())
    assert [one.said for one in found.preflight.findings if "Not among" in one.said] == []
    assert {one.kind for one, _ in found.lines} & {"authors", "group"} == set()


def test_two_journals_need_both_permissions_or_the_word_that_the_letter_asks(letter):
    other = stage.journal("Other Journal", "o@j.example")
    stage.prepared(letter, to=other)
    row = stage.ready(letter)
    said = "It goes to more than one journal, and no permission is on record from {}."
    assert stops(row) == [said.format("Journal of Examples and Other Journal")]
    now = database_now()
    actions.permit(
        by=factories.alice(), letter=letter, journal=other, editor="Ed Itor", given_on=now.date(), note="By mail.",
        file=b"%PDF-mail", now=now,
    )  # fmt: skip
    assert Permission.objects.get().file.read() == b"%PDF-mail"
    assert stops(row) == [said.format("Journal of Examples")]
    actions.ask_in_letter(by=factories.alice(), submission=row, asks=True, now=database_now())
    assert stops(row) == []
    words = checks.checked(checks.fresh(row.pk), now).words
    assert "submitted to Other Journal" in words
    assert "we ask you and the editors of Other Journal for your permission" in words


def test_permissions_on_record_are_said_with_who_recorded_them_and_when(letter):
    other, now = stage.journal("Other Journal", "o@j.example"), database_now()
    today = now.astimezone(letter.zone).date()
    stage.asked(stage.ready(letter, to=other))
    factories.work()
    row = stage.ready(letter)

    def looked() -> list[tuple[str, str]]:
        found = checks.checked(checks.fresh(row.pk), database_now()).preflight.findings
        return [(one.state, one.said) for one in found if "went to" in one.said]

    assert looked() == [("warn", "The letter went to Other Journal as well.")]
    for journal in (other, row.journal):
        actions.permit(
            by=factories.alice(), letter=letter, journal=journal, editor="Ed Itor", given_on=today, note="",
            file=b"", now=now,
        )  # fmt: skip
    day = f"{today:%-d %B %Y}"
    said = f"Ed Itor allowed it for {{}} on {day}; {factories.alice()} recorded that on {day}."
    both = f"{said.format('Journal of Examples')} {said.format('Other Journal')}"
    assert looked() == [("ok", f"The letter went to Other Journal as well. {both}")]
    assert stops(row) == []
    words = checks.checked(checks.fresh(row.pk), now).words
    assert "You and the editors of Other Journal have given your permission" in words
    assert "for your permission" not in words


def test_the_editors_asked_are_those_of_journals_and_not_of_forms(letter):
    for name in ("J rapid response", "J letter"):
        Journal.objects.filter(pk=stage.journal(name).pk).update(spoken="The J")
        stage.prepared(letter, to=Journal.objects.get(name=name))
    rows = [stage.prepared(letter), *Submission.objects.order_by("pk")[:2]]
    asked = [checks.checked(checks.fresh(row.pk), database_now()).words for row in rows]
    assert "submitted to J letter and J rapid response." in asked[0]
    assert "we ask you and the editors of The J for" in asked[0]
    assert "we ask you and the editors of Journal of Examples for" in asked[1]


def test_the_submitter_who_is_an_author_is_the_same_person(letter):
    row = stage.prepared(letter)
    found = checks.checked(checks.fresh(row.pk), database_now()).people
    assert (found.submitter.role, found.submitter) == ("author", found.contributors[0])
    people(row, [actions.Person(Part.AUTHOR, "Bea Best")], name="Alice Archer")
    assert checks.checked(checks.fresh(row.pk), database_now()).people.submitter.role == "submitter"


def test_an_address_is_needed_only_for_mail(letter):
    empty = stage.journal("No Address", "")
    assert stops(stage.ready(letter, to=empty)) == ["Say to which e-mail address of No Address it goes."]
    row = stage.ready(letter, to=stage.journal("By Form", ""), channel="form")
    assert [said for said in stops(row) if "e-mail address" in said] == []


def test_what_was_never_sent_can_be_thrown_away(letter):
    actions.discard(by=factories.alice(), submission=stage.prepared(letter))
    row = stage.asked(stage.ready(letter), minutes=1)
    with pytest.raises(NotNow, match="stop it first"):
        actions.discard(by=factories.alice(), submission=row)
    going.stop(by=factories.alice(), submission=row, now=database_now())
    actions.discard(by=factories.alice(), submission=row)
    assert Submission.objects.count() == 0


def test_the_owners_rule_holds_for_what_is_asked_from_then_on(letter):
    row = stage.asked(stage.ready(letter), minutes=1)
    now = database_now()
    for _ in range(2):
        actions.two_people(by=factories.alice(), letter=letter, wanted=True, now=now)
    assert stage.fresh(row).state == "queued"
    assert list(letter.events.filter(kind="two people send").values_list("kind", flat=True)) == ["two people send"]
    going.stop(by=factories.alice(), submission=row, now=now + datetime.timedelta(seconds=1))
    assert stage.asked(stage.fresh(row)).state == "waiting"


def test_what_is_only_prepared_did_not_go_to_another_journal(letter):
    stage.prepared(letter, to=stage.journal("Other Journal", "o@j.example"))
    row = checks.fresh(stage.prepared(letter).pk)
    found = checks.checked(row, database_now())
    assert [one.said for one in found.preflight.findings if "went to" in one.said] == []
    assert list(found.elsewhere.values()) == ["Other Journal"]
