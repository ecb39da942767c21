"""The pages of preflight and its part in a rehearsal: access, what is found, versions, queries."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters import fit
from letters.journals import targets
from letters.journals.targets import Typed
from letters.management import fitting
from letters.management.refusal import Signon
from letters.models import Journal, JournalRule, Letter, Response, Submission, database_now
from letters.sign import responses
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NEVER = 1_000_000  # days until a rule is stale, whatever the day of its last check
LONG = factories.TEXT.replace("- Fingers were left out.", "- " + "Fingers were left out. " * 200)


@pytest.fixture(autouse=True)
def off(settings):
    settings.CROSSREF_URL = ""


@pytest.fixture
def letter(desk):
    factories.shipped_journals()
    return factories.signing_open()


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def page(letter, key: str = "", version: str = "") -> str:
    return f"/manage/{letter.slug}/preflight" + (f"/{key}" if key else "") + (f"?version={version}" if version else "")


def aimed(letter, *keys: str) -> None:
    journals = list(Journal.objects.filter(key__in=keys))
    targets.aim(by=factories.alice(), letter=letter, journals=journals, now=database_now())


def found(letter, key: str) -> list[str]:
    (looked,) = fit.looked_at(letter, letter.on_the_table.parts, [Journal.objects.get(key=key)], database_now())
    return [one.said for one in looked.found.findings]


def test_one_line_for_each_journal_those_aimed_at_first(desk, letter):
    shown = text(desk.get(page(letter)))
    assert shown.count("Does not fit") + shown.count("Fits as far as known") == 12
    assert "Choose the journals the letter may go to" in shown
    aimed(letter, "the-spine-journal")
    shown = text(desk.get(page(letter)))
    assert shown.index("The Spine Journal") < shown.index("BMJ letter")
    assert shown.count("the letter may go there") == 1


def test_one_journal_says_what_to_do_with_the_source_of_the_rule(desk, letter):
    shown = text(desk.get(page(letter, "nejm-letter")))
    assert "3 signatories" not in shown and "At most 3 authors." in shown
    assert "Nothing is declared on competing interests." in shown
    assert "Add a paragraph that begins with “Competing interests:”" in shown
    assert 'href="https://www.nejm.org/author-center/article-types"' in shown
    assert "Name it on the page Targets." in shown
    assert 'href="/journals/nejm-letter/rules/unpublished"' in shown
    assert desk.get(page(letter, "no-such")).status_code == 404


def test_every_version_can_be_looked_at(desk, letter):
    factories.second_version(letter, LONG)
    assert "at most 600 are taken" in text(desk.get(page(letter, "bmj-rapid-response")))
    assert "at most 600 are taken" not in text(desk.get(page(letter, "bmj-rapid-response", "1")))
    assert "?version=1" in text(desk.get(page(letter)))
    for wrong in ("3", "x", "0"):
        assert desk.get(page(letter, version=wrong)).status_code == 404


def test_a_draft_that_is_not_published_is_looked_at(desk):
    factories.shipped_journals()
    letter = factories.drafted()
    shown = text(desk.get(page(letter, "bmj-letter")))
    assert "(not yet published)" in shown and "BMJ letter cannot be submitted" in shown


def test_a_summary_is_looked_at_and_not_kept(desk, letter):
    bmj = Journal.objects.get(key="bmj-rapid-response")
    path, before = page(letter, "file"), letter.versions.count()
    assert "It is looked at and not kept." in text(desk.get(path))
    summary = SimpleUploadedFile("summary.md", b"# Summary\n\nCompeting interests: none.\n\nSee [insert table].\n")
    answer = desk.post(path, {"file": summary, "journal": bmj.pk})
    assert answer.status_code == 200
    assert "7 of 600 words, without references" in text(answer)
    assert "“[insert table]” in paragraph 2 is still to be filled in." in text(answer)
    assert letter.versions.count() == before


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", b"%PDF-1.7", "a.pdf is a PDF: upload the letter as Word document"),
        ("a.md", b"", "The file is empty."),
        (None, None, "Choose the file with the text."),
    ],
)
def test_a_file_that_is_no_text_is_a_422_and_the_journal_stays_chosen(desk, letter, name, data, sentence):
    bmj = Journal.objects.get(key="bmj-rapid-response")
    sent = {"journal": bmj.pk} | ({"file": SimpleUploadedFile(name, data)} if name else {})
    answer = desk.post(page(letter, "file"), sent)
    assert answer.status_code == 422
    assert sentence in text(answer) and f'value="{bmj.pk}" selected' in text(answer)
    assert desk.post(page(letter, "file"), {"journal": "999999"}).status_code == 422


def test_a_stranger_sees_nothing(client, letter):
    signed_in(client, factories.dan())
    assert {client.get(page(letter, "file")).status_code, client.post(page(letter, "file")).status_code} == {404}
    assert {client.get(page(letter)).status_code, client.get(page(letter, "nejm-letter")).status_code} == {404}


def test_links_lead_there_from_text_targets_and_deliver(desk, letter):
    for what in ("text", "targets", "deliver"):
        assert f'href="{page(letter)}"' in text(desk.get(f"/manage/{letter.slug}/{what}"))


def test_a_corrected_rule_counts_at_once(desk, letter):
    assert "at most 10 are taken" not in text(desk.get(page(letter, "bmj-rapid-response")))
    JournalRule.objects.filter(journal__key="bmj-rapid-response", kind="words").update(value="10")
    assert "at most 10 are taken" in text(desk.get(page(letter, "bmj-rapid-response")))


def test_the_window_of_the_earliest_paper_counts(letter):
    now, by = database_now(), factories.alice()
    for number, ago in ((1, 3), (2, 30)):
        target = targets.name_target(by=by, letter=letter, doi=f"10.5555/example.{number}", now=now)
        day = now.date() - datetime.timedelta(days=ago)
        targets.correct_target(by=by, target=target, typed=Typed("", {"online": day}), now=now)
    end = now.date() - datetime.timedelta(days=9)
    assert f"The window of 3 weeks ended on {end.day} {end:%B %Y}." in found(letter, "nejm-letter")
    assert not [said for said in found(letter, "nejm-letter") if said.startswith("Not among the references")]


def test_who_declined_is_not_among_the_signatories(letter):
    assert len(fit.signatories(letter)) == 3
    responses.respond(by=factories.link_of(letter, "sato"), answer=responses.Answer(Response.DECLINED))
    assert fit.signatories(letter) == ("Northern Society of Counting", "Société du Sud")


def test_after_the_close_who_signed_counts(desk):
    letter = factories.closed("bob")
    assert fit.signatories(letter) == ("Northern Society of Counting",)


def test_a_text_that_is_public_or_elsewhere_is_told(letter):
    evening = datetime.datetime(2026, 3, 9, 23, 30, tzinfo=datetime.UTC)
    Letter.objects.filter(pk=letter.pk).update(state="published", published_at=evening, time_zone="Europe/Zurich")
    public = "The text is public already (on this site since 10 March 2026), and only text that is not public is taken."
    assert public in found(factories.fresh(letter), "the-spine-journal")


@pytest.mark.slow
def test_a_letter_that_went_to_one_journal_says_so_to_another(desk):
    factories.shipped_journals()
    letter = factories.sealed()
    fields = {"subject": "x", "covering_letter": "x", "created_at": database_now(), "created_by": factories.alice()}
    edition, journal = letter.editions.get(), Journal.objects.get(key="pain-medicine")
    Submission.objects.create(edition=edition, journal=journal, message_id="<x@x>", state="queued", **fields)
    assert "The letter went to Pain Medicine as well." in found(letter, "the-spine-journal")
    assert "The letter went to Pain Medicine as well." not in found(letter, "pain-medicine")


def test_the_list_takes_as_many_queries_for_many_journals_papers_and_societies(desk, letter):
    with CaptureQueriesContext(connection) as few:
        desk.get(page(letter))
    for number in range(20):
        row = Journal.objects.create(name=f"Journal {number}")
        targets.name_target(by=factories.alice(), letter=letter, doi=f"10.5555/{number}", now=database_now())
        JournalRule.objects.create(
            journal=row, kind="words", value="5", source="x", checked_on=datetime.date(2026, 1, 1)
        )
    with CaptureQueriesContext(connection) as many:
        assert text(desk.get(page(letter))).count("Journal 1") >= 11
    assert len(many) - len(few) in (0, 1)  # the dates are asked for once there is a paper


def test_a_rehearsal_looks_at_every_version_and_its_last_one_counts(letter, settings):
    settings.RULES_STALE_DAYS = NEVER
    aims = fitting.aims(["bmj-rapid-response"], ["https://doi.org/10.5555/EXAMPLE.1"])
    assert aims.targets == ("10.5555/example.1",)
    lines, stops = fitting.fit(letter, aims, database_now().date())
    assert lines[1] == "BMJ rapid response, version 1: 1 to mend first, 2 not known"
    assert [one[:60] for one in stops] == ["BMJ rapid response: Nothing is declared on competing interes"]
    factories.second_version(letter, LONG)
    lines, stops = fitting.fit(factories.fresh(letter), aims, database_now().date())
    assert [line for line in lines if "version" in line] == [
        "BMJ rapid response, version 1: 1 to mend first, 2 not known",
        "BMJ rapid response, version 2: 2 to mend first, 2 not known",
    ]
    assert len(stops) == 2 and "at most 600 are taken. Cut " in stops[0]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"journal": ["nejm"]}, "“nejm” is no journal’s key; there are: bmj-rapid-response, bmj-letter, "),
        ({"target": ["somewhere"]}, "--target: Write the DOI as it stands on the paper"),
    ],
)
def test_a_rehearsal_refuses_a_journal_or_paper_that_is_none(tmp_path, options, sentence):
    (tmp_path / "letter.md").write_text(factories.TEXT, encoding="utf-8")
    (tmp_path / "list.csv").write_text(factories.SOCIETIES, encoding="utf-8")
    with pytest.raises(Signon, match=sentence):
        call_command(
            "rehearse", str(tmp_path / "letter.md"), societies=tmp_path / "list.csv", out=tmp_path / "out", **options
        )
    assert not (tmp_path / "out").exists()
