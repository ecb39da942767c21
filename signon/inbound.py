"""Where mail from journals is taken in, from the environment; by default nowhere."""

from django.core.exceptions import ImproperlyConfigured

from signon import env

SHORTEST = 24  # characters of the secret; fewer could be guessed


def read() -> tuple[str, str]:
    """The folder of the maildir and the secret of the webhook, "" for none; raises ImproperlyConfigured."""
    maildir = env.text("SIGNON_INBOUND_MAILDIR", "")
    secret = env.secret("SIGNON_INBOUND_SECRET", "")
    if secret and len(secret) < SHORTEST:
        raise ImproperlyConfigured(f"SIGNON_INBOUND_SECRET is shorter than {SHORTEST} characters; make a longer one.")
    return maildir, secret
