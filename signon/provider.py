"""The mail provider whose reports of delivered and returned mail are taken, from the environment; none by default."""

import dataclasses

from django.core.exceptions import ImproperlyConfigured

from signon import env

# What django-anymail calls the secret of each provider.
SECRETS = {"postmark": "WEBHOOK_SECRET", "mailgun": "MAILGUN_WEBHOOK_SIGNING_KEY"}


@dataclasses.dataclass(frozen=True, slots=True)
class Provider:
    """The name of the provider, "" for none, and the settings of django-anymail."""

    name: str
    anymail: dict[str, str]


def read() -> Provider:
    """Raises ImproperlyConfigured for a provider nobody knows, or without a secret that proves its reports."""
    name = env.text("SIGNON_MAIL_PROVIDER", "")
    if not name:
        return Provider("", {})
    if name not in SECRETS:
        raise ImproperlyConfigured(f"SIGNON_MAIL_PROVIDER is {name!r}; write postmark, mailgun or nothing.")
    secret = env.secret("SIGNON_MAIL_WEBHOOK_SECRET", "")
    if not secret:
        raise ImproperlyConfigured("Set SIGNON_MAIL_WEBHOOK_SECRET; without it anyone could report mail as returned.")
    if name == "postmark" and ":" not in secret:
        raise ImproperlyConfigured("SIGNON_MAIL_WEBHOOK_SECRET for Postmark is a name and a password: name:password.")
    return Provider(name, {SECRETS[name]: secret})
