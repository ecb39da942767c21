"""Fixtures every test may use; the cast and the stages of a letter live in factories.py."""

import gc
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.test import Client, override_settings

from letters.models import Letter, User
from letters.record import cached
from tests import examples, factories, stages

ROOT = Path(__file__).resolve().parent.parent

hypothesis.settings.load_profile(examples.FULL)
gc.set_threshold(50_000, 20, 50)  # a test makes many objects and little rubbish in circles


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end; looking through it again and again would find no rubbish."""
    gc.freeze()


@pytest.fixture(scope="session")
def inputs() -> Path:
    """The folder of real letters and society lists that lies beside a development checkout."""
    folder = ROOT.parent / "shared" / "inputs"
    if not folder.is_dir():
        pytest.skip(f"no folder of real letters at {folder}")
    return folder


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Path]:
    """Keys, documents, mails and counted attempts of this run of the tests lie in a place of their own."""
    folder = tmp_path_factory.mktemp("data")
    caches = {name: {**made, "KEY_PREFIX": worker_id} for name, made in settings.CACHES.items()}
    own = {"DATA": folder, "EMAIL_FILE_PATH": folder / "mail", "CACHES": caches}
    # Each browser of a test makes the middleware anew; it need not look through all static files each time.
    with override_settings(**own, WHITENOISE_AUTOREFRESH=True):
        yield folder


@pytest.fixture(autouse=True)
def no_page_kept() -> None:
    """No test is answered with a public page of another one."""
    cached.forget()


@pytest.fixture(autouse=True)
def nothing_known_of_rows() -> None:
    """What the stages knew of the rows of another test is no more."""
    stages.standing.begin()


@pytest.fixture
def own_limits() -> Iterator[None]:
    """Rate limits that no other test has used up."""
    caches = {name: {**made, "KEY_PREFIX": secrets.token_hex(8)} for name, made in settings.CACHES.items()}
    with override_settings(CACHES=caches):
        yield


@pytest.fixture
def enter(client: Client) -> Callable[[Letter, str], Client]:
    """A browser that came in by the personal link of bob, erin, carol or sato."""

    def come_in(letter: Letter, name: str) -> Client:
        client.get(f"/i/{factories.link_of(letter, name).token}")
        return client

    return come_in


@pytest.fixture
def desk(client: Client) -> Client:
    """A browser in which Alice is signed in."""
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of_alice()
    return client


@stages.kept
def session_of_alice() -> str:
    """The key of a session in which Alice used a passkey just now."""
    client = by_key(signed_in(Client(), factories.alice()), factories.alice())
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def by_key(client: Client, user: User, *, minutes_ago: float = 0) -> Client:
    """`client`, in which `user` used a passkey that long ago."""
    session = client.session
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "at": time.time() - 60 * minutes_ago}
    ]
    session.save()
    return client


def signed_in(client: Client, user: User) -> Client:
    """`client` with `user` signed in, without a recent check of presence."""
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def filled_in(page, **changes) -> dict:
    """What a browser would send from the page of a mail draft, with some of it changed."""
    form = page.context["form"]
    data = {"seen": page.context.get("now_seen") or form["seen"].value(), "going": form["going"].value()}
    data |= {field.html_name: field.value() for field in form.texts()}
    return data | changes
