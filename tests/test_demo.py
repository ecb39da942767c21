"""The demonstration: what its finished letter tells the public and leaves to the team, and that each page opens."""

import collections
import datetime
import io
import re
import urllib.parse
from collections.abc import Iterator
from html import unescape

import pikepdf
import pytest
from cryptography import x509
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import Resolver404, resolve

from letters.management import seed, seed_story
from letters.models import (
    Correspondence,
    Delegation,
    Due,
    Event,
    Letter,
    Link,
    Sending,
    Signature,
    Submission,
    SummaryVersion,
    User,
    database_now,
)
from letters.proof import seal
from letters.proof.verify import verify_pdf
from letters.render.site_keys import site_checkpoint, site_keys
from signon.default_deny import rule_of
from tests.conftest import by_key, signed_in
from tests.letters.test_access import path_of, routes

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.usefixtures("own_limits")]
TEAM = {"coordinator", "registrar", "convener", "runs letters"}
EACH = 3  # of the addresses of one view and letter: 34 societies have 34 pages of one kind
# Pages of what neither letter has: a list that is being imported, logos, a mandate's or an answer's own file, drafts.
NOT_THERE = {
    "coordinate:arrival", "coordinate:rows_left_out", "coordinate:logo", "coordinate:mandate", "draft:logo",
    "dispatch:receipt", "dispatch:hand_in", "correspond:file", "mailing:draft", "mailing:preview",
}  # fmt: skip


@pytest.fixture(scope="module")
def told(tmp_path_factory, django_db_setup, django_db_blocker) -> Iterator[None]:
    """The story, told once for all tests of this file in a folder of their own, and taken back after them."""
    own = {"INBOUND_ADDRESS": "answers@letters.example", "DATA": tmp_path_factory.mktemp("told")}
    with override_settings(**own), django_db_blocker.unblock(), transaction.atomic():
        forget_keys()
        seed_story.story()
        yield
        transaction.set_rollback(True)
    forget_keys()


def forget_keys() -> None:
    """The next one who asks gets the keys of the folder that counts then."""
    site_keys.cache_clear()
    site_checkpoint.cache_clear()


@pytest.fixture
def letter(told, db) -> Letter:
    return Letter.objects.get(slug=seed_story.SLUG)


