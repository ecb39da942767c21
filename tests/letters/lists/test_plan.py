"""What a dry run may match by itself and what a person must decide: short names, aliases and domains only hint."""

import csv

import pytest

from letters.lists.listing import BadList, read_listing
from letters.lists.plan import plan
from letters.lists.write import import_societies
from letters.models import Domain, Society, SocietyName, database_now
from tests import factories

pytestmark = pytest.mark.django_db
HEAD = "society,short_name,country,contact_name,office,email,domain,ror\n"
PAIN = "International Association for the Study of Pain,IASP,US,Ann,President,a@one.example,,\n"
SUICIDE = "International Association for Suicide Prevention,IASP,US,Ben,President,b@two.example,,\n"


def listing(text: str):
    return read_listing((HEAD + text).encode(), name="list.csv")


def dry_run(text: str, decisions=None):
    return plan(factories.drafted(), listing(text), decisions)


def states(found) -> list[str]:
    return [entry.state for entry in found.entries]


def test_two_rows_with_one_short_name_wait_for_a_person():
    found = dry_run(PAIN + SUICIDE)
    assert states(found) == ["ambiguous", "ambiguous"]
    assert found.entries[0].why == "Shares the short name IASP with International Association for Suicide Prevention."
    assert [one.value for one in found.entries[0].likely] == ["row-3"]
    assert found.good == []


def test_each_can_be_a_society_of_its_own():
    letter = factories.reviewed()
    found = plan(letter, listing(PAIN + SUICIDE), {2: "new", 3: "new"})
    assert states(found) == ["new", "new"]
    assert import_societies(by=factories.alice(), letter=letter, plan=found, now=database_now()) == 2
    assert Society.objects.filter(short_name="IASP").count() == 2
    again = plan(letter, listing(PAIN + SUICIDE))
    assert states(again) == ["listed", "listed"]


def test_one_row_can_be_the_same_as_another():
    letter = factories.reviewed()
    twin = "Intl. Association for the Study of Pain,IASP,,Cem,Secretary,c@one.example,,\n"
    found = plan(letter, listing(PAIN + twin), {2: "new", 3: "row-2"})
    assert states(found) == ["new", "new"]
    import_societies(by=factories.alice(), letter=letter, plan=found, now=database_now())
    (society,) = Society.objects.all()
    assert (society.officers.count(), letter.invitations.count()) == (2, 1)


def test_two_rows_that_point_at_each_other_stay_open():
    found = dry_run(PAIN + SUICIDE, {2: "row-3", 3: "row-2"})
    assert states(found) == ["ambiguous", "ambiguous"]
    assert found.entries[0].why.startswith("Decide row 3 first.")


def test_a_choice_that_was_not_offered_decides_nothing():
    stranger = Society.objects.create(official_name="Somebody Else")
    assert states(dry_run(PAIN + SUICIDE, {2: f"society-{stranger.pk}", 3: "yes"})) == ["ambiguous", "ambiguous"]


@pytest.mark.parametrize("spelling", ["AAPM", "aapm"])
def test_a_short_name_of_the_registry_only_hints(spelling):
    physicists = Society.objects.create(
        official_name="American Association of Physicists in Medicine", short_name="AAPM", country="US"
    )
    row = f"American Academy of Pain Medicine,{spelling},US,Ann,President,a@painmed.example,,\n"
    (entry,) = dry_run(row).entries
    assert (entry.state, entry.society) == ("ambiguous", None)
    assert [one.label for one in entry.likely] == [
        "The same as American Association of Physicists in Medicine (AAPM, US)"
    ]
    (entry,) = dry_run(row, {2: f"society-{physicists.pk}"}).entries
    assert (entry.state, entry.society) == ("matched", physicists)


