"""The seal, from the environment: where its key is (PKCS#12, PKCS#11, or the data folder), and what confirms it."""

from django.core.exceptions import ImproperlyConfigured

from signon import env


def in_file() -> tuple[str, str]:
    """The PKCS#12 file and its password; empty for none."""
    return env.text("SIGNON_SEAL_P12", ""), env.secret("SIGNON_SEAL_P12_PASSWORD", "")


def in_token(p12: str) -> tuple[str, str, str, str, str]:
    """Module, label of the token, label of the key, PIN and certificate's file; raises ImproperlyConfigured."""
    module, pin = env.text("SIGNON_SEAL_PKCS11", ""), env.secret("SIGNON_SEAL_PKCS11_PIN", "")
    token, key = env.text("SIGNON_SEAL_PKCS11_TOKEN", ""), env.text("SIGNON_SEAL_PKCS11_KEY", "")
    if module and not (token and key):
        raise ImproperlyConfigured("SIGNON_SEAL_PKCS11 needs SIGNON_SEAL_PKCS11_TOKEN and SIGNON_SEAL_PKCS11_KEY.")
    if module and p12:
        raise ImproperlyConfigured("Set SIGNON_SEAL_PKCS11 or SIGNON_SEAL_P12: a PDF is sealed with one key.")
    return module, token, key, pin, env.text("SIGNON_SEAL_PKCS11_CERTIFICATE", "")


LEVELS = ("", "B-T", "B-LT", "B-LTA")


def stamps() -> tuple[str, str, str]:
    """Address of the time-stamp authority, file of its roots, and level of the seal; raises ImproperlyConfigured."""
    address, roots = env.text("SIGNON_TSA_URL", ""), env.text("SIGNON_TSA_ROOTS", "")
    level = env.text("SIGNON_SEAL_LEVEL", "")
    if address and not (roots and address.startswith(("https://", "http://"))):
        raise ImproperlyConfigured("SIGNON_TSA_URL must be an https:// or http:// address with SIGNON_TSA_ROOTS set.")
    if level not in LEVELS:
        raise ImproperlyConfigured(f"SIGNON_SEAL_LEVEL is {level!r}; write B-T, B-LT, B-LTA or nothing.")
    if level and not address:
        raise ImproperlyConfigured(f"SIGNON_SEAL_LEVEL is {level}, which needs time-stamps: set SIGNON_TSA_URL.")
    return address, roots, level
