"""A stage put back is the stage that was built, and whatever could make it another one has it built anew."""

import pytest
from django.db import transaction

from letters.models import Event, Letter, User
from tests import factories, stages

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> list[str]:
    """The names of the people who were really made."""
    return []


@pytest.fixture
def person(built):
    @stages.kept
    def make(name: str) -> User:
        built.append(name)
        return User.objects.create_user(f"{name}@desk.example", name)

    return make


def undone(stage, *arguments):
    """What a test got that began with this stage, as the rows and the result; afterwards the database is as before."""
    stages.standing.begin()
    with transaction.atomic():
        made = stage(*arguments)
        found = stages.written()
        transaction.set_rollback(True)
    return made, found


def test_what_is_put_back_is_what_was_built(built, person):
    first, second = undone(person, "Ada"), undone(person, "Ada")
    assert built == ["Ada"]
    assert first == second
    assert first[1][User]
    assert (first[0].name, first[0].pk) == (second[0].name, second[0].pk) and first[0] is not second[0]


def test_a_stage_that_changes_and_removes_rows_of_another_is_put_back_on_it():
    def later() -> Letter:
        letter = factories.signing_open()
        return renamed(letter)

    @stages.kept
    def renamed(letter: Letter) -> Letter:
        Letter.objects.filter(pk=letter.pk).update(title="Another title")
        Event.objects.filter(letter=letter).order_by("-pk").first().delete()
        return factories.fresh(letter)

    first, second = undone(later), undone(later)
    assert first == second
    assert second[0].title == "Another title"
    events, before = (undone(stage)[1][Event] for stage in (later, factories.signing_open))
    assert len(events) == len(before) - 1


def test_a_stage_upon_a_stage_is_put_back_too(built, person):
    def both():
        return person("Ada"), person("Bea")

    assert undone(both) == undone(both)
    assert built == ["Ada", "Bea"]


def test_what_somebody_wrote_meanwhile_has_the_next_stage_built(built, person):
    def meanwhile():
        person("Ada")
        User.objects.filter(name="Ada").update(name="Ada L.")
        return person("Bea")

    undone(meanwhile)
    undone(meanwhile)
    assert built == ["Ada", "Bea", "Bea"]


def test_other_settings_and_other_words_have_a_stage_built(built, person, settings):
    undone(person, "Ada")
    undone(person, "Bea")
    settings.SITE_NAME = "Elsewhere"
    undone(person, "Ada")
    undone(person, "Ada")
    assert built == ["Ada", "Bea", "Ada"]


def test_a_stage_is_built_anew_after_a_while(built, person, monkeypatch):
    undone(person, "Ada")
    monkeypatch.setattr(stages, "FRESH", 0)
    undone(person, "Ada")
    assert built == ["Ada", "Ada"]


def test_mails_that_a_stage_sent_are_put_back(mailoutbox):
    @stages.kept
    def sent() -> None:
        letter = factories.signing_open()
        factories.work()
        assert letter.pk

    undone(sent)
    first = [mail.subject for mail in mailoutbox]
    mailoutbox.clear()
    undone(sent)
    assert [mail.subject for mail in mailoutbox] == first != []
