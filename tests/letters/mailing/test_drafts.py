"""The page of a draft: how it reads, its words, who gets it, and sending it once."""

import pytest

from letters.models import Link, Mail, Round
from tests import factories
from tests.conftest import filled_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def written(desk, letter, **data) -> str:
    return desk.post(f"/manage/{letter.slug}/mail/write", {"kind": "reminder", **data})["Location"]


def test_write_makes_a_draft_and_opens_it(desk, letter):
    address = written(desk, letter)
    page = desk.get(address).content.decode()
    assert "Send 4 reminders" in page
    assert "A joint letter on counting: open for NSC until" in page
    assert "Dear Bob Barker, MD," in page
    assert Mail.objects.filter(kind="reminder").count() == 0
    assert "Look and send" in desk.get(f"/manage/{letter.slug}/mail").content.decode()


@pytest.mark.parametrize("data", [{"kind": "receipt"}, {"kind": ""}, {"kind": "reminder", "to": ["999999"]}])
def test_write_refuses_what_is_no_draft_and_whom_it_does_not_know(desk, letter, data):
    answer = desk.post(f"/manage/{letter.slug}/mail/write", data, follow=True)
    assert "Choose once more what to write" in answer.content.decode()
    assert Round.objects.filter(state="waiting").count() == 0


def test_write_says_when_there_is_nothing_to_remind_of(desk):
    closed = factories.closed()
    answer = desk.post(f"/manage/{closed.slug}/mail/write", {"kind": "reminder"}, follow=True)
    assert "Nobody can sign now" in answer.content.decode()


def test_write_to_chosen_societies(desk, letter):
    chosen = letter.invitations.get(society__short_name="JSC").pk
    assert "Send 1 reminder<" in desk.get(written(desk, letter, to=[chosen])).content.decode()


def test_draft_reads_as_any_society_gets_it(desk, letter):
    address = written(desk, letter)
    sato = factories.link_of(letter, "sato")
    page = desk.get(f"{address}?as={sato.pk}").content.decode()
    assert "Dear 佐藤 陽子, MD," in page
    assert sato.token not in page
    html = desk.get(f"{address}/preview?as={sato.pk}")
    assert "佐藤" in html.content.decode()
    assert sato.token not in html.content.decode()
    assert "script" not in html["Content-Security-Policy"]
    assert "default-src 'none'" in html["Content-Security-Policy"]


def test_draft_is_sent_once_to_those_who_were_not_skipped(desk, letter):
    address = written(desk, letter)
    page = desk.get(address)
    bob = factories.link_of(letter, "bob").pk
    data = filled_in(page, do="send")
    data["going"] = [pk for pk in data["going"] if pk != bob]
    answer = desk.post(address, data, follow=True)
    assert "Sent to 3 officers" in answer.content.decode()
    again = desk.post(address, data, follow=True)
    assert "This draft was sent or dropped" in again.content.decode()
    sent = Mail.objects.filter(kind="reminder").values_list("to_email", flat=True)
    assert sorted(sent) == ["carol@sud.example", "erin@north.example", "sato@jsc.example"]


def test_a_bad_field_is_422_and_nothing_typed_is_lost(desk, letter):
    address = written(desk, letter)
    data = filled_in(desk.get(address), do="send", body_en="My own words {socety} {link}")
    answer = desk.post(address, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "did you mean {society}?" in page
    assert "My own words {socety} {link}" in page
    assert Mail.objects.filter(kind="reminder").count() == 0


def test_nobody_left_is_said_and_nothing_is_sent(desk, letter):
    address = written(desk, letter)
    answer = desk.post(address, filled_in(desk.get(address), do="send", going=[]))
    assert answer.status_code == 422
    assert "Nobody is left to write to" in answer.content.decode()
    assert Round.objects.get(kind="reminder").state == "waiting"


def test_two_people_at_one_draft_are_told(desk, letter):
    address = written(desk, letter)
    mine, theirs = (filled_in(desk.get(address), do="save", body_en=f"{who} {{link}}") for who in ("Mine", "Theirs"))
    desk.post(address, theirs)
    answer = desk.post(address, mine)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody changed this draft meanwhile" in page
    assert "Mine {link}" in page
    assert Round.objects.get(kind="reminder").wording["en"]["body"] == "Theirs {link}"
    desk.post(address, filled_in(answer, do="save", body_en="Mine {link}"))
    assert Round.objects.get(kind="reminder").wording["en"]["body"] == "Mine {link}"


def test_shipped_words_come_back(desk, letter):
    address = written(desk, letter)
    desk.post(address, filled_in(desk.get(address), do="save", body_en="Mine {link}"))
    desk.post(address, filled_in(desk.get(address), do="shipped"))
    assert Round.objects.get(kind="reminder").wording == {}


def test_a_test_goes_to_the_coordinator_alone_and_carries_no_link(desk, letter):
    address = written(desk, letter)
    desk.post(address, filled_in(desk.get(address), do="test"))
    mail = Mail.objects.get(kind="test")
    assert (mail.to_email, mail.link) == ("alice@desk.example", None)
    assert mail.subject.startswith("[Test] A joint letter on counting: open for NSC")
    assert "@@" not in mail.text + mail.html
    assert not any(link.token in mail.text + mail.html for link in Link.objects.all())
    assert Mail.objects.filter(kind="reminder").count() == 0


def test_a_draft_can_be_dropped(desk, letter):
    address = written(desk, letter)
    answer = desk.post(address, filled_in(desk.get(address), do="drop"), follow=True)
    assert "nothing was sent" in answer.content.decode()
    assert Round.objects.get(kind="reminder").state == "dropped"


def test_draft_takes_as_many_queries_for_three_societies_as_for_thirty(desk, django_assert_max_num_queries):
    rows = "".join(f"Society {n},S{n},US,Ann {n},MD,President,ann{n}@s{n}.example,signer\n" for n in range(30))
    many = factories.signing_open(factories.SOCIETIES.splitlines()[0] + "\n" + rows)
    for letter in (factories.signing_open(), many):
        address = written(desk, letter)
        with django_assert_max_num_queries(20):
            desk.get(address)
