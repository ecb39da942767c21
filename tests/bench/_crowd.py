"""A letter and thousands of officers, each in a browser that was just checked; sending what they ask is _load's."""

import dataclasses
import time
import urllib.parse

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from letters import lifecycle
from letters.models import Invitation, Letter, Link, Officer, Society, User, database_now
from letters.models.link import token_hash, typed_hash
from letters.models.society import name_key
from letters.proof.records import statement_hash
from letters.sign.statement import statement
from tests import factories

CSRF = "c" * 32
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclasses.dataclass(frozen=True, slots=True)
class Request:
    """One signing POST, ready for the line."""

    link: int
    raw: bytes


def letter_for(many: int, label: str) -> tuple[Letter, list[Request]]:
    """A letter open for signature, and the request with which each of so many officers will sign it."""
    letter = factories.reviewed()
    now = database_now()
    societies = [Society(official_name=f"{label} {n}", name_key=name_key(f"{label} {n}")) for n in range(many)]
    users = [User(email=f"o{n}@{label.lower()}.example", name=f"Officer {n}", password="!") for n in range(many)]
    Society.objects.bulk_create(societies)
    User.objects.bulk_create(users)
    officers = [
        Officer(user=user, society=society, office="President", printed_name=user.name)
        for user, society in zip(users, societies, strict=True)
    ]
    Officer.objects.bulk_create(officers)
    invitations = [
        Invitation(letter=letter, society=society, position=place, invited_at=now)
        for place, society in enumerate(societies, start=1)
    ]
    Invitation.objects.bulk_create(invitations)
    links = [
        Link(invitation=invitation, officer=officer, created_at=now)
        for invitation, officer in zip(invitations, officers, strict=True)
    ]
    for link in links:
        link.token_hash, link.typed_hash = token_hash(link.token), typed_hash(link.typed)
    Link.objects.bulk_create(links)
    lifecycle.open_signing(letter, by=factories.alice(), now=now)
    letter = factories.fresh(letter)
    return letter, [_request(letter, link, key) for link, key in zip(links, _browsers(letter, links), strict=True)]


def _browsers(letter: Letter, links: list[Link]) -> list[str]:
    """The session keys of browsers in which each officer proved to be there this minute."""
    store, until = SessionStore(), timezone.now() + timezone.timedelta(hours=1)
    rows = []
    for link in links:
        user = link.officer.user
        values = {
            "links": {letter.slug: [link.pk]}, "_auth_user_id": str(user.pk), "_auth_user_backend": BACKEND,
            "_auth_user_hash": user.get_session_auth_hash(), "account_authentication_methods_user": str(user.pk),
            "account_authentication_methods": [{"method": "code", "at": time.time(), "email": user.email}],
        }  # fmt: skip
        key = store._get_new_session_key()
        rows.append(Session(session_key=key, session_data=store.encode(values), expire_date=until))
    Session.objects.bulk_create(rows)
    return [row.session_key for row in rows]


def _request(letter: Letter, link: Link, key: str) -> Request:
    version = letter.on_the_table
    fields = {
        "csrfmiddlewaretoken": CSRF, "seat": link.pk, "content_hash": version.content_hash, "mandate_body": "Board",
        "statement_hash": statement_hash(statement(link.invitation, version)), "number": version.number,
        "printed_name": link.officer.printed_name, "office": link.officer.office,
    }  # fmt: skip
    body = urllib.parse.urlencode(fields)
    cookies = f"{settings.SESSION_COOKIE_NAME}={key}; {settings.CSRF_COOKIE_NAME}={CSRF}"
    head = [
        f"POST /r/{letter.slug}/sign HTTP/1.1", "Host: localhost", f"Cookie: {cookies}", "Connection: close",
        "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}",
    ]  # fmt: skip
    return Request(link.pk, "\r\n".join([*head, "", body]).encode())
