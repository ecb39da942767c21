"""Fixtures every test may use; the cast and the stages of a letter live in factories.py."""

import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

from letters.models import Letter, User
from tests import factories

ROOT = Path(__file__).resolve().parent.parent


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
    with override_settings(DATA=folder, EMAIL_FILE_PATH=folder / "mail", CACHES=caches):
        yield folder


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
    return by_key(signed_in(client, factories.alice()), factories.alice())


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
