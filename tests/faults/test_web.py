"""The site as it is really served: signing over HTTP, monitors when the database goes, a kill while sealing."""

import contextlib
import re
import socket
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from letters.models import Job, JobState, Mail, MailState, Signature
from tests import factories, services
from tests.faults import acts
from tests.faults.browser import Browser
from tests.faults.crowd import crowd
from tests.faults.machines import Group, crashed, eventually, group, home_of, restarted, worker

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@contextlib.contextmanager
def site(environment: Mapping[str, str], log: Path) -> Iterator[tuple[Group, Browser]]:
    """The server on a free port, once it answers."""
    port = services.free_port()
    with group(["-m", "tests.faults.quick", "serve", "--port", str(port)], environment, log) as served:
        browser = Browser(port)

        def answers() -> bool:
            with contextlib.suppress(OSError):
                return browser.get("/healthz").status == 200
            return False

        eventually(answers, seconds=40, what=f"the server:\n{served.said()[-2000:]}\nanswering")
        yield served, browser


@pytest.fixture(scope="module")
def visited(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser at a site with a worker beside it, for all tests here that break neither."""
    home = tmp_path_factory.mktemp("site")
    with site(environment, home / "web.log") as (_, browser), worker(environment, home):
        yield browser


def nothing_is_owed() -> None:
    """Wait until every job is done."""
    eventually(lambda: not Job.objects.exclude(state=JobState.DONE).exists(), seconds=20, what="the end of all work")


def code_for(address: str, folder: Path) -> str:
    """The digits in the newest mail to this address, "" before there is one."""
    for file in sorted(folder.glob("*.eml"), reverse=True):
        mail = message_from_bytes(file.read_bytes(), policy=policy.default)
        found = re.search(r"^ {4}(\d{6})\r?$", mail.get_body(("plain",)).get_content(), re.MULTILINE)
        if address in mail["To"] and found:
            return found[1]
    return ""


def ready_to_sign(browser: Browser, letter, name: str, mails: Path) -> dict[str, str]:
    """The filled form of an officer who came by the link, asked for a code and got it."""
    link = factories.link_of(letter, name)
    page = browser.get(f"/i/{link.token}")
    assert (page.status, page.address) == (200, f"/r/{letter.slug}")
    form = browser.post(f"/r/{letter.slug}/start", page.inputs | {"act": "sign"})
    address = link.officer.user.email
    eventually(lambda: code_for(address, mails), seconds=20, what="the mail with the code")
    return form.inputs | {"code": code_for(address, mails)}


def test_officers_sign_over_http_with_the_code_from_the_mail(visited: Browser, data_folder: Path):
    browser = Browser(visited.port)
    assert browser.get("/healthz").text == "ok\n"
    ready = browser.get("/readyz")
    assert (ready.status, set(ready.json().values())) == (200, {"ok"})
    letter = factories.signing_open()
    form = ready_to_sign(browser, letter, "bob", data_folder / "mail")
    assert browser.twin().send(f"/r/{letter.slug}/sign", form | {"csrfmiddlewaretoken": ""}).status == 403
    receipt = browser.post(f"/r/{letter.slug}/sign", form)
    signature = Signature.objects.get()
    assert receipt.address == f"/r/{letter.slug}/receipt/{signature.receipt_no}"
    assert signature.receipt_no in receipt.text
    nothing_is_owed()
    assert Mail.objects.get(kind="receipt").state == MailState.SENT


def test_a_second_click_leads_where_the_first_one_did(visited: Browser, data_folder: Path):
    browser = Browser(visited.port)
    letter = factories.signing_open()
    form = ready_to_sign(browser, letter, "bob", data_folder / "mail")
    clicks = [browser.twin() for _ in range(3)]  # each counts as a try, of which a code has three
    with ThreadPoolExecutor(len(clicks)) as pool:
        met = list(pool.map(lambda click: click.send(f"/r/{letter.slug}/sign", form), clicks))
    receipt = f"/r/{letter.slug}/receipt/{Signature.objects.get().receipt_no}"
    # A click that overtook the writing of the signature leads to the letter, which tells how things stand.
    assert {(page.status, page.address) for page in met} <= {(302, receipt), (302, f"/r/{letter.slug}")}
    late = browser.post(f"/r/{letter.slug}/sign", form)
    assert (late.status, late.address) == (200, receipt)
    assert browser.send(f"/r/{letter.slug}/sign", form | {"code": "000000"}).status == 422
    nothing_is_owed()


def test_without_an_answer_from_redis_people_sign_in_and_sign(environment, tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        stalled = environment | {"REDIS_URL": f"redis://127.0.0.1:{silent.getsockname()[1]}/0"}
        with site(stalled, tmp_path / "web.log") as (_, browser):
            letter = factories.signing_open()
            visitor = browser.twin()
            form = visitor.get("/signin").inputs
            waited, answer = acts.timed(visitor.send, "/signin", form | {"email": "alice@desk.example"})
            assert (answer.status, answer.address) == (302, "/signin/code")
            link = factories.link_of(letter, "bob")
            page = browser.get(f"/i/{link.token}")
            form = browser.post(f"/r/{letter.slug}/start", page.inputs | {"act": "sign"}).inputs
            form["code"] = link.codes.get().digits
            took, receipt = acts.timed(browser.send, f"/r/{letter.slug}/sign", form)
    assert receipt.address == f"/r/{letter.slug}/receipt/{Signature.objects.get().receipt_no}"
    print(f"with a silent Redis asking for a code took {waited:.2f} s, signing {took:.2f} s")
    assert max(waited, took) < 20  # every question to Redis waiting its second would be longer
    assert Mail.objects.filter(kind__in=["sign_in", "code", "receipt"]).count() == 3


def test_readyz_says_when_the_database_is_gone_and_when_it_is_back(environment, tmp_path: Path):
    with services.postgres() as url:
        home = home_of(url)
        with site(environment | {"DATABASE_URL": url}, tmp_path / "web.log") as (_, browser):
            assert browser.get("/readyz").status == 200
            crashed(home)
            eventually(lambda: browser.get("/readyz").status == 503, seconds=10, what="a 503")
            page = browser.get("/readyz")
            assert page.json() | {"database": ""} == {"database": "", "storage": "ok", "seal": "ok"}
            assert page.json()["database"].startswith("not reachable: ")
            assert browser.get("/healthz").status == 200
            with restarted(home):
                eventually(lambda: browser.get("/readyz").status == 200, seconds=10, what="a 200")


def asked(file: Path, question: str) -> list[tuple]:
    """Rows of the SQLite database of another installation."""
    line = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)
    try:
        return line.execute(question).fetchall()
    finally:
        line.close()


def test_a_server_killed_while_sealing_has_sealed_once_in_the_end(environment, tmp_path: Path):
    alone = {name: value for name, value in environment.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    alone |= {"SIGNON_DATA": str(tmp_path / "data"), "SIGNON_EMBEDDED_WORKER": "1"}
    (tmp_path / "data").mkdir()
    with crowd(alone, processes=1) as hands:
        hands.ask(acts.owing_a_seal)
    base = tmp_path / "data" / "signon.sqlite3"
    job = "SELECT state FROM letters_job WHERE kind = 'seal'"
    with site(alone, tmp_path / "web.log"):
        eventually(lambda: asked(base, job) == [("running",)], seconds=20, what="the sealing")
    assert asked(base, job) == [("running",)], "it was done before it could be killed"
    with site(alone, tmp_path / "web.log"):
        took = eventually(lambda: asked(base, job) == [("done",)], seconds=40, what="the sealing after a restart")
        eventually(
            lambda: asked(base, "SELECT count(*) FROM letters_mail WHERE kind = 'sealed' AND state = 'sent'") == [(2,)],
            seconds=20, what="telling the two officers",
        )  # fmt: skip
    print(f"sealed {took:.1f} s after the restart")
    assert asked(base, "SELECT count(*) FROM letters_event WHERE kind = 'sealed'") == [(1,)]
    assert asked(base, "SELECT count(*) FROM letters_edition WHERE sealed_at IS NOT NULL") == [(1,)]
    assert asked(base, "SELECT attempts FROM letters_job WHERE kind = 'seal'") == [(2,)]
