"""A DOI however it is typed comes to one form, and what is none is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text.doi import BadDoi, normal_doi

SUFFIX = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_/()", min_size=1, max_size=30).filter(
    lambda text: text[-1].isalnum()
)


@pytest.mark.parametrize(
    "typed",
    [
        "10.1136/bmj.r179",
        " 10.1136/BMJ.R179. ",
        "doi:10.1136/bmj.r179",
        "DOI: https://doi.org/10.1136/bmj.r179",
        "http://dx.doi.org/10.1136/bmj.r179,",
        "https://doi.org/10.1136%2Fbmj.r179",
        "doi.org/10.1136/bmj.r179)",
    ],
)
def test_all_spellings_are_one_doi(typed):
    assert normal_doi(typed) == "10.1136/bmj.r179"


def test_a_bracket_opened_inside_stays():
    assert normal_doi("10.1016/0304-3959(94)90012-4.") == "10.1016/0304-3959(94)90012-4"


@pytest.mark.parametrize(
    "typed", ["", "bmj.r179", "10.11/x", "https://example.org/10.1136/", "10.1136/a b", "10.1136/" + "x" * 300]
)
def test_what_is_no_doi_is_refused_with_a_sentence(typed):
    with pytest.raises(BadDoi, match="Write the DOI as it stands on the paper"):
        normal_doi(typed)


@given(st.integers(1000, 99999), SUFFIX, st.sampled_from(["", "doi:", "https://doi.org/", "DOI: http://dx.doi.org/"]))
def test_normal_is_normal_with_any_lead(prefix, suffix, lead):
    doi = f"10.{prefix}/{suffix}"
    normal = normal_doi(lead + doi.upper() if not lead.startswith("http") else lead + doi)
    assert normal_doi(normal) == normal
    assert normal == normal_doi(doi)


@given(st.text(max_size=60))
def test_anything_is_a_doi_in_one_form_or_refused(typed):
    try:
        normal = normal_doi(typed)
    except BadDoi:
        return
    assert normal.startswith("10.") and "/" in normal and normal == normal.lower()
    assert normal_doi(normal) == normal
