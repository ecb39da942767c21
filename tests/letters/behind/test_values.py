"""How one society stands, and the counts in words, from values alone."""

import pytest

from letters.behind import Behind, How, Standing, count, place
from letters.models import Delegation, Invitation, Society, SummaryApproval

LEAD, ONE, TWO = (Invitation(pk=pk, society=Society(official_name=f"Society {pk}")) for pk in (1, 2, 3))
YES, NO = SummaryApproval(), SummaryApproval(refused=True)


def left(to):
    return Delegation(to=to)


@pytest.mark.parametrize(
    ("words", "delegations", "how"),
    [
        ({}, {}, How.SILENT),
        ({2: YES}, {}, How.APPROVED),
        ({2: NO}, {}, How.REFUSED),
        ({}, {2: left(LEAD)}, How.LEFT),
        ({1: NO}, {2: left(LEAD)}, How.LEFT),
        ({1: YES}, {2: left(LEAD)}, How.DELEGATED),
        ({1: YES, 2: NO}, {2: left(LEAD)}, How.REFUSED),
        ({1: NO, 2: YES}, {2: left(LEAD)}, How.APPROVED),
        ({3: YES}, {2: left(LEAD), 1: left(TWO)}, How.LEFT),  # one step, not further
    ],
)
def test_how_a_society_stands(words, delegations, how):
    assert place(ONE, words, delegations).how == how


def test_who_is_counted_as_what():
    rows = [
        Behind(LEAD, How.APPROVED),
        Behind(ONE, How.DELEGATED, LEAD),
        Behind(TWO, How.LEFT, ONE),
    ]
    assert count(rows) == Standing(3, 1, 1, 1, 0, 0, (LEAD,), (ONE,))


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(34, 28, 3, 0, 1, 2, (LEAD,)),
         "31 of 34 societies are behind it: 28 approved, 3 leave it to Society 1; 2 have not answered, 1 refused."),
        (Standing(3, 0, 0, 1, 0, 2, (), (LEAD,)),
         "0 of 3 societies are behind it: 2 have not answered, 1 waits for Society 1 to approve."),
        (Standing(1, 1, 0, 0, 0, 0), "1 of 1 societies is behind it: 1 approved."),
        (Standing(0, 0, 0, 0, 0, 0), "0 of 0 societies are behind it."),
    ],
)  # fmt: skip
def test_the_counts_in_words(standing, said):
    assert standing.said == said
