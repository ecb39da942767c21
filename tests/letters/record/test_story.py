"""The public page tells what happened in the order of its days, and nothing that is private."""

import datetime
import re

import pytest
from django.test import Client

from letters.models import Correspondence, Delegation, Journal, Letter, Submission, database_now
from letters.record import cached, page, roster, story
from letters.record.rows import Rows
from tests import factories
from tests.letters.record import stage

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 4, 18)


def shown(letter: Letter) -> str:
    cached.forget()
    answer = Client().get(f"/l/{letter.slug}")
    assert answer.status_code == 200
    return answer.content.decode()


def told(letter: Letter) -> list[tuple[str, str]]:
    return [(step.when, step.words) for step in story.steps(Rows(letter))]


def short(letter: Letter) -> dict[str, list[str]]:
    return dict(story.in_short(Rows(letter)))


@pytest.fixture
def founding():
    return stage.founding(stage.many(factories.SOCIETIES, v2=factories.LATER))


def test_the_founding_case_is_told_in_order(founding):
    web = "posted as a web response, which is not a journal article: Journal of Examples rapid response."
    form = "was handed in to Journal of Examples rapid response by its web form, for the paper"
    assert told(founding) == [
        ("19 February 2025", "A paper this letter answers was published online."),
        ("19 February 2025", "A paper this letter answers was published online."),
        ("3 March 2025", "Version 1 went to the societies (superseded, not signed)."),
        ("10 March 2025", "Version 2 went to the societies."),
        ("11 March 2025", "Opened for signature."),
        ("18 March 2025", "Closed with 3 societies."),
        ("18 March 2025", "Sealed: no word and no name in it can change any more."),
        ("19 March 2025", f"The summary “Rapid response to the guideline” {form} 10.5555/guideline."),
        ("19 March 2025", f"The summary “Rapid response to the analysis” {form} 10.5555/analysis."),
        ("19 March 2025", "The full letter was sent to The Exemplary Journal."),
        ("19 March 2025", "The full letter was sent to Interventional Counting."),
        ("20 March 2025", "Released to the public on this page."),
        ("21 March 2025", "Journal of Examples rapid response acknowledged receipt."),
        ("24 March 2025", f"The summary “Rapid response to the guideline” was {web}"),
        ("3 April 2025", "The authors of the paper replied in Journal of Examples rapid response."),
        ("18 April 2025", "Journal of Examples rapid response decided: no further action."),
        ("2 May 2025", "The full letter was published in The Exemplary Journal."),
        ("9 May 2025", "The full letter was published in Interventional Counting."),
    ]  # fmt: skip
    assert short(founding) == {
        "Signed by": ["3 societies, 18 March 2025"],
        "Decision": ["Journal of Examples rapid response decided: no further action, 18 April 2025."],
        "About": [
            "Counting Group. Counting by guideline. J Exempl 2025;388:e1.",
            "Counting Group. A network of counts. J Exempl 2025;388:e2.",
        ],
        "Sent to": ["Journal of Examples rapid response, The Exemplary Journal and Interventional Counting"],
        "Authors’ reply": ["The authors of the paper replied in Journal of Examples rapid response, 3 April 2025."],
        "Where it appeared": [
            f"The summary “Rapid response to the guideline” was {web}",
            "The full letter was published in The Exemplary Journal.",
            "The full letter was published in Interventional Counting.",
        ],
    }


@pytest.mark.slow
def test_a_journal_speaks_under_its_own_name_and_not_that_of_its_form(founding):
    Journal.objects.filter(name="Journal of Examples rapid response").update(spoken="The Journal of Examples")
    words = " ".join(words for _, words in told(founding))
    for said in (
        "The Journal of Examples acknowledged receipt.", "replied in The Journal of Examples.",
        "The Journal of Examples decided: no further action.", "handed in to The Journal of Examples by its web form",
        "which is not a journal article: Journal of Examples rapid response.",
    ):  # fmt: skip
        assert said in words
    assert short(founding)["Decision"] == ["The Journal of Examples decided: no further action, 18 April 2025."]
    assert short(founding)["Sent to"][0].startswith("Journal of Examples rapid response, ")
    page = shown(founding)
    assert "The Journal of Examples decided" in page and "rapid response decided" not in page


def test_the_founding_case_with_its_own_files(inputs):
    texts = [(inputs / f"multisociety-letter-{name}.md").read_text(encoding="utf-8") for name in ("v1", "v2")]
    letter = stage.many((inputs / "societies-34.csv").read_text(encoding="utf-8"), v1=texts[0], v2=texts[1])
    stage.founding(letter)
    assert short(factories.fresh(letter))["Signed by"] == ["34 societies, 18 March 2025"]
    text = shown(letter)
    assert text.count("<tr><th scope") == 1 + 34 + 1 + 2  # heads and rows of signatories and claims
    assert "superseded, not signed" in text
    assert "which is not a journal article" in text


def test_what_stood_when_a_summary_went_stays_with_it_and_no_sender_is_shown(founding):
    assert Correspondence.objects.filter(sender="Counting Group", public=True).exists()
    Delegation.objects.update(ended_at=database_now())
    words = re.sub(r"<[^>]+>", "", shown(founding))
    assert "2 societies left the approval to Northern Society of Counting: Société du Sud; 日本計数学会." in words
    assert "· Counting Group" not in words


def test_of_very_many_societies_behind_a_summary_the_first_are_named(founding, monkeypatch):
    monkeypatch.setattr(roster, "PER_PAGE", 1)
    words = re.sub(r"<[^>]+>", "", shown(founding))
    assert "2 societies left the approval to Northern Society of Counting: Société du Sud; and 1 more." in words


