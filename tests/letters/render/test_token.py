"""A seal key in a PKCS#11 token (SoftHSM): it seals, and what is wrong with it is one sentence."""

import io
import multiprocessing

import pikepdf
import pkcs11
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pkcs11 import Attribute, ObjectClass

from letters import tasks
from letters.models import Job, JobState, State, database_now
from letters.proof.verify import verify_pdf
from letters.render import keys as key_files
from letters.render import site_keys
from letters.render.keys import BadKeys, fingerprint
from letters.render.pdf import paper
from letters.render.seal import check_sealed, seal
from letters.render.token import TokenKey, found
from letters.submit import actions
from signon import sealing
from tests import factories
from tests.letters.proof.stamp import certificate_for
from tests.letters.render import softtoken
from tests.letters.render.conftest import WHEN
from tests.letters.render.sheets import site


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return softtoken.ready(tmp_path_factory.mktemp("softhsm"))


@pytest.fixture(scope="session")
def place(folder):
    return TokenKey(softtoken.MODULE, "signon", "seal", softtoken.PIN)


@pytest.fixture
def given(folder, settings, monkeypatch):
    """The settings of the guide, with the certificate in its folder; loaded anew before and after."""
    for name, value in softtoken.settings_of_the_guide().items():
        setattr(settings, name.removeprefix("SIGNON_"), value)
    settings.SEAL_PKCS11_CERTIFICATE = str(folder / "seal-certificate.pem")
    site_keys.site_keys.cache_clear()
    yield settings
    site_keys.site_keys.cache_clear()


def refusal(place, certificate=None) -> str:
    with pytest.raises(BadKeys) as error:
        found(place, certificate)
    return str(error.value)


def changed(place, **parts) -> TokenKey:
    return TokenKey(**({"module": place.module, "token": place.token, "label": place.label, "pin": place.pin} | parts))


@pytest.mark.slow
def test_letter_sealed_by_a_key_in_a_token_stands_the_check(folder, place, tmp_path):
    held = key_files.load(tmp_path, outside=found(place, folder / "seal-certificate.pem"), name="unused")
    world = site(held)
    sealed = seal(paper(world.sheet(), world.files()), held, reason="Seal", when=WHEN)
    check_sealed(sealed)
    assert verify_pdf(sealed, trusted=[held.certificate]).problems == []
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        assert len(pdf.Root.AcroForm.Fields) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint.pem"]


def test_certificate_and_issuers_may_lie_in_the_token(folder, place, tmp_path):
    ca_key, own = ec.generate_private_key(ec.SECP256R1()), x509.load_pem_x509_certificate(
        (folder / "seal-certificate.pem").read_bytes()
    )  # fmt: skip
    ca = certificate_for(ca_key, "Issuer", ca=True)
    issued = certificate_for(_Public(own.public_key()), "In token", issuer=ca, issuer_key=ca_key)
    assert "holds no certificates “seal”" in refusal(place)
    with pkcs11.lib(softtoken.MODULE).get_token(token_label="signon").open(user_pin=softtoken.PIN, rw=True) as session:
        for label, one in (("seal", issued), ("issuer", ca)):
            session.create_object(
                {Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                 Attribute.TOKEN: True, Attribute.LABEL: label, Attribute.VALUE: one.public_bytes(Encoding.DER),
                 Attribute.SUBJECT: one.subject.public_bytes()}
            )  # fmt: skip
    _, certificate, chain = found(place, None)
    assert fingerprint(certificate) == fingerprint(issued.public_bytes(Encoding.PEM))
    assert chain == (ca.public_bytes(Encoding.DER),)


class _Public:
    """A key that lies elsewhere, of which only the public part is known here."""

    def __init__(self, public):
        self.public = public

    def public_key(self):
        return self.public


def test_key_is_usable_in_a_child_that_was_forked(folder, place):
    digest = bytes(32)
    place.sign(digest)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=lambda: queue.put(len(place.sign(digest))), daemon=True)
    child.start()
    assert queue.get(timeout=30) in range(68, 73)
    child.join()


