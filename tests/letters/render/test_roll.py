"""What is said of all signatories together, and that they may stand in a file meanwhile."""

from letters.proof import kinds
from letters.render.roll import Roll
from letters.render.sheet import Signatory
from letters.render.signatories import Kept, shown
from tests.letters.render.sheets import signatory

PEOPLE = (
    signatory("A", interests="A grant."), signatory("A", printed_name="Second", interests="A grant."),
    signatory("A", printed_name="Third", interests="A patent."), signatory("B", country="GB"), signatory("A"),
    signatory("F", kind="organisation", country="FR"), signatory("G", kind="organisation", interests="Shares"),
    signatory("P", kind="person"), signatory("C"), signatory("C", country="日"),
)  # fmt: skip


def test_roll_counts_as_kinds_does():
    roll = Roll.of(PEOPLE)
    signers = [(one.kind, one.society) for one in PEOPLE]
    said = [(one.kind, one.society, one.interests) for one in PEOPLE]
    assert roll.signed == kinds.numbers(signers) == {"": 3, "organisation": 2, "person": 1}
    assert roll.silent == kinds.numbers(kinds.silent(said)) == {"": 2, "organisation": 1, "person": 1}
    assert roll.declared == kinds.declared(said)[0] == {"A": ["A grant.", "A patent."], "G": ["Shares"]}


def test_roll_counts_rows_groups_and_countries_of_rows():
    roll = Roll.of(PEOPLE)
    assert (roll.signatories, roll.rows) == (10, 7)
    assert roll.groups == [("", 2), ("organisation", 2), ("person", 1), ("", 1)]
    assert roll.countries == {"US", "GB", "FR"}
    assert {"日", "A", "."} <= roll.characters


def test_nobody_has_a_roll_too():
    assert Roll.of(()) == Roll()


def test_signatories_in_a_file_are_the_same_each_time(tmp_path):
    records = [
        {"society": f"Société {at}\n", "short_name": "S", "country": "US", "printed_name": "𠮷 “A”", "office": "",
         "receipt": f"R-{at}", "interests": "None,\tnone", "statement": "long"} | ({"kind": "person"} if at else {})
        for at in range(3)
    ]  # fmt: skip
    kept = Kept(tmp_path / "signatories")
    assert list(kept.passing(records)) == records
    made = [Signatory(*shown(record)) for record in records]
    assert (len(kept), list(kept), list(kept)) == (3, made, made)
    assert made[1] == Signatory("Société 1\n", "S", "US", "𠮷 “A”", "", "R-1", "person", "None,\tnone")
