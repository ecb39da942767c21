"""Mails forwarded inline, as programs in several languages write them; and that nothing breaks the reader."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.forwarded import Original, day_of, original
from letters.text.unmarked import plain

SENDER, DAY = "The Editor <editor@journal.example>", datetime.date(2025, 3, 19)
FOUND = Original(SENDER, "Your letter", DAY)
GMAIL = """See below. Alice

---------- Forwarded message ---------
From: The Editor <editor@journal.example>
Date: Wed, Mar 19, 2025 at 10:00 AM
Subject: Your letter
To: <alice@desk.example>

Dear Dr Archer,

Date: we will decide on 1 May 2026.
"""
OUTLOOK = """

________________________________
From: The Editor <editor@journal.example>
Sent: Wednesday, March 19, 2025 10:00 AM
To: Alice Archer <alice@desk.example>; Bea Best <bea@desk.example>;
 Cara Carr <cara@desk.example>
Cc: Office
Subject: Your letter

Dear Dr Archer,
"""
THUNDERBIRD = """-------- Weitergeleitete Nachricht --------
Betreff: \tYour letter
Datum: \tWed, 19 Mar 2025 10:00:00 +0000
Von: \tThe Editor <editor@journal.example>
An: \talice@desk.example

Sehr geehrte Frau Archer,
"""
APPLE = """Début du message transféré :

De : The Editor <editor@journal.example>
Objet : Your letter
Date : 19 mars 2025 à 10:00:00 UTC+1
À : alice@desk.example

Madame,
"""
SPANISH = """> ---------- Mensaje reenviado ---------
> De: *The Editor* <editor@journal.example>
> Fecha: mié, 19 mar 2025 a las 10:00
> Asunto: Your letter
> Para: <alice@desk.example>
"""
ITALIAN = """Da: The Editor <editor@journal.example>
Inviato: mercoledì 19 marzo 2025 10:00
A: alice@desk.example
Oggetto: Your letter
"""


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Fwd: Your letter", GMAIL), ("Your letter", GMAIL), ("FW: Your letter", OUTLOOK), ("WG: Your letter", OUTLOOK),
        ("Your letter", THUNDERBIRD), ("Tr : Your letter", APPLE), ("RV: Your letter", SPANISH),
        ("I: Your letter", ITALIAN), ("Fwd: Your letter", "\n" * 30 + OUTLOOK.replace("\n", "\r\n")),
    ],
)  # fmt: skip
def test_the_head_of_what_was_forwarded_is_read(title, text):
    assert original(title, text) == FOUND


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Re: Your letter", OUTLOOK),  # an answer quotes what it answers
        ("AW: WG: Your letter", GMAIL),
        ("Your letter", OUTLOOK),  # nothing says that it was forwarded
        ("Fwd: Your letter", "As discussed.\n\nAlice"),
        ("Fwd: Your letter", "From: London\nwith greetings"),
        ("Fwd: Your letter", "Date: 1 May\nSubject: our meeting\nTo: all"),
        ("Fwd: Your letter", GMAIL.replace("From:", "Whence:")),
        ("Fwd: Your letter", GMAIL.replace("From: The Editor <editor@journal.example>", "From:")),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_left_as_it_is(title, text):
    assert original(title, text) is None


def test_of_a_chain_the_last_one_who_wrote_is_named():
    inner = GMAIL.replace("The Editor <editor@journal.example>", "The Author <author@uni.example>")
    assert original("Fwd: Fwd: Your letter", GMAIL + inner) == FOUND


def test_a_head_without_a_subject_does_not_take_the_first_words_for_one():
    bare = GMAIL.replace("Subject: Your letter\nTo: <alice@desk.example>", "To: <alice@desk.example>\nSubject:")
    assert original("Fwd:", bare) == Original(SENDER, "", DAY)


def test_a_head_that_is_only_marked_is_read_as_it_looks():
    html = "<p>---------- Forwarded message ---------<br>Von: <b>The Editor</b> &lt;editor@journal.example&gt;<br>"
    html += "Date: Mi., 19. März 2025 um 10:00 Uhr<br>Subject: Your letter<br>To: a@b.example</p><p>Hello</p>"
    assert original("Fwd: Your letter", plain(html)) == FOUND


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("19.03.2025 10:00", DAY), ("2025-03-19T10:00", DAY), ("3/19/2025 10:00 AM", DAY), ("19/3/2025", DAY),
        ("miércoles, 19 de marzo de 2025 10:00", DAY), ("martes, 18 de marzo de 2025", datetime.date(2025, 3, 18)),
        ("Maandag 3 maart 2025 10:00", datetime.date(2025, 3, 3)), ("Wed 19 March 2025 at 09.05", DAY),
        ("03/04/2025", None), ("31 February 2025", None), ("March 2025", None), ("1 or 2 March 2025", None),
        ("yesterday", None), ("", None), ("0 March 2025", None), ("19 March 0000", None),
    ],
)  # fmt: skip
def test_a_day_is_read_where_it_can_be_one_day_only(words, day):
    assert day_of(words) == day


LINES = st.lists(
    st.one_of(
        st.sampled_from([*GMAIL.split("\n"), *OUTLOOK.split("\n"), *APPLE.split("\n"), *SPANISH.split("\n")]),
        st.text(max_size=40),
        st.from_regex(r"(From|Von|De |Da|Date|Betreff|À|To)\s?:.{0,40}"),
    ),
    max_size=40,
)


@given(st.sampled_from(["Fwd: x", "Re: x", "x", "WG:", ""]) | st.text(max_size=30), LINES)
def test_nothing_breaks_the_reader(title, lines):
    found = original(title, "\n".join(lines))
    assert found is None or (found.sender and len(found.sender) <= 200 and "\n" not in found.sender + found.title)


@given(st.text(max_size=80))
def test_no_date_breaks_the_reader(words):
    assert day_of(words) is None or day_of(words) == day_of(words)


@given(
    st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=60).map(
        lambda s: " ".join(s.split())
    ),
    st.sampled_from(["From", "Von", "De", "Da", "*From*", "De "]),
)
def test_whoever_stands_in_the_head_is_named(name, key):
    text = GMAIL.replace("From: The Editor", f"{key}: {name.replace('*', '')}x")
    found = original("Fwd: Your letter", text)
    assert found is not None
    assert found.sender == " ".join(f"{name.replace('*', '')}x <editor@journal.example>".split())


def test_long_texts_take_no_time():
    text = "From: x\nTo: y\n" * 20_000 + ("a" * 100_000) + ":" * 100_000
    assert original("Fwd: x", text) is None
