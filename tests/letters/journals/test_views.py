"""The pages of the directory over HTTP: access, the happy path, bad input, queries."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from letters.models import Journal, JournalContact, JournalCorrection, JournalRule, database_now
from letters.text.pack.bibliography import style_of
from tests import factories
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
NEVER = 1_000_000  # days until a rule is stale, whatever the day of its last check
RULE = {
    "seen": "0", "standing": "stated", "value": "550", "binds": "hard", "note": "", "origin": "own",
    "source": "https://j.example/rules", "checked_on": "2026-01-31",
}  # fmt: skip
WORDS = "/journals/bmj-rapid-response/rules/words"


@pytest.fixture(autouse=True)
def stocked(db):
    factories.shipped_journals()


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_shows_known_unknown_and_what_cannot_be_submitted(desk, settings):
    settings.RULES_STALE_DAYS = NEVER
    page = text(desk.get("/journals"))
    assert "BMJ rapid response" in page and ">600" in page
    assert "cannot be submitted" in page and "not known" in page and "submission system" in page
    assert "Look again" not in page


def test_stale_rules_warn_on_the_list_and_on_their_page(desk, settings):
    JournalRule.objects.filter(kind="words").update(checked_on=datetime.date(2020, 1, 1))
    JournalRule.objects.exclude(kind="words").update(checked_on=database_now().date())
    stale = JournalRule.objects.filter(kind="words").exclude(value="").count()
    assert text(desk.get("/journals")).count("Look again") == stale
    assert text(desk.get("/journals/bmj-rapid-response")).count("Look again") == 1
    settings.RULES_STALE_DAYS = NEVER
    assert "Look again" not in text(desk.get("/journals/bmj-rapid-response"))


def test_a_journal_shows_each_rule_with_source_and_day(desk):
    page = text(desk.get("/journals/nejm-letter"))
    assert "21 November 2026" in page and "came with the program" in page
    assert 'href="https://www.nejm.org/author-center/article-types"' in page
    assert "Somebody else’s page" in page
    assert page.count("Still right<span") == 9
    assert desk.get("/journals/no-such").status_code == 404


def queries(desk, path: str) -> int:
    with CaptureQueriesContext(connection) as done:
        assert desk.get(path).status_code == 200
    return len(done)


def test_the_pages_take_as_many_queries_for_30_journals_as_for_12(desk):
    before, one = queries(desk, "/journals"), queries(desk, "/journals/bmj-letter")
    for number in range(30):
        row, day = Journal.objects.create(name=f"Journal {number}"), datetime.date(2026, 1, 1)
        JournalRule.objects.create(journal=row, kind="words", value="5", source="x", checked_on=day)
        desk.post("/journals/bmj-letter/rules/words/checked", {"seen": str(last_change(number))})
    assert queries(desk, "/journals") == before
    assert JournalCorrection.objects.count() == 30
    assert queries(desk, "/journals/bmj-letter") == one


def last_change(number: int) -> int:
    return JournalCorrection.objects.first().pk if number else 0


def test_who_is_signed_in_reads_but_only_a_convener_corrects(client):
    officer = factories.User.objects.create_user("officer@x.example")
    signed_in(client, officer)
    page = text(client.get("/journals/nejm-letter"))
    assert "3 weeks" in page and "Correct" not in page and "Still right<span" not in page
    for path in ("/journals/new", "/journals/nejm-letter/edit", "/journals/nejm-letter/rules/words"):
        assert {client.get(path).status_code, client.post(path, RULE).status_code} == {404}
    assert client.post("/journals/nejm-letter/rules/words/checked", {"seen": "0"}).status_code == 404
    assert JournalCorrection.objects.count() == 0


def test_a_rule_is_corrected_and_the_history_says_from_what(desk):
    page = text(desk.get(WORDS))
    assert "On record now: <strong>600</strong>" in page
    assert desk.post(WORDS, RULE).status_code == 302
    assert JournalRule.objects.get(journal__key="bmj-rapid-response", kind="words").value == "550"
    page = text(desk.get("/journals/bmj-rapid-response"))
    assert "<del>600</del> → <ins>550</ins>" in page and "by Alice Archer" in page


def test_a_journal_of_ones_own_chooses_a_style_that_comes_with_the_program(desk):
    desk.post("/journals/new", {"name": "J of Tests"})
    path = "/journals/j-of-tests/rules/style"
    assert "such as bmj or american-medical-association" in text(desk.get(path))
    for value, said in (
        ("vancouver", "There is no reference style “vancouver”"), ("apa", "The style “apa” does not number references"),
        ("../../etc/passwd", "Write the name in small letters with hyphens"),
    ):  # fmt: skip
        answer = desk.post(path, RULE | {"value": value})
        assert (answer.status_code, said in text(answer)) == (422, True)
    assert desk.post(path, RULE | {"value": "Elsevier-Vancouver"}).status_code == 302
    assert style_of(Journal.objects.get(key="j-of-tests").venue) == "elsevier-vancouver"
    assert "<strong>elsevier-vancouver</strong>" in text(desk.get("/journals/j-of-tests"))


def test_lists_and_silence_are_entered(desk):
    desk.post("/journals/jama-letter/rules/excludes", RULE | {"value": ["references", "title"]})
    desk.post("/journals/jama-letter/rules/window", RULE | {"standing": "silent", "value": ""})
    venue = Journal.objects.get(key="jama-letter").venue
    assert venue.rule("excludes").items == ("title", "references")
    assert venue.rule("window").said == "none stated"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"value": ""}, "Write what the journal says, or choose"),
        ({"value": "lots"}, "Write a whole number from 1 to 100,000."),
        ({"source": ""}, "Say where you read it."),
        ({"checked_on": ""}, "Say when you read it."),
        ({"checked_on": "31.1."}, "Write the day as 2026-12-31."),
        ({"checked_on": "2999-01-01"}, "This day has not come yet."),
        ({"standing": "silent", "source": ""}, "Say where you read it."),
    ],
)
def test_a_rule_with_something_missing_is_a_422_and_nothing_is_lost(desk, change, sentence):
    answer = desk.post(WORDS, RULE | {"note": "A note to keep."} | change)
    assert answer.status_code == 422
    assert sentence in text(answer) and "A note to keep." in text(answer)
    assert JournalCorrection.objects.count() == 0


def test_a_correction_over_another_one_is_refused_until_it_was_seen(desk):
    assert desk.post(WORDS, RULE).status_code == 302
    answer = desk.post(WORDS, RULE | {"value": "500"})
    assert answer.status_code == 422
    assert "was corrected by somebody else meanwhile" in text(answer)
    assert "On record now: <strong>550</strong>" in text(answer)
    seen = JournalCorrection.objects.get().pk
    assert f'name="seen" value="{seen}"' in text(answer)
    assert desk.post(WORDS, RULE | {"value": "500", "seen": str(seen)}).status_code == 302


def test_still_right_marks_the_rule_as_checked_today(desk):
    assert desk.post(f"{WORDS}/checked", {"seen": "0"}).status_code == 302
    row = JournalRule.objects.get(journal__key="bmj-rapid-response", kind="words")
    assert (row.checked_on, row.checked_by) == (database_now().date(), factories.alice())
    assert "Checked again" not in text(desk.get("/journals/bmj-rapid-response"))  # the day changed
    assert desk.post(f"{WORDS}/checked", {"seen": "x"}).status_code == 404
    assert "was corrected by somebody else" in text(desk.post(f"{WORDS}/checked", {"seen": "0"}, follow=True))


def test_a_rule_of_no_kind_is_not_found(desk):
    assert desk.get("/journals/bmj-letter/rules/wrods").status_code == 404
    assert desk.post("/journals/bmj-letter/rules/wrods/checked", {"seen": "0"}).status_code == 404


def test_a_journal_is_added_and_corrected(desk):
    answer = desk.post("/journals/new", {"name": "J of Tests", "issn": "17561833 0959-8138 1756-1833"})
    assert answer.status_code == 422 and "Write at most two ISSNs" in text(answer)
    answer = desk.post("/journals/new", {"name": "J of Tests", "issn": "17561833 / 0959-8138", "note": "Ours."})
    assert answer["Location"] == "/journals/j-of-tests"
    row = Journal.objects.get(key="j-of-tests")
    assert (row.issn, row.note, row.shipped) == ("1756-1833, 0959-8138", "Ours.", False)
    assert 'value="1756-1833, 0959-8138"' in text(desk.get("/journals/j-of-tests/edit"))
    assert desk.post("/journals/j-of-tests/edit", {"name": "J of Trials"}).status_code == 302
    assert Journal.objects.get(key="j-of-tests").name == "J of Trials"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Write the name, with the kind of letter"),
        ({"name": "BMJ letter"}, "There is a journal called “BMJ letter” already"),
        ({"issn": "0959-8139"}, "“0959-8139” is no ISSN"),
        ({"email": "nobody"}, "This is not an e-mail address."),
    ],
)
def test_bad_facts_are_a_422_and_nothing_is_lost(desk, change, sentence):
    answer = desk.post("/journals/new", {"name": "J of Tests", "publisher": "Press"} | change)
    assert answer.status_code == 422
    assert sentence in text(answer) and 'value="Press"' in text(answer)
    assert Journal.objects.count() == 12


def test_ways_to_reach_a_journal_are_kept(desk):
    way = {"way": "office", "address": "office@j.example", "note": "", "source": "its page", "checked_on": "2026-01-31"}
    assert desk.post("/journals/jama-letter/contacts/new", way).status_code == 302
    row = JournalContact.objects.get(way="office")
    assert "office@j.example" in text(desk.get("/journals/jama-letter"))
    path = f"/journals/jama-letter/contacts/{row.pk}"
    assert 'value="office@j.example"' in text(desk.get(path))
    for change, sentence in (
        ({"address": "javascript:alert(1)"}, "or a web address that begins with https://"),
        ({"address": ""}, "Write the address, or say in the note"),
        ({"source": ""}, "Say where you read it."),
        ({"checked_on": "2999-01-01"}, "This day has not come yet."),
    ):
        answer = desk.post(path, way | change)
        assert answer.status_code == 422 and sentence in text(answer)
    assert desk.post(path, way | {"address": "https://j.example/form"}).status_code == 302
    assert desk.get(f"/journals/bmj-letter/contacts/{row.pk}").status_code == 404
    assert desk.post(f"{path}/drop").status_code == 302
    assert not JournalContact.objects.filter(way="office").exists()
