"""PostgreSQL crashes while forty societies sign: what was acknowledged is there, and trying again gives a receipt."""

import pytest

from tests import services
from tests.faults import acts
from tests.faults.crowd import Act, crowd
from tests.faults.machines import crashed, home_of, restarted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
SOCIETIES = 40


def test_a_crash_loses_no_acknowledged_signature(environment: dict[str, str]):
    with services.postgres() as url, crowd(environment | {"DATABASE_URL": url}, processes=3) as people:
        home = home_of(url)
        crashed(home)
        with restarted(home):  # the throwaway one does not wait for its disk; this one does
            slug, words, links = people.ask(acts.opened_anew, SOCIETIES)
            signers = [Act(acts.sign, (link, words), place / 100) for place, link in enumerate(links)]
            met = people.together([*signers, Act(acts.crash, (str(home), SOCIETIES // 4))])
        with restarted(home):
            after, faults = people.ask(acts.recorded, slug)
            acknowledged = {link: outcome.value[1] for link, outcome in zip(links, met, strict=False) if outcome.value}
            assert {link: after[link] for link in acknowledged} == {link: [no] for link, no in acknowledged.items()}
            assert faults == []
            again = people.together([Act(acts.sign, (link, words)) for link in links])
            final = people.ask(acts.recorded, slug)
        assert [outcome.error for outcome in again] == [""] * SOCIETIES
        assert final == ({link: [met.value[1]] for link, met in zip(links, again, strict=True)}, [])
    kept = sum(bool(receipts) for receipts in after.values())
    print(f"{len(acknowledged)} acknowledged before the crash, {kept} found after it, {SOCIETIES} after trying again")
    assert 0 < len(acknowledged) < SOCIETIES, "the crash fell outside the signing; that proves nothing"