def test_an_alias_and_a_domain_only_hint():
    foundation = Society.objects.create(official_name="Foundation for Physical Medicine", country="US")
    SocietyName.objects.create(society=foundation, name="AAPM&R", kind="acronym")
    Domain.objects.create(society=foundation, name="rehab.example", added_at=database_now())
    (entry,) = dry_run("American Academy of Rehabilitation,AAPM&R,US,A,President,a@b.example,,\n").entries
    assert (entry.state, entry.why) == (
        "ambiguous", "Shares the name “AAPM&R” with Foundation for Physical Medicine.",
    )  # fmt: skip
    (entry,) = dry_run("Academy of Rehabilitation,,US,A,President,a@mail.example,www.rehab.example,\n").entries
    assert (entry.state, "the domain rehab.example" in entry.why) == ("ambiguous", True)


def test_a_ror_id_matches_under_another_name_and_speaks_against_the_same_one():
    known = Society.objects.create(official_name="Pain Society", country="GB", ror_id="https://ror.org/00vez3k45")
    (entry,) = dry_run("British Pain Society,,GB,A,President,a@b.example,,00vez3k45\n").entries
    assert (entry.state, entry.society, entry.why) == (
        "matched", known, "Known from the registry, as Pain Society.",
    )  # fmt: skip
    (entry,) = dry_run("Pain Society,,GB,A,President,a@b.example,,https://ror.org/021k9xw90\n").entries
    assert (entry.state, entry.society) == ("ambiguous", None)


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("co.uk,", "Row 2, column “domain”: co.uk is an ending under which anybody may register"),
        ("gmail.com,", "Row 2, column “domain”: Anybody may have an address at gmail.com"),
        (",12345", "Row 2, column “ror”: “12345” is not a ROR id"),
    ],
)
def test_a_domain_nobody_owns_and_a_false_ror_id_refuse_the_row(cells, sentence):
    found = listing(f"S,,GB,A,President,a@s.example,{cells}\n")
    assert (found.rows, found.refused[0].why.startswith(sentence)) == ((), True)


def test_a_merged_society_is_matched_as_the_one_it_was_found_to_be():
    kept = Society.objects.create(official_name="Society of Counting", country="GB")
    Society.objects.create(official_name="Counting Society", country="GB", merged_into=kept)
    (entry,) = dry_run("Counting Society,,GB,A,President,a@b.example,,\n").entries
    assert (entry.state, entry.society) == ("matched", kept)


def test_real_societies_that_share_an_acronym_are_ambiguous_and_the_others_new(inputs):
    with (inputs / "societies-real.csv").open(encoding="utf-8", newline="") as file:
        real = list(csv.DictReader(file))
    foundation = next(row for row in real if row["acronym"] == "FPMR")
    trap = Society.objects.create(official_name=foundation["name"], country="US", ror_id=foundation["ror"])
    SocietyName.objects.create(society=trap, name="AAPM&R", kind="acronym")
    lines = [
        ['"' + row["name"] + '"', row["acronym"], row["country"], "Ann", "President", f"a{n}@mail.example",
         row["domain"], row["ror"]]
        for n, row in enumerate(real)
    ]  # fmt: skip
    found = plan(factories.drafted(), listing("".join(",".join(line) + "\n" for line in lines)))
    by_state = {
        state: [e.row.short_name for e in found.entries if e.state == state] for state in ("ambiguous", "matched")
    }
    assert by_state == {"ambiguous": ["AAPM", "AAPM&R", "IASP", "IASP", "AAPM"], "matched": ["FPMR"]}
    assert (found.count("new"), found.count("refused")) == (len(real) - 6, 0)


def test_a_list_of_societies_without_officers_is_refused_in_one_sentence(inputs):
    with pytest.raises(BadList, match="the column “contact_name” is missing"):
        read_listing((inputs / "societies-real.csv").read_bytes(), name="societies-real.csv")


def test_the_dry_run_asks_the_database_as_often_for_300_rows(django_assert_num_queries):
    letter = factories.drafted()
    for many in (3, 300):
        rows = "".join(f"Society {n},S{n},US,A,President,a{n}@s{n}.example,s{n}.example,\n" for n in range(many))
        found = listing(rows)
        with django_assert_num_queries(4):
            assert plan(letter, found).count("new") == many
