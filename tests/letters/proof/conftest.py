"""One honest letter, sealed once for all tests of proof."""

import pytest

from tests.letters.proof import world


@pytest.fixture(scope="session")
def honest() -> world.World:
    return world.honest()


@pytest.fixture(scope="session")
def honest_pdf(honest) -> bytes:
    return honest.pdf()


@pytest.fixture(scope="session")
def honest_zip(honest) -> bytes:
    return honest.zip()


@pytest.fixture(scope="session")
def stamped_pdf() -> bytes:
    """The same letter with a time-stamp in its seal."""
    return world.stamped().pdf()
