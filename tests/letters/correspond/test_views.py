"""Pages of correspondence: what a coordinator sees and sends; what is typed is kept; queries do not grow."""

import datetime
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from letters.inbox.address import address_of
from letters.inbox.filing import file_message
from letters.models import Correspondence, Due, database_now
from tests import factories
from tests.conftest import by_key, signed_in
from tests.letters.correspond import stage
from tests.letters.correspond.stage import PDF, mail, record
from tests.pages import text_content as words

pytestmark = pytest.mark.django_db


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def queries(desk, address) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(address).status_code == 200
    return len(asked)


def test_correspondence_shows_unsorted_mail_then_each_submission_with_its_clock(
    desk, letter, submission, base, settings
):
    settings.INBOUND_ADDRESS = stage.BASE
    file_message(mail(address_of(submission.reply_key), Auto_Submitted="auto-replied"), now=database_now())
    record(letter, "press", "2025-04-18", title="A report")
    page = desk.get(base)
    said = words(page)
    assert "1 overdue The response posted, BMJ rapid response: the letter (edition 1)" in said
    asked_for = re.findall(r'href="#(over-\d+)"', page.content.decode())
    assert asked_for == re.findall(r'<li id="(over-\d+)"', page.content.decode()) != []
    said = said[said.index("To sort") :]
    order = ["To sort", "Automatic reply, from Editor", "Sort it", "BMJ rapid response: the letter (edition 1)",
             "Sent on 18 March 2025.", address_of(submission.reply_key), "Nothing came yet.", "The clock",
             "Acknowledgement", "How long BMJ rapid response takes is not known.", "Set a date",
             "The response posted", "Overdue", "Due 19 March 2025,", "Waited for since 18 March 2025. Standard: BMJ",
             "Write to the journal’s editor", "Not about one submission", "A report"]  # fmt: skip
    places = [said.find(one) for one in order]
    assert -1 not in places and places == sorted(places), list(zip(order, places, strict=True))


def test_correspondence_of_a_letter_without_submissions_says_what_comes_first(desk, base):
    assert "Nothing was sent to a journal yet." in words(desk.get(base))


def test_new_records_typed_words_and_ends_the_wait(desk, submission, base):
    facts = {"kind": "publication", "about": f"s{submission.pk}", "day": "2025-03-20", "title": "Posted"}
    assert desk.post(f"{base}/new", facts).status_code == 422  # a publication stands somewhere
    answer = desk.post(f"{base}/new", facts | {"url": "https://journal.example/r1"})
    row = Correspondence.objects.get()
    assert answer["Location"] == f"{base}/{row.pk}"
    assert (row.kind, row.title, row.url, row.submission) == (
        "publication",
        "Posted",
        "https://journal.example/r1",
        submission,
    )
    assert Due.objects.get().met_by == row
    assert "Came on 20 March 2025, was due 19 March 2025." in words(desk.get(base))


def test_new_takes_date_sender_subject_and_files_from_an_e_mail(desk, submission, base):
    raw = mail("office@desk.example", files=(("decision.pdf", PDF),))
    facts = {"kind": "decision", "outcome": "no_action", "about": f"s{submission.pk}", "file": upload("a.eml", raw)}
    answer = desk.post(f"{base}/new", facts, follow=True)
    row = Correspondence.objects.get()
    assert (row.day, row.sender, row.title) == (
        datetime.date(2025, 3, 19), "Editor <editor@journal.example>", "Your letter"
    )  # fmt: skip
    assert row.file_name == "decision.pdf"
    assert "decision.pdf stands for it" in words(answer)


