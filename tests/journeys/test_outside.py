"""Signing in at another site by OpenID Connect: known people come in, nobody signs up, connecting needs a check."""

import os
import subprocess
import sys

import pytest

from letters.management.seed import COORDINATOR
from tests.journeys import desk
from tests.journeys.provider import providing
from tests.journeys.site import ROOT, environment, serving
from tests.journeys.visitor import DESK, PHONE, SIZES

pytestmark = pytest.mark.journey


@pytest.fixture
def two_sites(bare, tmp_path):
    """A site and the other site at which people sign in."""
    with providing() as provider:
        settings = {
            "SIGNON_OIDC_SERVER": provider.url, "SIGNON_OIDC_NAME": "Society House", "SIGNON_OIDC_CLIENT_ID": "signon",
            "SIGNON_OIDC_CLIENT_SECRET": "not so secret",
        }  # fmt: skip
        with serving(bare, tmp_path / "data", **settings) as running:
            yield running, provider


def allow(visitor, provider):
    """Let this visitor ask the provider, too."""
    visitor.context.remove_listener("request", visitor._asked)
    return visitor


def test_outside_account_with_a_known_verified_address_comes_in(two_sites, visit):
    site, provider = two_sites
    alice = allow(visit(site, PHONE), provider)
    alice.sizes = SIZES
    provider.email = COORDINATOR
    alice.open("/manage/new")
    alice.look("sign-in-outside")
    alice.press("Sign in with Society House")
    assert alice.path() == "/manage/new"


def test_outside_account_nobody_knows_or_vouches_for_stays_outside(two_sites, visit):
    site, provider = two_sites
    stranger = allow(visit(site, DESK), provider)
    stranger.sizes = SIZES
    for email, verified in (("nobody@else.example", True), (COORDINATOR, False)):
        provider.email, provider.verified = email, verified
        stranger.open("/signin")
        stranger.press("Sign in with Society House")
        assert stranger.heading() == "Nobody here is known by that account"
        stranger.look("outside-unknown")
        stranger.open("/me")
        assert stranger.path() == "/signin?next=/me"


def test_outside_account_is_connected_after_a_check_and_then_opens(two_sites, visit):
    site, provider = two_sites
    alice = allow(visit(site, DESK), provider)
    provider.email, provider.verified = "alice.private@else.example", False
    desk.sign_in(alice, site, COORDINATOR)
    alice.open("/me")
    alice.press("Sign in with Society House from now on")
    alice.open("/me/keys/passkey")
    alice.open("/signin/with/")
    assert alice.page.get_by_role("button", name="Disconnect").count() == 1
    alice.look("outside-accounts")
    alice.context.clear_cookies()
    alice.open("/manage/new")
    alice.press("Sign in with Society House")
    assert alice.path() == "/manage/new"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SIGNON_OIDC_SERVER": "https://login.example"}, "Set SIGNON_OIDC_CLIENT_ID"),
        ({"SIGNON_SIGNIN_ORIGINS": "login.example"}, "is no address"),
        ({"SIGNON_ORCID_CLIENT_ID": "a"}, "Set SIGNON_ORCID_CLIENT_SECRET"),
        ({"SIGNON_SAML_METADATA_URL": "https://login.example/metadata"}, "install python3-saml"),
        ({"SIGNON_ORCID_CLIENT_ID": "a", "SIGNON_ORCID_CLIENT_SECRET": "b"}, "no issues"),
    ],
)  # fmt: skip
def test_outside_settings_that_are_half_say_what_is_missing(tmp_path, settings, sentence):
    told = environment(tmp_path, "http://localhost") | settings | {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "check"], env=told, cwd=ROOT, capture_output=True, text=True
    )
    assert sentence in done.stdout + done.stderr
