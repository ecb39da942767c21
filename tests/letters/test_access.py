"""Default-deny: every route has a rule, and a matrix of all routes against everybody who must not get in."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from letters.foreign import FOREIGN
from letters.models import Letter, Signature, database_now
from signon.default_deny import rule_of
from tests import factories
from tests.conftest import by_key, signed_in

PUBLIC = {
    "record:front",
    "record:site_feed",
    "record:society",
    "record:society_json",
    "record:society_numbered",
    "record:society_numbered_json",
    "review:typed",
    "record:verify",
    "record:verifier",
    "record:verify_edition",
    "review:door",
    "mailing:stop",
    "mailing:deadline",
    "mailing:genuine",
    "healthz",
    "readyz",
    "correspond:inbound",
}


def routes(patterns=None, app: str = "") -> list[tuple[str, URLPattern]]:
    """Every route outside the admin pages as (name with namespace, pattern)."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.app_name or app
            found += [] if inner == "admin" else routes(pattern.url_patterns, inner)
        else:
            found.append((f"{app}:{pattern.name}" if app else str(pattern.name), pattern))
    return found


def path_of(pattern: URLPattern, letter: Letter, signature: Signature) -> str:
    """The route's address with this letter's values in it."""
    # The society and the link that are there, so that a 404 is the rule's answer and not that of a missing row.
    pk = str(signature.invitation.links.get(officer=signature.officer).pk)
    if "/societies/" in str(pattern.pattern):
        pk = str(signature.invitation.society_id)
    values = {
        "slug": letter.slug, "receipt_no": signature.receipt_no, "number": "1", "pk": pk, "token": "x" * 22,
        "public_id": "0123456789ab-1", "kind": "word", "block": "whole", "what": "societies",
        "key": "bmj-letter", "rule": "words",
    }  # fmt: skip
    address = "/" + str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        kind = {"string": "str"}.get(kind, kind)
        address = address.replace(f"<{kind}:{name}>", values[name])
    assert "<" not in address, address
    return address


def test_every_route_has_a_declared_rule():
    without = [name for name, pattern in routes() if not rule_of(pattern.callback, name, "")]
    assert without == []


def test_the_public_routes_are_exactly_these():
    public = {name for name, pattern in routes() if rule_of(pattern.callback, name, "") == "public"}
    assert public == PUBLIC | {name for name, rule in FOREIGN.items() if rule == "public"}


def test_a_route_without_a_rule_is_not_served(client, db, monkeypatch):
    front = next(pattern for name, pattern in routes() if name == "record:front")
    assert client.get("/").status_code == 200
    monkeypatch.delattr(front.callback, "access")
    assert client.get("/").status_code == 404


@pytest.fixture
def letter_of_others(db):
    letter = factories.signing_open()
    (signature,) = factories.signed(letter, "bob")
    return letter, signature


def answers(client: Client, letter: Letter, signature: Signature, rules: set[str]) -> dict[str, set[int]]:
    """Status of GET and POST of every route with one of these rules."""
    found = {}
    for name, pattern in routes():
        if rule_of(pattern.callback, name, "") in rules:
            path = path_of(pattern, letter, signature)
            found[name] = {client.get(path).status_code, client.post(path).status_code}
    return found


def test_a_signed_in_stranger_gets_404_from_every_route_of_a_letter(client, letter_of_others):
    signed_in(client, factories.dan())
    found = answers(client, *letter_of_others, {"coordinator", "registrar", "officer", "published"})
    assert len(found) > 35
    assert {name: codes for name, codes in found.items() if codes != {404}} == {}


def test_an_officer_gets_404_from_every_coordinator_route(client, letter_of_others):
    letter, signature = letter_of_others
    client.get(f"/i/{factories.link_of(letter, 'carol').token}")
    signed_in(client, factories.link_of(letter, "carol").officer.user)
    found = answers(client, letter, signature, {"coordinator", "registrar", "convener", "runs letters"})
    assert {name: codes for name, codes in found.items() if codes != {404}} == {}