def test_the_page_of_the_founding_case_shows_it_all(founding):
    words = re.sub(r"<[^>]+>", "", shown(founding)).replace("&quot;", '"')
    for line in (
        "Version 1, 3 March 2025: superseded, not signed.", "Version 2, 10 March 2025: signed and sealed.",
        "Only version 2 is the letter.", "Approved by 1 society: Northern Society of Counting.",
        "2 societies left the approval to Northern Society of Counting: Société du Sud; 日本計数学会.",
        "Trials of different techniques were pooled.", "“We followed the protocol.”",
        "Write to [e-mail address].", "The letter in short: the authors counted to nine.",
    ):  # fmt: skip
        assert line in words, line


def test_nothing_private_is_shown_anywhere(founding):
    sent = Submission.objects.first()
    Submission.objects.filter(pk=sent.pk).update(address="desk@journal.example", receipt="Your number is 4711")
    secret = [
        "stays between us", "Petra", "petra@", sent.reply_key, sent.message_id, "desk@journal.example", "Your number",
        "Between us", "Not for the public", "busy@authors.example", "@north.example", "@sud.example",
    ]  # fmt: skip
    slug = founding.slug
    addresses = ["", "/feed.atom", "/signatories.json", "/signatories.csv", "/citation.bib", "/citation.ris", "/badge"]
    for address in addresses:
        text = Client().get(f"/l/{slug}{address}").content.decode()
        assert [word for word in secret if word in text] == [], address


def test_an_answer_in_a_private_entry_stays_out_of_the_claims(founding):
    private = Correspondence.objects.get(public=False)
    point = founding.claims.first()
    stage.answered(point, private, "accepted", "You are right, off the record.")
    assert "off the record" not in shown(founding)
    Letter.objects.filter(pk=founding.pk).update(claims_public=False)
    assert "Claims and answers" not in shown(founding)


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("yes", "The full letter was published in The Journal."),
        ("", "The full letter appeared in The Journal."),
        ("no", "The full letter was posted as a web response, which is not a journal article: The Journal."),
    ],
)
def test_what_is_no_journal_article_is_never_called_one(article, words):
    letter = stage.released()
    sent = stage.sent(letter, stage.journal("The Journal", article), database_now())
    stage.came(letter, "publication", DAY, submission=sent)
    assert short(letter)["Where it appeared"] == [words]
    assert ("published" in words) == (article == "yes")


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("no_action", "The Journal decided: no further action, 18 April 2025."),
        ("correction", "The Journal decided: a correction is to come, 18 April 2025."),
        ("retraction", "The Journal decided: the paper is to be retracted, 18 April 2025."),
        ("", "The Journal sent its decision, 18 April 2025."),
    ],
)
def test_a_decision_is_said_with_its_outcome(outcome, words):
    letter = stage.released()
    stage.came(letter, "decision", DAY, journal=stage.journal("The Journal"), outcome=outcome)
    assert short(letter)["Decision"] == [words]


def test_a_letter_sealed_yesterday_and_sent_nowhere_says_so():
    letter = stage.released()
    assert short(letter) == {"Signed by": [short(letter)["Signed by"][0]], "Sent to": ["No journal yet"]}
    text = shown(letter)
    assert "What was written back" not in text
    assert "Shorter texts" not in text
    stage.sent(letter, stage.journal("The Journal"), database_now())
    assert short(letter)["Decision"] == ["None is known here."]


def test_an_entry_is_shown_only_while_it_is_public():
    letter = stage.released()
    entry = stage.came(letter, "acknowledgement", DAY, "Thank you")
    assert told(letter)[0] == ("18 April 2025", "The journal acknowledged receipt.")
    Correspondence.objects.filter(pk=entry.pk).update(removed_at=database_now())
    assert "18 April 2025" not in [when for when, _ in told(letter)]


def test_only_a_released_file_of_a_released_entry_is_handed_over(client):
    letter = stage.released()
    file = stage.kept("<script>alert(1)</script>", "answer")
    entry = stage.came(letter, "reply", DAY, file=file, file_name="Der “Brief”.HTML")
    address = f"/l/{letter.slug}/entry/{entry.pk}"
    assert client.get(address).status_code == 404
    Correspondence.objects.filter(pk=entry.pk).update(file_public=True)
    answer = client.get(address)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == 'attachment; filename="der-brief.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/l/{letter.slug}/entry/{entry.pk + 1}").status_code == 404
    other = stage.released()
    assert client.get(f"/l/{other.slug}/entry/{entry.pk}").status_code == 404


def test_a_version_that_some_signed_before_another_was_sealed_is_not_called_unsigned():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter, factories.LATER)
    factories.signed(letter, "carol")
    factories.lifecycle.close(factories.fresh(letter), by=factories.alice())
    stage.mark_sealed(letter)
    words = [words for _, words in page.of_letter(factories.fresh(letter), "", "")["versions"]]
    assert words == ["superseded; it is not the text that was sealed", "signed and sealed"]


def test_the_signatories_are_searched_without_script(client):
    letter = stage.released("bob", "carol", "sato")
    found = client.get(f"/l/{letter.slug}", {"q": "PRÉSIDENTE fr"}).content.decode()
    assert "1 of 3 shown." in found
    assert "Société du Sud" in found
    assert "Bob Barker" not in found
    assert "No signatory has these words" in client.get(f"/l/{letter.slug}", {"q": "nobody"}).content.decode()
    hostile = client.get(f"/l/{letter.slug}", {"q": '"><script>' + "x" * 200}).content.decode()
    assert 'value="&quot;&gt;&lt;script&gt;' in hostile
