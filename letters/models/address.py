"""What an e-mail address can say: whether many people read it, and whether its domain can be a society's own."""

import functools
import re

from publicsuffixlist import PublicSuffixList

# Words before the @ that name a desk and not a person, wherever they stand among others: nsc.office@, info2@.
_DESKS = (
    "admin administration buero bureau contact contacto enquiries enquiry geschaeftsstelle headoffice helpdesk info "
    "information inquiries kontakt mailbox membership office oficina postmaster reception secretaria secretariat "
    "sekretariat webmaster"
)
DESKS = frozenset(_DESKS.split())
# Words that may also be somebody's name, so they count only where nothing else stands: president@, press.office@.
_ALONE = (
    "administrator advocacy assistant board chair committee communications desk direction director directors elect "
    "events exec executive general hello help hq letters mail management media meeting members policy praesident past "
    "presidence presidencia presidency president presidente presidentelect press registrar secretary service society "
    "staff support team treasurer vice"
)
ALONE = DESKS | frozenset(_ALONE.split())
# Hosts of mailboxes that anybody may open; an address there says nothing about a society.
_PROVIDERS = (
    "126.com 163.com aol.com bluewin.ch btinternet.com comcast.net daum.net duck.com fastmail.com foxmail.com free.fr "
    "freenet.de gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hanmail.net hey.com hotmail.com "
    "hotmail.co.uk hotmail.fr icloud.com laposte.net libero.it live.com live.co.uk mac.com mail.com mail.ru "
    "me.com msn.com nate.com naver.com o2.pl orange.fr outlook.com outlook.de outlook.fr pm.me posteo.de proton.me "
    "protonmail.com qq.com rediffmail.com seznam.cz sfr.fr sina.com t-online.de terra.com.br tiscali.it tuta.com "
    "uol.com.br verizon.net virgilio.it wanadoo.fr web.de wp.pl yahoo.com yahoo.ca yahoo.co.in yahoo.co.jp "
    "yahoo.co.uk yahoo.com.au yahoo.com.br yahoo.de yahoo.es yahoo.fr yahoo.it yandex.ru ymail.com zoho.com"
)
PROVIDERS = frozenset(_PROVIDERS.split())


@functools.cache
def _endings() -> PublicSuffixList:
    return PublicSuffixList()


class NoDomain(ValueError):
    """The words are not the domain of one organisation; the message says why."""


def desk_address(email: str) -> bool:
    """True when the part before the @ names a desk: office@, info@, general-secretary2@."""
    words = re.findall(r"[^._\-+\d]+", email.partition("@")[0].lower())
    return bool(words) and (not DESKS.isdisjoint(words) or ALONE.issuperset(words))


def own_domain(value: str) -> str:
    """The domain in lower case without www., from a domain or a web address; raises NoDomain for one nobody owns.

    Endings under which anybody may register come from the Public Suffix List (publicsuffix.org).
    """
    host = re.sub(r"^[a-z][a-z0-9+.\-]*://", "", value.strip().lower())
    host = re.split(r"[/?#:]", host)[0].rpartition("@")[2].rstrip(".").removeprefix("www.")
    try:
        host = host.encode("idna").decode("ascii")
    except UnicodeError:
        raise NoDomain(f"“{value}” is not a domain; write it as society.org.") from None
    if len(host) > 253 or not re.fullmatch(r"[a-z0-9]([a-z0-9\-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9\-]*[a-z0-9])?)+", host):
        raise NoDomain(f"“{value}” is not a domain; write it as society.org.")
    if host in PROVIDERS:
        raise NoDomain(f"Anybody may have an address at {host}; it cannot be a society’s domain.")
    if _endings().privatesuffix(host) is None:
        raise NoDomain(f"{host} is an ending under which anybody may register; write the society’s own domain.")
    return host


def belongs(email: str, domain: str) -> bool:
    """True when the address lies at `domain` or below it; never for an ending or a provider of mailboxes."""
    host = email.rpartition("@")[2].strip().lower().rstrip(".")
    try:
        host, domain = own_domain(host), own_domain(domain)
    except NoDomain:
        return False
    return host == domain or host.endswith(f".{domain}")
