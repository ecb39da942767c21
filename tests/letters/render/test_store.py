"""The job that seals an edition, with a time-stamp authority on loopback and with a certificate that ran out."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.test import Client

from letters import jobs, tasks
from letters.desk.attention import attention, owed
from letters.models import Document, Edition, Job, JobState, State, database_now
from letters.models.document import Kind
from letters.proof.verify import verify_pdf
from letters.render import keys, site_keys, store
from letters.submit import actions
from tests import factories
from tests.letters.render.registry import Registry, answering
from tests.letters.render.sheets import p12_of
from tests.letters.render.tsa import LocalAuthority, certificate, serving

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded_anew():
    """The keys and the authority of the settings as they are in the test, and afterwards as they were."""
    caches = (site_keys.site_keys, site_keys.site_authority)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.fixture
def local(settings, tmp_path, loaded_anew):
    with serving(LocalAuthority(database_now())) as authority:
        file = tmp_path / "roots.pem"
        file.write_bytes(authority.root.public_bytes(Encoding.PEM))
        settings.TSA_URL, settings.TSA_ROOTS, settings.TSA_SECONDS = authority.address, str(file), 5
        yield authority


def sealing():
    """A closed letter whose seal is owed and was tried once."""
    letter = factories.closed()
    actions.seal(by=factories.alice(), letter=letter, now=database_now())
    tasks.drain()
    return factories.fresh(letter), Job.objects.get(kind="seal")


@pytest.mark.slow
def test_edition_is_sealed_with_the_stamp_of_the_authority(local, client: Client):
    letter, job = sealing()
    assert (letter.state, job.state) == (State.SEALED, JobState.DONE)
    pdf = Document.objects.get(kind=Kind.PDF).read()
    assert dict(verify_pdf(pdf).facts)["Time-stamp authority"] == "Time authority"


@pytest.mark.slow
def test_edition_waits_for_an_authority_that_fails_and_is_sealed_when_it_is_back(local, desk: Client):
    local.wrong = "fails"
    letter, job = sealing()
    assert (letter.state, job.state) == (State.CLOSED, JobState.QUEUED)
    assert not Document.objects.filter(kind=Kind.PDF).exists()
    page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
    assert "The last try failed and is repeated by itself" in page
    assert (
        "The time-stamp authority at 127.0.0.1 answered with the status 503. Nothing is sealed without its time-stamp."
    ) in page
    local.wrong = ""
    Job.objects.filter(pk=job.pk).update(run_after=database_now() - timedelta(seconds=1))
    tasks.drain()
    assert factories.fresh(letter).state == State.SEALED
    assert "Time-stamp" in dict(verify_pdf(Document.objects.get(kind=Kind.PDF).read()).facts)


@pytest.mark.slow
def test_edition_waits_for_the_answers_it_is_to_keep_and_is_sealed_with_them(settings, tmp_path, loaded_anew, desk):
    with (
        answering(Registry(database_now(), wrong="stalls", without="crl")) as answers,
        serving(LocalAuthority(database_now(), registry=answers)) as authority,
    ):
        file = tmp_path / "roots.pem"
        file.write_bytes(authority.root.public_bytes(Encoding.PEM))
        settings.TSA_URL, settings.TSA_ROOTS, settings.TSA_SECONDS = authority.address, str(file), 1
        settings.SEAL_LEVEL = "B-LTA"
        letter, job = sealing()
        assert (letter.state, job.state) == (State.CLOSED, JobState.QUEUED)
        page = desk.get(f"/manage/{letter.slug}/deliver").content.decode()
        assert "Nobody says whether the certificate of “Time authority” was revoked." in page
        assert "did not answer within 1 seconds. Nothing is sealed until that is told." in page
        answers.wrong = ""
        Job.objects.filter(pk=job.pk).update(run_after=database_now() - timedelta(seconds=1))
        tasks.drain()
    assert factories.fresh(letter).state == State.SEALED
    assert "Archive time-stamp" in dict(verify_pdf(Document.objects.get(kind=Kind.PDF).read()).facts)


def test_roots_that_cannot_be_read_are_named_where_the_site_is_watched(settings, loaded_anew, client: Client):
    settings.TSA_URL, settings.TSA_ROOTS = "https://tsa.example/stamp", "/nowhere/roots.pem"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "SIGNON_TSA_ROOTS names /nowhere/roots.pem, which cannot be read" in answer.json()["seal"]


def test_certificate_that_runs_out_is_mentioned_and_then_seals_nothing(settings, tmp_path, loaded_anew, client: Client):
    key = ec.generate_private_key(ec.SECP256R1())
    file = tmp_path / "old.p12"
    file.write_bytes(p12_of(key, certificate(key, "Old seal", until=2021)))
    settings.SEAL_P12, settings.SEAL_P12_PASSWORD = str(file), "secret"
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["seal"]) == (200, "ok")
    assert answer.json()["certificate"].startswith("The certificate that seals PDFs ran out on 1 January 2021")
    desk_of = factories.signing_open()
    assert any(
        "ran out on 1 January 2021" in row.sentence for row in attention(desk_of, [], owed(desk_of), database_now())
    )
    letter, job = sealing()
    assert (letter.state, job.state, Edition.objects.get().sealed_at) == (State.CLOSED, JobState.DEAD, None)
    assert job.last_error.endswith("nothing is sealed until another is in place.")


@pytest.mark.slow
def test_certificate_near_its_end_is_a_row_on_the_desk_and_still_seals(settings, tmp_path, loaded_anew, desk: Client):
    key = ec.generate_private_key(ec.SECP256R1())
    file = tmp_path / "soon.p12"
    file.write_bytes(p12_of(key, certificate(key, "Seal", until=database_now() + timedelta(days=59))))
    settings.SEAL_P12, settings.SEAL_P12_PASSWORD = str(file), "secret"
    letter, job = sealing()
    assert (letter.state, job.state) == (State.SEALED, JobState.DONE)
    page = desk.get(f"/manage/{letter.slug}").content.decode()
    assert "The certificate that seals PDFs runs out on" in page
    assert "Tell who runs this site." in page


def test_site_trusts_its_certificate_and_the_roots_of_its_authority(local):
    assert site_keys.trusted() == [
        site_keys.site_keys().certificate, local.root.public_bytes(Encoding.PEM)
    ]  # fmt: skip
    assert keys.fingerprint(site_keys.trusted()[0]) == keys.fingerprint(site_keys.site_keys().certificate)


def test_a_long_paper_says_what_follows_its_parts():
    letter = factories.closed()
    edition = actions.seal(by=factories.alice(), letter=letter, now=database_now())
    job = jobs.claim(Job.objects.get(kind="seal", subject=edition.pk).pk, now=database_now())
    teller = store.Teller(job)
    teller.then(" and the binding")  # of a short one nothing is said
    assert Job.objects.get(pk=job.pk).progress == ""
    teller.parts(7, 7)
    teller.then(" and the binding")
    assert Job.objects.get(pk=job.pk).progress == "7 of 7 parts and the binding"
