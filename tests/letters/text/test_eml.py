"""E-mails as values: what journals send, what hostile senders send, and that nothing breaks the reader."""

import contextlib
import datetime
import email.message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.eml import MOST_BYTES, Unreadable, clean, is_msg, made_id, read_mail
from letters.text.unmarked import plain
from tests.examples import examples
from tests.letters.correspond.stage import PDF, mail

HTML = (
    "<html><head><title>no</title><style>p{}</style></head><body><p>Dear Dr Archer,</p><p>We have "
    '<b>received</b> it. See <a href="https://journal.example/x?a=1">its page</a>.</p>'
    "<ul><li>one<li>two</ul><script>alert('no')</script></body></html>"
)


def html_mail(html: str) -> bytes:
    row = email.message.EmailMessage()
    row["From"], row["Subject"] = "j@journal.example", "Hello"
    row.set_content(html, subtype="html")
    return row.as_bytes()


def test_a_mail_is_read_into_sender_subject_date_words_and_files():
    raw = mail(
        "a@letters.example", sender="Jürgen Ä <j@journal.example>", files=(("reply ä.pdf", PDF),), Cc="b@x.example"
    )
    found = read_mail(raw)
    assert (found.sender, found.title, found.text) == ("Jürgen Ä <j@journal.example>", "Your letter", "We have it.")
    assert found.at == datetime.datetime(2025, 3, 19, 10, tzinfo=datetime.UTC)
    assert [(file.name, file.data) for file in found.files] == [("reply ä.pdf", PDF)]
    assert (found.message_id, found.automatic) == ("<1@journal.example>", "")
    assert found.addressed == "a@letters.example\nb@x.example"


def test_html_alone_becomes_text_and_nothing_of_it_stays():
    found = read_mail(html_mail(HTML))
    assert found.text == (
        "Dear Dr Archer,\n\n\nWe have received it. See its page <https://journal.example/x?a=1>.\n\n\n- one\n- two"
    )


def test_plain_words_win_over_their_html_twin():
    row = email.message.EmailMessage()
    row["From"], row["Subject"] = "j@journal.example", "Hello"
    row.set_content("The plain words.")
    row.add_alternative("<p>The other words.</p>", subtype="html")
    assert read_mail(row.as_bytes()).text == "The plain words."


def test_a_mail_without_an_id_gets_one_of_its_bytes():
    raw = mail("a@letters.example", message_id="")
    assert read_mail(raw).message_id == made_id(raw) == read_mail(raw).message_id
    assert read_mail(raw.replace(b"We have it", b"We had it")).message_id != made_id(raw)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({}, ""),
        ({"Auto_Submitted": "no"}, ""),
        ({"Auto_Submitted": "auto-replied (vacation)"}, "reply"),
        ({"Auto_Submitted": "auto-generated"}, "notice"),
        ({"X_Autoreply": "yes"}, "reply"),
        ({"Precedence": "auto_reply"}, "reply"),
        ({"Precedence": "bulk"}, ""),
    ],
)
def test_what_a_program_sent_says_so(headers, said):
    assert read_mail(mail("a@letters.example", **headers)).automatic == said


@pytest.mark.parametrize(("kind", "said"), [("delivery-status", "bounce"), ("disposition-notification", "notice")])
def test_a_report_is_no_answer(kind, said):
    raw = (
        f'From: <mailer@x.example>\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type="{kind}"; '
        'boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n--b\r\n'
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x.example\r\n\r\n"
        "Action: failed\r\n\r\n--b--\r\n"
    ).encode()
    found = read_mail(raw)
    assert found.automatic == said
    assert found.text.startswith("No such user.\n\nReporting-MTA: dns; x.example")


@pytest.mark.parametrize(
    ("charset", "body", "text"),
    [
        ("latin-1", "Grüße".encode("latin-1"), "Grüße"),
        ("utf-8", "Grüße".encode("latin-1"), "Gr��e"),
        ("x-nobody-knows", "Grüße".encode(), "Grüße"),
        ("rot13", b"abc", "abc"),
        ("punycode", b"maana-pta", "maana-pta"),
        ("utf-16", b"\x00\xd8a", "\ufffd"),
    ],
)
def test_a_wrong_charset_breaks_nothing(charset, body, text):
    raw = b"From: a@b.example\r\nContent-Type: text/plain; charset=" + charset.encode() + b"\r\n\r\n" + body
    assert read_mail(raw).text == text


def test_signs_that_hide_or_turn_text_are_taken_out():
    raw = "From: a@b.example\r\nSubject: safe\u202egpj.exe\r\n\r\none\x00\x1b[31m two\u2066\r\n".encode()
    found = read_mail(raw)
    assert (found.title, found.text) == ("safegpj.exe", "one[31m two")


