"""What allauth asks about keys: the site's name and address, the kept secret of an app, the picture to scan."""

import base64
from urllib.parse import urlsplit

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings

from letters.models import User
from letters.models.link import derived


class KeyAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Passkeys belong to the configured address, never to the Host header of a request."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That was not accepted. Try once more, or take another way.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Name and host for which passkeys are made (WebAuthn, relying party)."""
        return {"id": urlsplit(settings.SITE_URL).hostname or "localhost", "name": settings.SITE_NAME}

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        """A name that tells the passkeys of one person apart."""
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}" if count else "Passkey"

    def build_totp_svg(self, url: str) -> str:
        """The picture an authenticator app scans, as SVG without styles."""
        return str(segno.make(url, error="m").svg_inline(scale=5, border=4, light="#fff", omitsize=False))

    def encrypt(self, text: str) -> str:
        """The secret of an app as it is stored: a copy of the database alone opens nothing."""
        return self._box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret again; raises InvalidToken under another SIGNON_SECRET_KEY."""
        return self._box().decrypt(encrypted_text.encode()).decode()

    @staticmethod
    def _box() -> Fernet:
        return Fernet(base64.urlsafe_b64encode(derived("keys", "stored")))
