"""What the DNS says about the domain our mails come from: SPF, DKIM and DMARC, each as one sentence."""

import dataclasses
from collections.abc import Sequence

import dns.exception
import dns.resolver
from django.conf import settings

PATIENCE = 3.0  # seconds for each question
OK, WARN, STOP = "ok", "warn", "stop"


class NoResolver(Exception):
    """No name server can be asked from here."""


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about the domain; `state` is ok, warn or stop."""

    state: str
    sentence: str


def sender_domain() -> str:
    """The part behind the @ of the address our mails come from."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")


def texts(name: str, resolver: dns.resolver.Resolver) -> list[str]:
    """The TXT records of a name, none where there is no such name; raises NoResolver when nobody answers."""
    try:
        answer = resolver.resolve(name, "TXT", lifetime=PATIENCE, search=False)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except (dns.exception.DNSException, OSError) as error:
        raise NoResolver(str(error)) from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def check(domain: str, selectors: Sequence[str], resolver: dns.resolver.Resolver | None = None) -> list[Finding]:
    """SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) of `domain`; raises NoResolver."""
    try:
        asked = resolver or dns.resolver.Resolver()
    except dns.resolver.NoResolverConfiguration as error:
        raise NoResolver(str(error)) from error
    return [_spf(domain, asked), *_dkim(domain, selectors, asked), _dmarc(domain, asked)]


def _spf(domain: str, resolver: dns.resolver.Resolver) -> Finding:
    found = [text for text in texts(domain, resolver) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return Finding(STOP, f"SPF: {domain} has none. Ask its operator to name the servers that may send for it.")
    if len(found) > 1:
        return Finding(STOP, f"SPF: {domain} has {len(found)} records and may have one; receivers take none of them.")
    if found[0].split()[-1].lower() in ("+all", "all", "?all"):
        return Finding(WARN, f"SPF: {domain} lets every server send (“{found[0].split()[-1]}”); end it with -all.")
    return Finding(OK, f"SPF: {domain} names the servers that may send for it.")


def _dkim(domain: str, selectors: Sequence[str], resolver: dns.resolver.Resolver) -> list[Finding]:
    if not selectors:
        return [Finding(WARN, "DKIM: unknown; set SIGNON_DKIM_SELECTORS to the names the mail server signs by.")]
    found = []
    for selector in selectors:
        name = f"{selector}._domainkey.{domain}"
        keys = [_tags(text).get("p", "") for text in texts(name, resolver)]
        if any(keys):
            found.append(Finding(OK, f"DKIM: the key of {name} is there."))
        else:
            why = "is withdrawn" if keys else "is not there"
            found.append(Finding(STOP, f"DKIM: the key of {name} {why}; what is signed by it looks forged."))
    return found


def _dmarc(domain: str, resolver: dns.resolver.Resolver) -> Finding:
    labels = domain.split(".")
    for start in range(max(1, len(labels) - 1)):  # a domain without its own inherits that of the one above
        name = ".".join(labels[start:])
        tags = [_tags(text) for text in texts(f"_dmarc.{name}", resolver)]
        policy = next((tag.get("p", "") for tag in tags if tag.get("v") == "DMARC1"), None)
        if policy == "none":
            return Finding(WARN, f"DMARC: {name} asks receivers to let forged mail through (p=none).")
        if policy:
            return Finding(OK, f"DMARC: {name} asks receivers to {policy} forged mail.")
    return Finding(STOP, f"DMARC: {domain} has none; large mail services put such mail among the unwanted.")


def _tags(text: str) -> dict[str, str]:
    """The tag=value list of a DKIM or DMARC record."""
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip().lower(): value.strip() for name, _, value in pairs if name.strip()}