def test_new_refuses_a_msg_file_in_one_sentence_and_keeps_what_was_typed(desk, base):
    file = upload("Answer.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    page = desk.post(f"{base}/new", {"kind": "decision", "title": "My heading", "text": "My words.", "file": file})
    assert page.status_code == 422
    (sentence,) = page.context["form"].errors["file"]
    assert sentence.startswith("Answer.msg is a file of Outlook") and "“Save as”" in sentence and ".eml" in sentence
    assert list(page.context["form"].errors) == ["file"]
    tree = html.fromstring(page.content)
    assert tree.xpath("string(//textarea[@name='text'])").strip() == "My words."
    assert tree.xpath("//input[@name='title']/@value") == ["My heading"]


def test_a_good_file_need_not_be_chosen_again_after_another_mistake(desk, base):
    page = desk.post(f"{base}/new", {"kind": "", "day": "2025-04-18", "file": upload("decision.pdf", PDF)})
    assert page.status_code == 422 and "decision.pdf was received." in words(page)
    (kept,) = html.fromstring(page.content).xpath("//input[@name='kept']/@value")
    desk.post(f"{base}/new", {"kind": "query", "day": "2025-04-18", "kept": kept})
    assert Correspondence.objects.get().file.read() == PDF
    page = desk.post(f"{base}/new", {"kind": "query", "day": "2025-04-18", "kept": f"{kept}x"})
    assert page.status_code == 422


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"day": "2999-01-01"}, "day", "This day has not come yet."),
        ({"day": "1066-10-14"}, "day", "That is long before this letter: look at the year."),
        ({"day": "soon"}, "day", "Write the day as 2026-12-31."),
        ({"day": ""}, "day", "Write the day it bears."),
        ({"kind": "gossip"}, "kind", "Select a valid choice. gossip is not one of the available choices."),
        ({"outcome": "no_action"}, "outcome", "Only a decision has an outcome: choose “Decision”, or “not said”."),
        ({"doi": "10"}, "doi", "Write the DOI as it stands on the paper, such as 10.1136/bmj-2024-079970."),
        ({"url": "ftp://x.example"}, "url", "Write an address that begins with https://."),
        ({"url": "javascript:alert(1)"}, "url", "Write an address that begins with https://."),
        ({"text": ""}, "text", "Type its words, upload its file, or write where it stands."),
        ({"file_public": "on"}, "file_public", "Make the entry public first; its file cannot stand there alone."),
    ],
)
def test_new_says_what_is_wrong_beside_the_field(desk, base, facts, field, sentence):
    page = desk.post(f"{base}/new", {"kind": "query", "day": "2025-04-18", "text": "Words."} | facts)
    assert (page.status_code, page.context["form"].errors) == (422, {field: [sentence]})


def test_entry_sorts_a_filed_message(desk, letter, submission, base, settings):
    settings.INBOUND_ADDRESS = stage.BASE
    raw = mail(address_of(submission.reply_key), text="<b>Posted</b>", files=(("a.pdf", PDF), ("b.txt", b"b")))
    row = file_message(raw, now=database_now()).entry
    page = desk.get(f"{base}/{row.pk}")
    shown = page.content.decode()
    assert shown.count("&lt;b&gt;Posted&lt;/b&gt;") == 2 and "<b>Posted</b>" not in shown  # no HTML of a mail is shown
    facts = {
        "kind": "publication", "about": f"s{submission.pk}", "day": "2025-03-19", "title": "Posted", "text": "Posted.",
        "url": "https://journal.example/r", "chosen": "2", "public": "on", "file_public": "on",
    }  # fmt: skip
    assert desk.post(f"{base}/{row.pk}", facts)["Location"] == base
    row = Correspondence.objects.get()
    assert (row.kind, row.public, row.file_public, row.file_name) == ("publication", True, True, "b.txt")


