"""What an address proves: a domain of the society, a shared mailbox, or nothing."""

import pytest
from django.db import IntegrityError, transaction

from letters.models import Confirmation, Domain, Officer, Society, User, database_now
from letters.models.address import NoDomain, belongs, desk_address, own_domain
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["office@s.org", "Info@s.org", "nsc.office@s.org", "general-secretary2@s.org", "president@s.org",
     "secretariat@s.org", "past.president@s.org", "membership-desk@s.org"],
)  # fmt: skip
def test_a_desk_is_known_by_its_name(address):
    assert desk_address(address) is True


@pytest.mark.parametrize(
    "address",
    ["bob@s.org", "john.press@s.org", "okafor@s.org", "12@s.org"],
)
def test_a_person_is_no_desk(address):
    assert desk_address(address) is False


@pytest.mark.parametrize(
    ("written", "domain"),
    [
        ("https://www.Society.org/about?x=1", "society.org"),
        ("society.org.uk", "society.org.uk"),
        ("bob@mail.society.org", "mail.society.org"),
        ("gesellschaft-für-schmerz.de", "xn--gesellschaft-fr-schmerz-ppc.de"),
        ("society.example", "society.example"),
    ],
)
def test_a_domain_has_one_spelling(written, domain):
    assert own_domain(written) == domain


@pytest.mark.parametrize(
    "written", ["co.uk", "org.au", "gmail.com", "github.io", "localhost", "", "a b.org", "-x.org", ".."]
)
def test_what_nobody_or_everybody_owns_is_no_domain(written):
    with pytest.raises(NoDomain):
        own_domain(written)


@pytest.mark.parametrize(
    ("email", "domain", "expected"),
    [
        ("bob@north.example", "north.example", True),
        ("bob@MAIL.North.example", "north.example", True),
        ("bob@evilnorth.example", "north.example", False),
        ("bob@north.example.evil.example", "north.example", False),
        ("bob@gmail.com", "gmail.com", False),
        ("bob@society.co.uk", "co.uk", False),
        ("bob@example", "example", False),
    ],
)
def test_an_address_belongs_to_a_domain_or_below_it(email, domain, expected):
    assert belongs(email, domain) is expected


def seat(email: str, *domains: str) -> Officer:
    society = Society.objects.create(official_name=f"Society of {email}")
    for name in domains:
        Domain.objects.create(society=society, name=name, added_at=database_now())
    user = User.objects.create_user(email, "Pat")
    return Officer.objects.create(user=user, society=society, office="President", printed_name="Pat")


def test_an_address_at_the_societys_domain_confirms_once():
    officer = seat("pat@north.example", "other.example", "north.example")
    assert Confirmation.objects.by_domain([officer], now=database_now()) == 1
    assert Confirmation.objects.by_domain([officer], now=database_now()) == 0
    assert Officer.objects.get().confirmed == "address at north.example"


@pytest.mark.parametrize("email", ["pat@gmail.com", "office@north.example", "pat@else.example"])
def test_providers_shared_mailboxes_and_others_confirm_nobody(email):
    officer = seat(email, "north.example", "gmail.com")
    assert Confirmation.objects.by_domain([officer], now=database_now()) == 0
    assert officer.confirmed == ""


def test_a_confirmation_says_how_and_by_whom():
    officer = seat("pat@north.example", "north.example")
    for values in ({"way": "checked", "words": "called"}, {"way": "checked", "words": "", "by": factories.alice()},
                   {"way": "domain", "words": "x.example", "by": factories.alice()}):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Confirmation.objects.create(officer=officer, address="pat@north.example", at=database_now(), **values)


def test_a_person_has_one_open_seat_per_society_and_any_number_of_past_ones():
    officer = seat("pat@north.example")
    values = {"user": officer.user, "society": officer.society, "office": "Treasurer", "printed_name": "Pat"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.create(**values)
    Officer.objects.create(**values, until=database_now().date())
    Officer.objects.create(**values, until=database_now().date())
