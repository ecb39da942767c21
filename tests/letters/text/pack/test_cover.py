"""Tests of the covering letter: its fields, its sentences, its default words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.text.pack.cover import DEFAULT, FIELDS, BadCover, check, covering_letter, fill, values
from letters.text.pack.matter import Target
from letters.text.pack.people import AUTHOR, Contributor, People
from letters.text.pack.tongues import LANGUAGES, words_of
from tests.letters.text.pack.cases import COMMENTS, PERSONS, SLOTS, matter

EMPTY = dict.fromkeys(FIELDS, "")


def test_the_default_letter():
    assert covering_letter(matter()) == (
        "For: Journal of Tests\n\nDear Editor,\n\n"
        "I ask you to publish the enclosed letter, “Response to a guideline”. I write on behalf of 2 societies. "
        "It is endorsed, not authored, by 1 society.\n\n"
        "It answers:\n- Busse JW, et al. A guideline. BMJ 2025;388:e079970. doi:10.1136/bmj-2024-079970\n\n"
        "We ask the journal to retract the guideline.\n\n"
        "Length: 10 words, not counting references, author details and signatories.\n\n"
        "Competing interests: 1 of the 3 named declared some, see the enclosed list.\n\n"
        "Atlantic Spine Society convened the societies. The list of signatories was closed on 18 March 2025. "
        "The signed text and every signatory can be checked at https://signon.example/v/1.\n\n"
        "The text has not been made public and is with no other journal.\n\n"
        "Please let me know in a line that you have received this.\n\n"
        "Yours sincerely,\n\nBob Stone\nPresident\nAtlantic Spine Society\nbob@asis.example\n"
    )


def test_what_has_nothing_to_say_leaves_no_hole():
    alone = Contributor(AUTHOR, given="Ada", family="Berg")
    bare = matter(
        people=People((alone,), alone), targets=(), convener="", dated=None, verify="", remedy="", public="online"
    )
    assert covering_letter(bare) == (
        "For: Journal of Tests\n\nDear Editor,\n\n"
        "I ask you to publish the enclosed letter, “Response to a guideline”.\n\n"
        "Length: 10 words, not counting references, author details and signatories.\n\n"
        "Competing interests: none were declared.\n\nThe text can already be read at online.\n\n"
        "Please let me know in a line that you have received this.\n\nYours sincerely,\n\nAda Berg\n"
    )


def test_persons_who_write_for_societies_are_named():
    said = covering_letter(matter(people=PERSONS, venue=SLOTS))
    assert "It is written by Bob Stone on behalf of 2 societies." in said
    assert "I write on behalf" not in said


def test_a_response_is_posted_not_published():
    said = covering_letter(matter(venue=COMMENTS, full="The whole letter"))
    assert "I ask you to post the enclosed response, “Response to a guideline”." in said
    assert "It is a summary of their letter “The whole letter”." in said


def test_a_parallel_submission_asks_all_editors():
    said = covering_letter(matter(elsewhere=("Spine Letters", "Pain Letters")))
    assert (
        "The same statement is being submitted to Spine Letters and Pain Letters. As ICMJE recommends for a text that "
        "goes to more than one journal, we ask you and the editors of Spine Letters and Pain Letters for your "
        "permission, and will tell each of you what the others answer."
    ) in said
    assert "no other journal" not in said


def test_permissions_on_record_are_not_asked_for_again():
    said = covering_letter(matter(elsewhere=("Spine Letters",), permitted=True))
    assert (
        "The same statement is being submitted to Spine Letters. You and the editors of Spine Letters have given your "
        "permission, as ICMJE recommends."
    ) in said
    assert "ask you and the editors" not in said


def test_a_target_says_its_doi_once():
    targets = (Target("10.1/A"), Target("10.1/b", "Wang X. BMJ. doi:10.1/B."), Target("10.1/c", "Li Y. BMJ."))
    assert values(matter(targets=targets))["targets"] == (
        "\n- doi:10.1/A\n- Wang X. BMJ. doi:10.1/B\n- Li Y. BMJ. doi:10.1/c"
    )


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("Dear {jurnal},", "There is no field {jurnal} in the covering letter; did you mean {journal}?"),
        ("Dear {},", f"There is no field {{}} in the covering letter; there are: {', '.join(FIELDS)}."),
        ("Dear {journal,", "A brace stands alone in the covering letter; a field is written as {journal}."),
    ],
)
def test_an_unknown_field_is_an_error_that_names_it(template, sentence):
    with pytest.raises(BadCover) as error:
        covering_letter(matter(), template)
    assert str(error.value) == sentence


def test_every_field_has_a_value_and_the_default_uses_only_fields():
    check(DEFAULT)
    assert set(values(matter())) == set(FIELDS)


def test_only_the_sentence_around_a_field_goes():
    said = EMPTY | {"journal": "J. Tests"}
    assert fill("One. To {journal}! By {convener}? Two.\n\n{title}\n\nEnd {journal}", said) == (
        "One. To J. Tests! Two.\n\nEnd J. Tests\n"
    )


def test_a_value_is_never_read_as_a_template():
    assert fill("To {journal}.", EMPTY | {"journal": "{title}. {nothing}"}) == "To {title}. {nothing}.\n"


@given(st.sampled_from(sorted(LANGUAGES)), st.lists(st.sampled_from(sorted(FIELDS)), unique=True))
@settings(deadline=None)
def test_whatever_is_empty_no_brace_and_no_gap_is_left(language, empty):
    said = values(matter(elsewhere=("X",), full="Y", public="Z", cover_language=language)) | dict.fromkeys(empty, "")
    made = fill(words_of(language).template, said)
    assert "{" not in made and "\n\n\n" not in made and "  " not in made and " .\n" not in made
    assert made.endswith("\n") and not made.endswith("\n\n")
