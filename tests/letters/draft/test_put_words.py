"""Words that a comment proposes, put into the next version."""

import pytest

from letters.models import Version
from tests import factories
from tests.letters.comment.test_actions import sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter():
    return factories.signing_open()


def test_put_words_starts_the_next_version_with_nothing_else_changed(letter, desk):
    (made,) = sent(letter, "bob", proposed="The authors counted to *nine*. Most societies count to ten.")
    answer = desk.post(f"/manage/{letter.slug}/text/put/{made.pk}")
    assert answer["Location"] == f"/manage/{letter.slug}/text"
    waiting = Version.objects.get(letter=letter, circulated_at=None)
    before = {part.id: part for part in letter.on_the_table.parts}
    assert [part.id for part in waiting.parts] == list(before)
    changed = [part for part in waiting.parts if part != before[part.id]]
    assert [part.html for part in changed] == ["The authors counted to <em>nine</em>. Most societies count to ten."]
    assert "1 sentence changed in What was counted" in waiting.summary or "changed" in waiting.summary


def test_put_words_of_two_comments_stand_together(letter, desk):
    one, two = sent(letter, "bob", proposed="Most societies count to ten."), sent(
        letter, "carol", words="Fingers", proposed="Fingers and thumbs were left out."
    )  # fmt: skip
    for made in (*one, *two):
        desk.post(f"/manage/{letter.slug}/text/put/{made.pk}")
    waiting = Version.objects.get(letter=letter, circulated_at=None)
    assert {"Most societies count to ten.", "Fingers and thumbs were left out."} <= {p.text for p in waiting.parts}


def test_put_words_where_the_paragraph_reads_otherwise_is_left_to_a_person(letter, desk):
    (made,) = sent(letter, "bob", proposed="Most societies count to eleven.")
    factories.second_version(letter)
    assert "Put these words" not in desk.get(f"/manage/{letter.slug}/comments").content.decode()
    page = desk.post(f"/manage/{letter.slug}/text/put/{made.pk}", follow=True).content.decode()
    assert "Paragraph 1 of what was counted reads otherwise by now" in page
    assert not Version.objects.filter(letter=letter, circulated_at=None).exists()


def test_put_words_needs_a_proposal(letter, desk):
    (made,) = sent(letter, "bob")
    page = desk.post(f"/manage/{letter.slug}/text/put/{made.pk}", follow=True).content.decode()
    assert "This comment proposes no words." in page