def plain(page) -> str:
    """The words of a page, blanks joined."""
    text = re.sub(r"<script.*?</script>", " ", page.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def test_the_public_page_tells_who_signed_what_was_decided_and_where_it_appeared(letter, client):
    page = client.get(f"/l/{letter.slug}")
    words = plain(page)
    assert page.status_code == 200
    assert "12 societies" in words
    assert "Annals of Exemplary Medicine decided: no further action" in words
    assert "Two of us advise makers of oxygen devices" in words
    assert "10.5555/lung.letter" in page.content.decode()
    assert "Accepted in part" in words
    for private in ("second reviewer", "May we cut two sentences?", "prescribe by the older threshold"):
        assert private not in words
    assert re.findall(r"\S+@\S+", words) == []


def test_what_each_society_said_is_there(letter):
    live = Signature.objects.filter(invitation__letter=letter).live()
    assert (letter.versions.count(), live.filter(version=letter.current).count(), live.count()) == (2, 12, 12)
    assert Signature.objects.exclude(withdrawn_at=None).count() == 1
    assert letter.invitations.filter(response="declined").count() == 1
    versions = SummaryVersion.objects.filter(summary__letter=letter).order_by("summary", "number")
    said = [(one.approvals.live().filter(refused=refused).count()) for one in versions for refused in (False, True)]
    assert said == [3, 0, 9, 1, 10, 0]
    assert Delegation.objects.get().to.lead is True


def test_everything_was_sent_and_one_wait_is_over(letter):
    sent = Submission.objects.filter(edition__letter=letter)
    assert collections.Counter(sent.values_list("channel", "state")) == {
        ("form", Sending.SENT): 2, ("mail", Sending.SENT): 2,
    }  # fmt: skip
    (late,) = Due.objects.open().filter(letter=letter, on__lt=database_now().date())
    assert (late.step, late.submission.journal.name) == ("answer", "Exemplary Review of Breathing")
    assert Correspondence.objects.unsorted().get().sender.startswith("Edith Norrington")


def test_it_is_told_in_the_order_in_which_it_happened(letter):
    moments = list(Event.objects.filter(letter=letter).order_by("seq").values_list("at", "kind"))
    assert moments == sorted(moments, key=lambda one: one[0])
    assert moments[-1][0] < database_now() - datetime.timedelta(days=1)


def test_its_paper_holds_for_a_stranger(letter, client):
    pdf = b"".join(client.get(f"/l/{letter.slug}/letter.pdf"))
    verdict = verify_pdf(pdf, trusted=[site_keys().certificate])
    assert (verdict.ok, verdict.problems) == (True, [])
    begins = x509.load_pem_x509_certificate(site_keys().certificate).not_valid_before_utc
    assert begins < letter.editions.get().sealed_at < database_now() - datetime.timedelta(days=27)
    stated = seal.check(pdf, pikepdf.open(io.BytesIO(pdf))).stated_time
    assert begins < datetime.datetime.fromisoformat(stated)


def test_the_demonstration_prints_an_address_for_each_who_looks(letter, settings, capsys):
    for _ in range(2):  # the first start finds the finished letter, the second one both
        call_command("demo", seed_only=True, port=8791)
        printed = re.findall(r"http://localhost:8791(/\S*)", capsys.readouterr().out)
        assert [address.rstrip(".") for address in printed][1:] == [
            f"/manage/{seed.SLUG}", f"/l/{seed_story.SLUG}", "/mailbox",
        ]  # fmt: skip
        assert Letter.objects.count() == 2


def test_no_page_of_the_demonstration_answers_with_an_error(letter, client):
    seed.seed()
    alice = User.objects.known_as(seed.COORDINATOR)
    seen = walked(by_key(signed_in(client, alice), alice), ["/", "/me", "/manage", "/journals"])
    assert {path: status for path, (_, status) in seen.items() if status not in (200, 302)} == {}
    names = {name for name, _ in seen.values()}
    signature = Signature.objects.filter(invitation__letter=letter).live().first()
    team = {name: pattern for name, pattern in routes() if rule_of(pattern.callback, name, "") in TEAM}
    read = {name for name, one in team.items() if client.get(path_of(one, letter, signature)).status_code != 405}
    assert read - names == NOT_THERE


def test_no_page_of_an_officer_answers_with_an_error(letter):
    for place in (0, 6, 8, 10):
        link = Link.objects.live().filter(invitation__letter=letter).order_by("invitation__position")[place]
        browser = Client()
        browser.get(f"/i/{link.token}")
        seen = walked(browser, [f"/r/{letter.slug}{page}" for page in ("", "/summaries/1", "/summaries/2")])
        assert {path: status for path, (_, status) in seen.items() if status not in (200, 302)} == {}
        assert {"review:letter", "summarise:read", "record:letter"} <= {name for name, _ in seen.values()}


def walked(browser: Client, start: list[str]) -> dict[str, tuple[str, int]]:
    """{address: (name of its view, status)} of everything that links lead to, some of each kind for each letter."""
    waiting, seen, count = list(start), {}, collections.Counter()
    while waiting:
        path = waiting.pop(0)
        try:
            match = resolve(urllib.parse.unquote(path.partition("?")[0]))
        except Resolver404:
            seen[path] = ("", 404)
            continue
        kind = (match.view_name, match.kwargs.get("slug"))
        if path in seen or count[kind] == EACH:
            continue
        count[kind] += 1
        page = browser.get(path)
        seen[path] = (match.view_name, page.status_code)
        if page.status_code == 200 and page["Content-Type"].startswith("text/html"):
            waiting += links(path, page.content.decode())
    return seen


def links(path: str, html: str) -> Iterator[str]:
    """The addresses of this site a page leads to, without those that end a session."""
    for found in re.findall(r'<a\s[^>]*href="([^"]+)"', html):
        address = urllib.parse.urljoin(path, unescape(found)).partition("#")[0]
        if address.startswith("/") and not address.startswith(("//", "/static", "/account", "/mailbox", "/signout")):
            yield address
