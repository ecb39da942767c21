"""From a file to a published version: what is kept, what is refused, what the officers are told."""

import datetime

import pytest

from letters.draft import actions
from letters.lifecycle import NotNow
from letters.models import Letter, Mail, State, Version, database_now
from letters.text.canonical import Refused, content_hash
from letters.text.reading import Unreadable
from tests import factories

pytestmark = pytest.mark.django_db


def test_new_letter_holds_the_text_its_hash_and_its_coordinator():
    letter = factories.drafted()
    version = letter.versions.get()
    assert (letter.slug, letter.title, letter.state) == (
        "a-joint-letter-on-counting",
        "A joint letter on counting",
        "draft",
    )
    assert version.content_hash == content_hash(version.text)
    assert [person.user.email for person in letter.coordinators.all()] == ["alice@desk.example"]


def test_two_letters_with_one_title_get_different_addresses():
    assert factories.drafted().slug != factories.drafted().slug


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("letter.docx", b"not a zip", "letter.docx"),
        ("letter.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "letter.docx"),
        ("letter.md", b"", "letter.md"),
        ("letter.md", b"# Title\n\nA line with \x07 in it.\n", "U+0007"),
        ("letter.md", "# Title\n\nA line with \u202e in it.\n".encode(), "U+202E"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence_and_leaves_nothing(name, data, sentence):
    with pytest.raises((Unreadable, Refused), match=sentence.replace("+", r"\+")):
        actions.new_letter(by=factories.alice(), upload=actions.Upload(name, data), convener="C", now=database_now())
    assert Letter.objects.count() == 0


def test_publish_puts_the_version_on_the_table():
    letter = factories.reviewed()
    assert (letter.state, letter.on_the_table.number) == (State.REVIEW, 1)
    assert letter.on_the_table.circulated_at is not None


def test_publish_twice_is_refused():
    letter = factories.reviewed()
    with pytest.raises(NotNow, match="already published"):
        actions.publish(
            by=factories.alice(), version=letter.versions.get(), change="first", note="", now=database_now()
        )


def test_a_second_text_carries_block_ids_and_says_what_changed():
    letter = factories.signing_open()
    version = factories.second_version(letter)
    before = {block["text"]: block["id"] for block in letter.on_the_table.blocks}
    after = {block["text"]: block["id"] for block in version.blocks}
    same = before.keys() & after.keys()
    assert len(same) == len(before) - 1
    assert all(before[text] == after[text] for text in same)
    assert "1 sentence changed in What was counted" in version.summary


def test_a_second_text_while_signing_reopens_with_it_and_tells_every_officer():
    letter = factories.signing_open()
    factories.signed(letter, "bob")
    factories.second_version(letter)
    letter = factories.fresh(letter)
    assert (letter.state, letter.on_the_table.number) == (State.SIGNING, 2)
    told = {mail.to_email: mail.text for mail in Mail.objects.filter(kind="new_version")}
    assert len(told) == 4
    assert "signed version 1, not yet version 2" in told["bob@north.example"]
    assert "not yet version 2" not in told["carol@sud.example"]


def test_uploading_again_replaces_the_unpublished_text_only():
    letter = factories.signing_open()
    for text in (factories.LATER, factories.LATER.replace("ten", "twelve")):
        actions.add_version(by=factories.alice(), letter=letter, upload=factories.upload(text), now=database_now())
    assert list(letter.versions.values_list("number", flat=True)) == [1, 2]
    assert "twelve" in letter.versions.get(number=2).text


def test_the_same_words_are_not_a_new_version():
    letter = factories.signing_open()
    with pytest.raises(NotNow, match="same words as version 1"):
        actions.add_version(by=factories.alice(), letter=letter, upload=factories.upload(), now=database_now())


def test_after_the_close_no_text_comes_in():
    letter = factories.closed()
    with pytest.raises(NotNow, match="can no longer change"):
        actions.add_version(
            by=factories.alice(), letter=letter, upload=factories.upload(factories.LATER), now=database_now()
        )
    assert Version.objects.count() == 1


def test_terms_need_a_deadline_ahead_and_a_letter_not_yet_open():
    letter = factories.drafted()
    with pytest.raises(NotNow, match="must lie ahead"):
        factories.terms(letter, days=-1)
    with pytest.raises(NotNow, match="can still be extended"):
        factories.terms(factories.signing_open())


def test_who_signs_cannot_change_once_societies_are_listed():
    letter = factories.reviewed()
    factories.listed(letter)
    with pytest.raises(NotNow, match="can no longer change"):
        factories.terms(letter, officers_asked="each")


def test_the_real_letter_has_four_changed_blocks_between_its_versions(inputs):
    first, second = (actions.Upload(name, (inputs / name).read_bytes()) for name in (
        "multisociety-letter-v1.docx", "multisociety-letter-v2.docx",
    ))  # fmt: skip
    now = database_now()
    letter = actions.new_letter(by=factories.alice(), upload=first, convener="C", now=now)
    actions.publish(by=factories.alice(), version=letter.versions.get(), change="first", note="", now=now)
    later = now + datetime.timedelta(seconds=1)
    version = actions.add_version(by=factories.alice(), letter=factories.fresh(letter), upload=second, now=later)
    before = {block.id: block.text for block in letter.versions.get(number=1).parts}
    changed = [block for block in version.parts if before.get(block.id) != block.text]
    assert len(changed) == 4
    assert {block.id for block in version.parts} == set(before)