def test_what_is_wrong_with_a_token_is_one_sentence(folder, place, tmp_path):
    certificate = folder / "seal-certificate.pem"
    other = tmp_path / "other.pem"
    key = ec.generate_private_key(ec.SECP256R1())
    other.write_bytes(certificate_for(key, "Another").public_bytes(Encoding.PEM))
    said = {
        refusal(changed(place, module="/nowhere.so"), certificate):
            "The PKCS#11 module /nowhere.so cannot be loaded; check SIGNON_SEAL_PKCS11.",
        refusal(changed(place, token="lost"), certificate):
            "No token “lost” is there; check SIGNON_SEAL_PKCS11_TOKEN.",
        refusal(changed(place, label="lost"), certificate): "The token “signon” holds no private key “lost”.",
        refusal(place, tmp_path / "none.pem"):
            f"SIGNON_SEAL_PKCS11_CERTIFICATE names {tmp_path}/none.pem, which cannot be read: "
            "No such file or directory.",
        refusal(place, other): "The certificate belongs to another key than “seal” in the token.",
    }  # fmt: skip
    assert list(said) == list(said.values())


def test_wrong_pin_is_tried_once(folder, place):
    wrong = changed(place, pin="00000000")
    sentence = (
        "The token “signon” refused the PIN. It is not tried again, since a token locks itself: "
        "mend SIGNON_SEAL_PKCS11_PIN, then restart."
    )
    certificate = folder / "seal-certificate.pem"
    assert [refusal(wrong, certificate) for _ in range(20)] == [sentence] * 20
    assert found(place, certificate)[0] is place
    assert "00000000" not in repr(wrong)


def test_settings_that_do_not_fit_stop_the_start(monkeypatch):
    monkeypatch.setenv("SIGNON_SEAL_PKCS11", softtoken.MODULE)
    with pytest.raises(ImproperlyConfigured, match="needs SIGNON_SEAL_PKCS11_TOKEN and SIGNON_SEAL_PKCS11_KEY"):
        sealing.in_token("")
    monkeypatch.setenv("SIGNON_SEAL_PKCS11_TOKEN", "signon")
    monkeypatch.setenv("SIGNON_SEAL_PKCS11_KEY", "seal")
    with pytest.raises(ImproperlyConfigured, match="a PDF is sealed with one key"):
        sealing.in_token("seal.p12")


def test_pin_may_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "pin").write_text("2468\n")
    monkeypatch.setenv("SIGNON_SEAL_PKCS11_PIN_FILE", str(tmp_path / "pin"))
    assert sealing.in_token("") == ("", "", "", "2468", "")


@pytest.mark.django_db
def test_token_that_cannot_be_used_is_said_where_the_site_is_watched(given, client: Client):
    assert client.get("/readyz").json()["seal"] == "ok"
    site_keys.site_keys.cache_clear()
    given.SEAL_PKCS11_KEY = "lost"
    answer = client.get("/readyz")
    said = "the seal key cannot be used: The token “signon” holds no private key “lost”."
    assert (answer.status_code, answer.json()["seal"]) == (503, said)


@pytest.mark.django_db
def test_pages_that_check_files_need_no_token(given, folder, client: Client):
    given.SEAL_PKCS11_TOKEN = "unplugged"
    shown = fingerprint((folder / "seal-certificate.pem").read_bytes())
    assert client.get("/verify").status_code == 200
    assert shown in client.get("/verify/offline.html").content.decode()


@pytest.mark.django_db
def test_officers_sign_while_the_token_is_away(given):
    given.SEAL_PKCS11_TOKEN = "unplugged"
    assert len(factories.signed(factories.signing_open(), "bob")) == 1


@pytest.mark.slow
@pytest.mark.django_db
def test_seal_waits_for_a_token_that_is_not_there(given):
    letter = factories.closed()
    site_keys.site_keys.cache_clear()
    given.SEAL_PKCS11_TOKEN = "unplugged"
    actions.seal(by=factories.alice(), letter=letter, now=database_now())
    tasks.drain()
    job = Job.objects.get(kind="seal")
    assert (job.state, job.last_error) == (
        JobState.QUEUED, "No token “unplugged” is there; check SIGNON_SEAL_PKCS11_TOKEN."
    )  # fmt: skip
    given.SEAL_PKCS11_TOKEN = "signon"
    Job.objects.filter(pk=job.pk).update(run_after=letter.created_at)
    tasks.drain()
    assert factories.fresh(letter).state == State.SEALED
