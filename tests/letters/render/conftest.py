"""One set of keys and one sealed letter, made once for all tests of render."""

import os
from datetime import UTC, datetime

import pytest

from letters.render import keys as key_files
from letters.render.pdf import paper
from letters.render.seal import seal
from tests.letters.render.sheets import site

WHEN = datetime(2025, 3, 18, 17, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    return key_files.load(tmp_path_factory.mktemp("keys"), name="Signon test")


@pytest.fixture(scope="session")
def letter(keys):
    """A letter of many scripts with its evidence, not yet sealed."""
    world = site(keys)
    return paper(world.sheet(), world.files())


@pytest.fixture(scope="session")
def sealed(keys, letter):
    return seal(letter, keys, reason="Seal of edition 1", location="https://signon.example", when=WHEN)


@pytest.fixture
def one_processor():
    """One child draws all; shared among many it would take too little for any limit."""
    all_of_them = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_of_them)})
    yield
    os.sched_setaffinity(0, all_of_them)