def test_an_enclosed_message_is_a_file_and_its_words_are_not_ours():
    inner = email.message.EmailMessage()
    inner["From"], inner["Subject"] = "journal@journal.example", "Decision"
    inner.set_content("No further action.")
    outer = email.message.EmailMessage()
    outer["From"], outer["Subject"] = "alice@desk.example", "Fwd: Decision"
    outer.set_content("See below.")
    outer.add_attachment(inner)
    found = read_mail(outer.as_bytes())
    assert (found.text, [file.name for file in found.files]) == ("See below.", ["part-2.eml"])
    assert read_mail(found.files[0].data).text == "No further action."


def nested(depth: int) -> bytes:
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(depth))
    return f"From: a@b.example\r\n{heads}\r\nhello".encode()


@pytest.mark.slow
def test_parts_within_parts_are_read_or_refused_in_one_sentence():
    assert read_mail(nested(20)).text == "hello"
    with pytest.raises(Unreadable, match="cannot be read as an e-mail: save it once more"):
        read_mail(nested(3000))


def test_what_is_no_mail_or_too_large_is_refused():
    with pytest.raises(Unreadable, match="it does not begin with lines such as"):
        read_mail(b"\r\njust words")
    with pytest.raises(Unreadable, match="larger than 25 MB"):
        read_mail(b"x" * (MOST_BYTES + 1))
    assert is_msg(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "answer.eml") and is_msg(b"", "Answer.MSG")


@pytest.mark.slow
@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@b.example\r\nContent-Type: text/html" + b"; a=b" * 400_000 + b"\r\n\r\n" + b"<a " * 100_000,
        b"From: a@b.example\r\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\r\n\r\nx",
        b"From: a@b.example\r\n" + b"X: y\r\n" * 100_000 + b"\r\nx",
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 50_000,
        b"From: a@b.example\r\nTo: " + b"a@b.example, " * 100_000 + b"\r\n\r\nx",
    ],
    ids=["parameters", "encoded words", "headers", "parts", "addresses"],
)
def test_huge_mails_take_no_time(raw):
    began = datetime.datetime.now()
    assert read_mail(raw).sender == "a@b.example"
    assert (datetime.datetime.now() - began).total_seconds() < 5


HEADERS = st.sampled_from(
    ["From", "To", "Subject", "Date", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "MIME-Version",
     "Content-Disposition", "Auto-Submitted", "Precedence", "X"]
)  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ['multipart/mixed; boundary="b"', "multipart/report; report-type=", "text/html; charset=utf-7", "base64",
         "quoted-printable", "x-uuencode", "message/rfc822", "message/delivery-status", 'attachment; filename*=x\'y',
         "=?utf-8?b?w6?=", "=?x?q?=ff?=", "text/plain; charset*0=utf; charset*1=-8", "Mon, 99 Foo 99999 99:99 +9999",
         "multipart/alternative", "text/plain; charset=unicode_escape", '; filename="../../x"', "message/partial"]
    ),
)  # fmt: skip
LINES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from([b"", b"--b", b"--b--", b"begin 644 x", b"end", b"<p>", b"</p>", b"<![CDATA["]),
)


@examples(400)
@given(st.lists(st.tuples(HEADERS, VALUES), max_size=8), st.lists(LINES | st.tuples(HEADERS, VALUES), max_size=20))
def test_nothing_breaks_the_reader(headers, body):
    lines = [f"{name}: {value}".encode("utf-8", "replace") for name, value in headers]
    inside = [line if isinstance(line, bytes) else f"{line[0]}: {line[1]}".encode("utf-8", "replace") for line in body]
    raw = b"\r\n".join([*lines, b"", *inside])
    try:
        found = read_mail(raw)
    except Unreadable:
        return
    texts = [found.sender, found.title, found.text, found.message_id, *(file.name for file in found.files)]
    assert all(text == clean(text) and "\0" not in text for text in texts)
    "".join([*texts, found.addressed]).encode()  # no lone surrogates: a database takes it
    assert len(found.title) <= 300 and len(found.sender) <= 200 and "\n" not in found.title + found.sender
    assert found.at is None or found.at.tzinfo is not None


@examples(200)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw):
    with contextlib.suppress(Unreadable):
        assert read_mail(raw).message_id


TAGS = ["<p>", "</div>", "<script>", "<!--", "-->", "<a href='", "&#0;", "<b>", "</script>", "<style>", "word"]


@given(st.lists(st.sampled_from(TAGS) | st.text(max_size=20), max_size=30))
def test_any_html_is_unmarked_the_same_way_twice(pieces):
    words = plain("".join(pieces))
    assert words == plain("".join(pieces))
    assert "\0" not in clean(words)
