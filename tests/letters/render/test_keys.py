"""The keys of an installation: made once, kept safe, or given."""

import json
import multiprocessing
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from letters.render.keys import BadKeys, fingerprint, load
from tests.letters.proof.stamp import certificate_for
from tests.letters.render.sheets import p12_of


def _identity(folder, barrier, queue):
    barrier.wait(20)
    keys = load(folder, name="Signon test")
    public = keys.checkpoint.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    queue.put(json.dumps([fingerprint(keys.certificate), public.hex()]))


def test_keys_are_made_once_by_processes_that_race(tmp_path):
    context = multiprocessing.get_context("fork")
    barrier, queue = context.Barrier(4), context.Queue()
    given = (tmp_path / "keys", barrier, queue)
    racing = [context.Process(target=_identity, args=given, daemon=True) for _ in range(4)]
    for process in racing:
        process.start()
    seen = {queue.get(timeout=20) for _ in racing}
    for process in racing:
        process.join()
    again = load(tmp_path / "keys", name="Another name")
    assert len(seen) == 1
    assert json.loads(seen.pop())[0] == fingerprint(again.certificate)
    assert sorted(file.name for file in (tmp_path / "keys").iterdir()) == ["checkpoint.pem", "seal.pem"]


def test_keys_are_readable_by_their_owner_alone(tmp_path):
    load(tmp_path / "keys", name="Signon test")
    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "keys").iterdir()}
    assert modes == {"checkpoint.pem": 0o600, "seal.pem": 0o600}


def test_new_certificate_may_seal_for_ten_years(keys):
    certificate = x509.load_pem_x509_certificate(keys.certificate)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert certificate.subject.rfc4514_string() == "CN=Signon test"
    assert isinstance(certificate.public_key().curve, ec.SECP256R1)
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    left = certificate.not_valid_after_utc - datetime.now(UTC)
    assert timedelta(days=3650) < left < timedelta(days=3660)
    assert fingerprint(keys.certificate) == certificate.fingerprint(hashes.SHA256()).hex()


def test_a_certificate_begins_where_it_is_told_and_one_that_is_there_stays(tmp_path):
    since = datetime(2026, 1, 2, 10, tzinfo=UTC)
    made = load(tmp_path, name="Signon test", since=since)
    assert x509.load_pem_x509_certificate(made.certificate).not_valid_before_utc == since
    assert load(tmp_path, name="Signon test", since=since - timedelta(days=9)).certificate == made.certificate


def test_long_name_is_cut_to_what_a_certificate_holds(tmp_path):
    keys = load(tmp_path, name="N" * 80)
    assert x509.load_pem_x509_certificate(keys.certificate).subject.rfc4514_string() == f"CN={'N' * 64}"


def test_pkcs12_gives_the_seal_and_its_issuers(tmp_path):
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate_for(root_key, "Root", ca=True)
    given = certificate_for(key, "Given", issuer=root, issuer_key=root_key)
    keys = load(tmp_path, p12=p12_of(key, given, [root]), password="secret", name="unused")
    assert fingerprint(keys.certificate) == given.fingerprint(hashes.SHA256()).hex()
    assert keys.chain == (root.public_bytes(Encoding.DER),)
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint.pem"]


def test_pkcs12_with_a_wrong_password_says_what_to_check(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(BadKeys, match="check the file and SIGNON_SEAL_P12_PASSWORD"):
        load(tmp_path, p12=p12_of(key, certificate_for(key, "Given")), password="wrong", name="unused")


def test_pkcs12_with_another_kind_of_key_is_refused(tmp_path):
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(BadKeys, match="does not hold an ECDSA P-256 key"):
        load(tmp_path, p12=p12_of(key, certificate_for(key, "Given")), password="secret", name="unused")


def test_damaged_key_file_is_named(tmp_path):
    load(tmp_path, name="Signon test")
    (tmp_path / "seal.pem").write_bytes(b"-----BEGIN NOTHING-----")
    with pytest.raises(BadKeys, match=r"seal\.pem holds no key with its certificate"):
        load(tmp_path, name="Signon test")
    (tmp_path / "checkpoint.pem").write_bytes(b"")
    with pytest.raises(BadKeys, match=r"checkpoint\.pem does not hold an Ed25519 key"):
        load(tmp_path, name="Signon test")
