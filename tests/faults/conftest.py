"""What the fault tests share: the environment of other processes, a crowd, and the judgement of a letter's record."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from signon import post
from tests.faults.crowd import Crowd, crowd
from tests.faults.postbox import Postbox

WITHOUT = "needs PostgreSQL and Redis: python -m tests.services -- python -m pytest tests/faults"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without the services the tests that need them say so."""
    if connection.vendor != "postgresql" or not settings.REDIS_URL:
        for item in items:
            if item.get_closest_marker("postgres"):
                item.add_marker(pytest.mark.skip(reason=WITHOUT))


@pytest.fixture(scope="session")
def environment(django_db_setup: None, data_folder: Path) -> dict[str, str]:
    """The environment in which another process is this installation: same test database, keys and files."""
    server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
    return {key: value for key, value in os.environ.items() if not key.startswith("SIGNON_")} | {
        "DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "signon.settings",
        "SIGNON_DATA": str(data_folder),
        "SIGNON_EMBEDDED_WORKER": "0",
        "SIGNON_LOG_LEVEL": "WARNING",
        "SIGNON_SECRET_KEY": settings.SECRET_KEY,
    }


@pytest.fixture(scope="session")
def people(environment: dict[str, str]) -> Iterator[Crowd]:
    """Four processes full of people, started once."""
    with crowd(environment, processes=4) as made:
        yield made


@pytest.fixture
def through(settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[Postbox | int], None]:
    """Send over SMTP to the server at this port from now on, with little patience."""

    def use(server: Postbox | int) -> None:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "signon.post.OverSMTP", "127.0.0.1"
        settings.EMAIL_PORT = server if isinstance(server, int) else server.port
        settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 0.5
        monkeypatch.setattr(post.OverSMTP, "patience", 0.5)
        monkeypatch.setattr(post.OverSMTP, "farewell", 0.2)

    return use
