"""The address of a society's page: readable, its own for good, and given in few queries however many come at once."""

import importlib

import pytest
from django.apps import apps
from django.core.validators import validate_unicode_slug
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from letters.models import Society
from letters.models.society_slug import MOST, free, readable

MIGRATION = importlib.import_module("letters.migrations.0017_spoken_names_and_addresses")


@pytest.mark.parametrize(
    ("names", "slug"),
    [
        (("Society of Counting",), "society-of-counting"),
        (("Dansk Selskab for Smertebehandling på Østerbro",), "dansk-selskab-for-smertebehandling-pa-osterbro"),
        (("Ärztegesellschaft für Größen",), "arztegesellschaft-fur-grossen"),
        (("日本麻酔科学会", "JSA"), "jsa"),
        (("日本麻酔科学会", ""), "日本麻酔科学会"),
        (("Российское общество по изучению боли", ""), "российское-общество-по-изучению-боли"),
        (("האגודה הישראלית לכאב", "ה״י"), "האגודה-הישראלית-לכאב"),
        (("भारतीय दर्द समिति", ""), "society"),  # its vowel signs have no room in an address
        (("1848", "48ers"), "48ers"),
        (("1848", ""), "society"),
        (("１８４８", "٤٨-٤٨"), "society"),
        (("a" * 200,), "a" * MOST),
    ],
)
def test_an_address_is_made_of_the_name(names, slug):
    assert readable(*names) == slug


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["", "GB", "FR"])), max_size=30))
def test_every_name_gets_an_address_of_its_own(named):
    taken: list[str] = []
    for name, country in named:
        slug = free(readable(name), country, taken)
        validate_unicode_slug(slug)
        assert not slug.isdecimal()
        assert slug not in taken
        taken.append(slug)


def slugs() -> list[str]:
    return list(Society.objects.order_by("pk").values_list("slug", flat=True))


@pytest.mark.django_db
def test_societies_of_one_name_are_told_apart_by_country_and_then_by_number():
    for name, country in (
        ("Pain Society", ""),
        ("Pain Society", "GB"),
        ("Pain Society!", "GB"),
        ("Pain Society 3", ""),
    ):
        Society.objects.create(official_name=name, country=country)
    assert slugs() == ["pain-society", "pain-society-gb", "pain-society-2", "pain-society-3"]
    made = [Society(official_name=f"Pain Society{'?' * n}", name_key=str(n), country="IE") for n in (1, 2, 3)]
    Society.objects.bulk_create(made)
    assert slugs()[4:] == ["pain-society-ie", "pain-society-4", "pain-society-5"]


@pytest.mark.django_db
def test_many_societies_at_once_ask_as_often_as_a_few():
    def asked(many: int) -> int:
        new = [Society(official_name=f"{many} {n} society", name_key=f"{many} {n}") for n in range(many)]
        with CaptureQueriesContext(connection) as queries:
            Society.objects.bulk_create(new)
        return len(queries)

    assert asked(3) == asked(30)
    assert len(set(slugs())) == 33


@pytest.mark.django_db
def test_societies_that_were_there_before_get_an_address_each():
    for number, name in enumerate(("Society of Counting", "Society of Counting!", "数学")):
        Society.objects.create(official_name=name, country="GB", slug=f"old-{number}")
    MIGRATION.give_slugs(apps, None)
    assert slugs() == ["society-of-counting", "society-of-counting-gb", "数学"]
