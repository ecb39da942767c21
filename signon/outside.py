"""Sign-in by other sites (ORCID, OpenID Connect, SAML), read from the environment; without it there is none of this."""

import dataclasses
import importlib.util
import urllib.parse
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from signon import env

PREFIX = "/signin/with"
PROVIDERS = "allauth.socialaccount.providers"


@dataclasses.dataclass
class Outside:
    """What settings.py takes over; `ways` are names and addresses of the buttons on the sign-in page."""

    apps: list[str] = dataclasses.field(default_factory=list)
    providers: dict[str, Any] = dataclasses.field(default_factory=dict)
    ways: list[tuple[str, str]] = dataclasses.field(default_factory=list)
    # Where a browser may be led by a form (Content-Security-Policy, form-action).
    origins: list[str] = dataclasses.field(default_factory=list)

    def add(self, provider: str, values: dict[str, Any], name: str, path: str) -> None:
        """One more way to sign in."""
        self.apps = [*(self.apps or ["allauth.socialaccount"]), f"{PROVIDERS}.{provider}"]
        self.providers[provider] = values
        self.ways.append((name, f"{PREFIX}/{path}/login/"))


def origin(address: str) -> str:
    """Scheme, host and port of an address."""
    parts = urllib.parse.urlsplit(address)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        raise ImproperlyConfigured(f"“{address}” is no address; write it as https://login.example.")
    return f"{parts.scheme}://{parts.netloc}"


def read() -> Outside:
    """What the environment asks for; raises ImproperlyConfigured for half of a configuration."""
    found = Outside(origins=[origin(address) for address in env.words("SIGNON_SIGNIN_ORIGINS", "")])
    _orcid(found)
    _openid(found)
    _saml(found)
    return found


def _orcid(found: Outside) -> None:
    client = env.text("SIGNON_ORCID_CLIENT_ID", "")
    if client:
        app = {"client_id": client, "secret": env.secret("SIGNON_ORCID_CLIENT_SECRET")}
        found.add("orcid", {"APP": app, "BASE_DOMAIN": "orcid.org", "MEMBER_API": False}, "ORCID", "orcid")
        found.origins.append("https://orcid.org")


def _openid(found: Outside) -> None:
    server = env.text("SIGNON_OIDC_SERVER", "")
    if server:
        name = env.text("SIGNON_OIDC_NAME", "your organisation")
        app = {
            "provider_id": "organisation", "name": name, "client_id": env.text("SIGNON_OIDC_CLIENT_ID"),
            "secret": env.secret("SIGNON_OIDC_CLIENT_SECRET"), "settings": {"server_url": server},
        }  # fmt: skip
        found.add("openid_connect", {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}, name, "oidc/organisation")
        found.origins.append(origin(server))


def _saml(found: Outside) -> None:
    metadata = env.text("SIGNON_SAML_METADATA_URL", "")
    if not metadata:
        return
    if importlib.util.find_spec("onelogin") is None:  # it brings xmlsec, a C library most installations do not need
        raise ImproperlyConfigured("SIGNON_SAML_METADATA_URL is set; install python3-saml or remove the setting.")
    name = env.text("SIGNON_SAML_NAME", "your organisation")
    app = {
        "provider_id": "organisation", "client_id": "organisation", "name": name,
        "settings": {"idp": {"entity_id": env.text("SIGNON_SAML_ENTITY_ID"), "metadata_url": metadata}},
    }  # fmt: skip
    # The operator trusts the organisation's server to state its people's addresses.
    found.add("saml", {"VERIFIED_EMAIL": True, "APPS": [app]}, name, "saml/organisation")
    found.origins.append(origin(metadata))
