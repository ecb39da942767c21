"""A seal made to last gets the same verdict from the saved page and from the command line, and no altered one holds."""

import base64

import pytest
from playwright.sync_api import Page

from letters.proof.verify import verify_file
from tests.letters.proof import world
from tests.letters.proof.asked import holding
from tests.letters.proof.mutate import flips, mutants
from tests.letters.proof.parts import held_mutants

pytestmark = pytest.mark.journey

HOW = {
    "archived": {},
    "answered": {"archive": False},
    "by a responder": {"archive": False, "delegated": True},
    "by the issuer": {"archive": False, "along": True},
    "by lists": {"archive": False, "without": "ocsp"},
}


class Files:
    """Made before the browser starts and keeps asyncio."""

    def __init__(self) -> None:
        self.holding = {name: world.lasting(**how) for name, how in HOW.items()}
        self.behind = [one for name in list(HOW)[1:] for one in held_mutants(self.holding[name])]


@pytest.fixture(scope="module")
def files() -> Files:
    return Files()


def told(page: Page, data: bytes, trusted: tuple[str, ...] = ()) -> dict:
    given = [base64.b64encode(data).decode(), list(trusted)]
    return page.evaluate("([data, keys]) => verify(ascii(atob(data)), keys)", given)


@pytest.mark.parametrize("name", HOW)
def test_both_say_the_same_of_what_confirms_the_seal(saved: Page, files: Files, name: str) -> None:
    data = files.holding[name]
    facts = dict(verify_file(data).facts)
    for trusted in ((), (facts["Certificate SHA-256"], facts["Time-stamp root SHA-256"])):
        ours, theirs = verify_file(data, trusted=[key.encode() for key in trusted]), told(saved, data, trusted)
        assert ours.ok and theirs["ok"]
        last = ours.proven[-3 if name == "archived" else -2 :]
        assert "was revoked when the seal was made" in last[1]
        assert theirs["proven"][-len(last) :] == last
        assert dict(theirs["facts"]).get("Archive time-stamp") == facts.get("Archive time-stamp")


def test_no_altered_one_holds(saved: Page, files: Files) -> None:
    whole = files.holding["archived"]
    start = whole.index(b"%%EOF", whole.index(b"/ByteRange"))
    made = [
        *mutants(whole, 100, seed=34),
        *((what, whole[:start] + tail) for what, tail in mutants(whole[start:], 100, seed=35)),
        *flips(whole, range(start, len(whole), 197)),
        *files.behind[::60],
        ("taken away", whole[: start + 6]),
        ("of another", whole[: start + 6] + files.holding["answered"][start + 6 :]),
    ]
    assert holding(saved, made) == []
