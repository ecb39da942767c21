"""How long the certificate of the seal is good for, as a sentence while there is something to do about it."""

from datetime import datetime, timedelta

from cryptography import x509

# Long enough to buy a certificate and have a committee agree to it.
NOTICE = timedelta(days=60)


def ending(certificate: bytes, now: datetime) -> str:
    """What is to be done about a certificate (PEM) that runs out within NOTICE or has; empty for any other."""
    until = x509.load_pem_x509_certificate(certificate).not_valid_after_utc
    day = f"{until.day} {until:%B %Y}"
    if now >= until:
        return f"The certificate that seals PDFs ran out on {day}: nothing is sealed until another is in place."
    if now >= until - NOTICE:
        return f"The certificate that seals PDFs runs out on {day}: have another put in place before that day."
    return ""


def expired(certificate: bytes, now: datetime) -> bool:
    """True when a certificate (PEM) is no longer valid, and a seal made with it would be worth nothing."""
    return now >= x509.load_pem_x509_certificate(certificate).not_valid_after_utc
