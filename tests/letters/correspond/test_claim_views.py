"""Pages of claims: the table with its answers, one claim, proposals from the letter, the file, the switch."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from letters.correspond import claims
from letters.correspond.claims import Point, Said
from letters.models import Claim, ClaimAnswer, database_now
from tests import factories
from tests.letters.correspond import stage
from tests.letters.correspond.stage import claimed, record
from tests.pages import text_content as words

pytestmark = pytest.mark.django_db


@pytest.fixture
def base(letter):
    return f"/manage/{letter.slug}/claims"


def answered(letter):
    """Two claims and two answers: the reply disputes the first, the decision answers neither."""
    bmj = stage.journal()
    first, second = claimed(letter, "Fingers were left out.", "Toes were not mentioned.")
    reply = record(letter, "reply", "2025-04-10", text="x", journal=bmj)
    decision = record(letter, "decision", "2025-04-18", text="x", journal=bmj, outcome="no_action")
    point = Point(first.text, letter.current.parts[1].id, "Table 2, p. 7", "Count again")
    said = {reply.pk: Said("disputed", "Nine is enough."), decision.pk: Said("unanswered")}
    claims.change(by=factories.alice(), claim=first, point=point, said=said, now=database_now())
    return first, second, reply, decision


def test_claims_shows_what_each_answer_said_to_each(desk, letter, base):
    answered(letter)
    tree = html.fromstring(desk.get(base).content)
    heads = [" ".join(cell.text_content().split()) for cell in tree.xpath("//thead//th")]
    assert heads == ["Claim", "Evidence", "Asked for", "Authors’ replyBMJ rapid response, 10 Apr 2025",
                     "DecisionBMJ rapid response, 18 Apr 2025", "Change"]  # fmt: skip
    missing = "Say what it said to claim 2:"
    rows = [[" ".join(cell.text_content().split()) for cell in row] for row in tree.xpath("//tbody/tr")]
    assert [row[1:5] for row in rows] == [
        ["Table 2, p. 7", "Count again", "Disputed Nine is enough.", "Not answered"],
        ["Missing", "–", f"{missing} Authors’ reply, BMJ rapid response", f"{missing} Decision, BMJ rapid response"],
    ]  # fmt: skip
    assert rows[0][0].startswith("1. Fingers were left out.In the letter:")


def test_claims_of_a_letter_without_any_leads_to_the_proposals(desk, base):
    assert "No claims yet." in words(desk.get(base))


def test_proposals_are_the_headings_and_numbered_points_not_yet_taken(desk, letter, base):
    page = desk.get(f"{base}/proposals")
    labels = [label for _, label in page.context["form"].fields["chosen"].choices]
    assert labels == ["Section: What was counted", "Section: What we ask", "1. Count again. Please count to ten.",
                      "2. Say so. Please print the result."]  # fmt: skip
    assert desk.post(f"{base}/proposals", {}).status_code == 422
    keys = [key for key, _ in page.context["form"].fields["chosen"].choices]
    desk.post(f"{base}/proposals", {"chosen": [keys[3], keys[2]]})
    assert list(Claim.objects.values_list("number", "text", "block")) == [
        (1, "Count again. Please count to ten.", keys[2]), (2, "Say so. Please print the result.", keys[3])
    ]  # fmt: skip
    assert len(desk.get(f"{base}/proposals").context["found"]) == 2


def test_new_claim_needs_its_point(desk, base):
    page = desk.post(f"{base}/new", {"text": " ", "evidence": "Table 2"})
    assert (page.status_code, page.context["form"].errors) == (422, {"text": ["Write the point in a sentence."]})
    assert html.fromstring(page.content).xpath("string(//textarea[@name='evidence'])").strip() == "Table 2"
    assert desk.post(f"{base}/new", {"text": "Toes.", "remedy": "Correction"})["Location"] == base
    assert Claim.objects.get().remedy == "Correction"


def test_claim_keeps_point_and_what_an_answer_said_together(desk, letter, base):
    first, _, reply, decision = answered(letter)
    facts = {"text": "Fingers.", "evidence": "Table 3", f"e{decision.pk}-finding": ""}
    facts |= {f"e{reply.pk}-finding": "accepted", f"e{reply.pk}-words": "Yes."}
    assert desk.post(f"{base}/{first.pk}", facts)["Location"] == base
    assert list(ClaimAnswer.objects.values_list("correspondence", "finding", "said")) == [
        (reply.pk, "accepted", "Yes.")
    ]
    wrong = facts | {f"e{decision.pk}-words": "Words alone."}
    page = desk.post(f"{base}/{first.pk}", wrong)
    assert page.status_code == 422 and "Choose what it said; its words alone do not tell." in words(page)
    assert "Words alone." in page.content.decode()


def test_claim_shows_a_place_that_is_no_longer_in_the_letter(desk, letter, base):
    (claim,) = claimed(letter, "A")
    Claim.objects.update(block="bgone000")
    page = desk.get(f"{base}/{claim.pk}")
    assert "As before, in an earlier version" in words(page)
    assert desk.post(f"{base}/{claim.pk}", {"text": "A", "block": "bgone000"}).status_code == 302
    assert desk.post(f"{base}/{claim.pk}", {"text": "A", "block": "bother00"}).status_code == 422


def test_move_and_remove_and_show(desk, letter, base):
    a, b = claimed(letter, "A", "B")
    desk.post(f"{base}/{b.pk}/move", {"to": "up"})
    assert list(Claim.objects.order_by("number").values_list("text", flat=True)) == ["B", "A"]
    desk.post(f"{base}/show", {"shown": "1"})
    assert factories.fresh(letter).claims_public
    assert "The table is public." in words(desk.get(base))
    desk.post(f"{base}/{a.pk}/remove")
    assert desk.get(f"{base}/{a.pk}").status_code == 404
    desk.post(f"{base}/show", {"shown": "0"})
    assert not factories.fresh(letter).claims_public


def test_table_is_safe_against_formulas(desk, letter, base):
    answered(letter)
    claimed(letter, "=1+1")
    answer = desk.get(f"{base}/table.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="{letter.slug}-claims.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    reply, decision = "Authors’ reply, BMJ rapid response, 10 April 2025", "Decision, BMJ rapid response, 18 April 2025"
    assert rows[0] == ["number", "claim", "where in the letter", "evidence", "asked for", reply, f"{reply}: words",
                       decision, f"{decision}: words"]  # fmt: skip
    assert rows[1][5:] == ["Disputed", "Nine is enough.", "Not answered", ""]
    assert rows[3][:2] == ["3", "'=1+1"]


def test_the_table_takes_as_many_queries_for_3_and_30_claims(desk, letter, base):
    answered(letter)
    counts = []
    for many in (1, 28):
        claimed(letter, *(f"Claim {n}" for n in range(many)))
        with CaptureQueriesContext(connection) as asked:
            desk.get(base)
        counts.append(len(asked))
    assert counts[0] == counts[1]