def test_nobody_signed_in_is_sent_to_sign_in_or_gets_404(client, letter_of_others):
    found = answers(
        client, *letter_of_others, {"coordinator", "registrar", "officer", "convener", "runs letters", "signed in"}
    )
    assert {name: codes for name, codes in found.items() if codes != {302}} == {}
    dark = answers(client, *letter_of_others, {"published"})
    names = ("letter", "logo", "pdf", "evidence", "picture", "certificate", "proof")
    names += ("entry", "letter_feed", "badge", "badge_svg")
    names += ("signatories_json", "signatories_csv", "citation_bib", "citation_ris")
    assert dark == {f"record:{name}": {404} for name in names}


def team_routes() -> list[tuple[str, URLPattern]]:
    return [(n, p) for n, p in routes() if rule_of(p.callback, n, "") in {"coordinator", "registrar"}]


def test_an_observer_reads_every_page_of_the_letter_and_every_form_is_refused(letter_of_others):
    letter, signature = letter_of_others
    factories.joined(letter, "olga", role="observer")
    alice, olga = (by_key(signed_in(Client(), user), user) for user in (factories.alice(), factories.olga()))
    pages, forms = {}, {}
    for name, pattern in team_routes():
        path = path_of(pattern, letter, signature)
        pages[name] = (olga.get(path).status_code, alice.get(path).status_code)
        forms[name] = olga.post(path).status_code
    assert {name: codes for name, codes in pages.items() if codes[0] != codes[1]} == {}
    assert {name for name, code in forms.items() if code != 403} == set()
    assert sum(codes == (200, 200) for codes in pages.values()) > 15


def test_a_refused_observer_is_told_in_one_sentence_who_may(client, letter_of_others):
    letter, _ = letter_of_others
    factories.joined(letter, "olga", role="observer")
    by_key(signed_in(client, factories.olga()), factories.olga())
    page = client.post(f"/manage/{letter.slug}/terms", {}).content.decode()
    assert "its coordinators can do this, and its owner, <bdi>Alice Archer</bdi>, can make you one." in page


def test_only_the_owner_decides_about_the_team(client, letter_of_others):
    letter, _ = letter_of_others
    paul = factories.joined(letter, "paul")
    by_key(signed_in(client, paul.user), paul.user)
    owners = ("invite", "keep", *(f"{paul.pk}/{act}" for act in ("role", "offer", "remove")))
    answers = [client.post(f"/manage/{letter.slug}/team/{act}") for act in owners]
    assert {answer.status_code for answer in answers} == {403}
    assert all(b"Only the owner of" in answer.content for answer in answers)


def test_an_officer_of_one_society_cannot_open_the_receipt_of_another(client, letter_of_others, enter):
    letter, signature = letter_of_others
    carol = enter(letter, "carol")
    assert carol.get(f"/r/{letter.slug}/receipt/{signature.receipt_no}").status_code == 404
    assert carol.get(f"/r/{letter.slug}/receipt/{signature.receipt_no}/withdraw").status_code == 404


def test_a_revoked_link_stops_opening_at_once(letter_of_others, enter):
    letter, _ = letter_of_others
    carol = enter(letter, "carol")
    assert carol.get(f"/r/{letter.slug}").status_code == 200
    factories.Link.objects.update(revoked_at=database_now())
    assert carol.get(f"/r/{letter.slug}").status_code == 302


def test_a_link_opens_nothing_before_the_society_was_invited(client, db):
    letter = factories.reviewed()
    factories.listed(letter)
    client.get(f"/i/{factories.link_of(letter, 'bob').token}")
    assert client.get(f"/r/{letter.slug}").status_code == 302


def test_the_admin_pages_ask_for_an_operator(client, db):
    signed_in(client, factories.alice())
    assert client.get("/admin/letters/signature/").status_code in (302, 403)
    operator = factories.User.objects.create_superuser("ops@desk.example")
    signed_in(client, operator)
    assert client.get("/admin/letters/signature/")["Location"].startswith("/confirm?")
    by_key(client, operator)
    assert client.get("/admin/letters/signature/").status_code == 200
    assert client.get("/admin/letters/signature/add/").status_code == 403