def test_entry_names_who_wrote_and_who_forwarded(desk, submission, base):
    words = "---------- Forwarded message ---------\nFrom: E <e@j.example>\nDate: 14 March 2025\nSubject: No\n\nNo."
    raw = stage.mail("a@b.example", sender="A <a@desk.example>", subject="Fwd: No", text=words)
    file = SimpleUploadedFile("mail.eml", raw)
    desk.post(f"{base}/new", {"kind": "decision", "about": f"s{submission.pk}", "file": file})
    row = Correspondence.objects.get()
    assert (row.sender, row.forwarded_by, row.title, row.day.isoformat()) == (
        "E <e@j.example>", "A <a@desk.example>", "No", "2025-03-14",
    )  # fmt: skip
    for address in (f"{base}/{row.pk}", base):
        page = desk.get(address).content.decode()
        assert "rom <bdi>E &lt;e@j.example&gt;</bdi>, forwarded by <bdi>A &lt;a@desk.example&gt;</bdi>" in page


def test_entry_is_corrected_and_an_empty_heading_is_refused(desk, letter, base):
    row = record(letter, "query", "2025-04-18", title="Heading", text="Words")
    facts = {"kind": "query", "day": "2025-04-18", "title": "", "text": "New words"}
    assert desk.post(f"{base}/{row.pk}", facts).status_code == 422
    desk.post(f"{base}/{row.pk}", facts | {"title": "Better"})
    assert list(Correspondence.objects.values_list("title", "text")) == [("Better", "New words")]


def test_remove_takes_an_entry_off_and_its_page_is_gone(desk, letter, base):
    row = record(letter, "query", "2025-04-18", title="Heading", text="Words")
    assert desk.get(f"{base}/{row.pk}/remove").status_code == 405
    assert "is removed; the record keeps it." in words(desk.post(f"{base}/{row.pk}/remove", follow=True))
    assert desk.get(f"{base}/{row.pk}").status_code == 404
    assert "1 entry was removed" in words(desk.get(base))
    assert "Query of 18 April 2025 was removed: “Heading”" in words(desk.get(f"/manage/{letter.slug}/activity"))


def test_files_are_downloads_with_a_harmless_name_and_type(desk, letter, submission, base):
    raw = mail("office@desk.example", files=(('x";evil.html', b"<script>1</script>"), ("ä.pdf", PDF)))
    row = record(letter, "decision", "2025-04-18", file=("a.eml", raw))
    html_file = desk.get(f"{base}/{row.pk}/attachments/1")
    assert html_file["Content-Type"] == "application/octet-stream"
    assert html_file["Content-Disposition"] == 'attachment; filename="x--evil.html"'
    pdf = desk.get(f"{base}/{row.pk}/file")
    assert (pdf["Content-Type"], pdf.content) == ("application/pdf", PDF)
    assert desk.get(f"{base}/{row.pk}/original").content == raw
    assert desk.get(f"{base}/{row.pk}/attachments/9").status_code == 404


def test_an_entry_of_another_letter_is_not_found(desk, letter, base):
    other = record(factories.signing_open(), "query", "2025-04-18", text="x")
    for tail in ("", "/file", "/original", "/attachments/1"):
        assert desk.get(f"{base}/{other.pk}{tail}").status_code == 404
    assert desk.post(f"{base}/{other.pk}/remove").status_code == 404


def test_an_observer_reads_and_changes_nothing(letter, submission, base):
    row = record(letter, "query", "2025-04-18", text="Words")
    factories.joined(letter, "olga", role="observer")
    olga = by_key(signed_in(Client(), factories.olga()), factories.olga())
    assert olga.get(base).status_code == olga.get(f"{base}/{row.pk}").status_code == 200
    assert olga.post(f"{base}/new", {"kind": "query"}).status_code == 403
    assert olga.post(f"{base}/{row.pk}/remove").status_code == 403


def test_the_page_takes_as_many_queries_for_3_and_30_entries(desk, letter, submission, base):
    counts = []
    for many in (3, 30):
        for number in range(many):
            record(letter, "query", "2025-04-18", title=f"Entry {number}", submission=submission, file=("x.pdf", PDF))
        counts.append((queries(desk, base), queries(desk, f"{base}/new")))
    assert counts[0] == counts[1]
