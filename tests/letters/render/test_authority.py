"""The time-stamp of a seal: from an authority on loopback, judged by our verifier and pyHanko; wrong ones refused."""

import asyncio
import hashlib
import io
from datetime import UTC, timedelta

import pytest
from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from letters.proof import cms, stamp
from letters.proof.verify import verify_pdf
from letters.render.authority import ROOM, Authority, Unstamped, roots
from letters.render.seal import check_sealed, seal
from tests.letters.proof.mutate import flips, seal_places
from tests.letters.render.conftest import WHEN
from tests.letters.render.tsa import LocalAuthority, serving

DIGEST = hashlib.sha256(b"signature").digest()


@pytest.fixture(scope="module")
def local():
    with serving(LocalAuthority(WHEN + timedelta(seconds=2))) as authority:
        yield authority


@pytest.fixture(scope="module")
def stamped(letter, keys, local) -> bytes:
    return seal(letter, keys, reason="Seal of edition 1", when=WHEN, authority=local.authority())


def asked(authority: Authority) -> bytes:
    return asyncio.run(authority.token(DIGEST, "sha256", when=WHEN))


def refusal(wrong: str, **changed) -> str:
    with serving(LocalAuthority(WHEN, wrong=wrong)) as local, pytest.raises(Unstamped) as error:
        asked(local.authority(**changed))
    return str(error.value)


def parts_of(pdf: bytes) -> cms.Parts:
    places = seal_places(pdf)
    return cms.read(bytes.fromhex(pdf[places.start + 1 : places.stop - 1].decode()))


def filled(pdf: bytes, message: bytes) -> bytes:
    places = seal_places(pdf)
    return (
        pdf[: places.start + 1] + message.hex().upper().encode().ljust(len(places) - 2, b"0") + pdf[places.stop - 1 :]
    )


def test_stamped_seal_stands_the_check_and_says_what_time_is_proven(stamped, local):
    check_sealed(stamped)
    verdict = verify_pdf(stamped)
    root = local.root.fingerprint(hashes.SHA256()).hex()
    facts = dict(verdict.facts)
    assert (facts["Time-stamp"], facts["Time-stamp authority"]) == ("2025-03-18T17:05:02.000000Z", "Time authority")
    assert facts["Time-stamp root SHA-256"] == root
    assert verdict.proven[-1] == (
        "The seal existed on 18 March 2025, 17:05:02 UTC, as far as you trust the authority that signed that time: "
        "“Time authority”."
    )
    assert any(point.startswith("Who “Time authority” is:") and root in point for point in verdict.not_proven)
    assert not any("no time-stamp authority confirms it" in point for point in verdict.not_proven)


def test_stamp_of_a_trusted_root_is_said_to_be_trusted(stamped, keys, local):
    verdict = verify_pdf(stamped, trusted=[keys.certificate, local.root.public_bytes(Encoding.PEM)])
    assert verdict.ok
    assert verdict.proven[-1] == (
        "The seal existed on 18 March 2025, 17:05:02 UTC: Time authority, a time-stamp authority you trust, signed "
        "that time."
    )
    assert not any("Who “Time authority”" in point for point in verdict.not_proven)


def test_trust_in_an_authority_is_not_trust_in_a_seal(stamped, local):
    assert not verify_pdf(stamped, trusted=[local.root.public_bytes(Encoding.PEM)]).ok


def test_stamped_seal_is_valid_to_pyhanko_as_one_revision(stamped, keys, local):
    trust = [asn1.Certificate.load(pem.unarmor(keys.certificate)[2])]
    context = ValidationContext(trust_roots=trust)
    times = ValidationContext(trust_roots=[asn1.Certificate.load(local.root.public_bytes(Encoding.DER))])
    found = PdfFileReader(io.BytesIO(stamped)).embedded_signatures[0]
    status = validate_pdf_signature(found, context, ts_validation_context=times)
    assert status.bottom_line
    assert status.coverage.name == "ENTIRE_FILE"
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp.astimezone(UTC) == WHEN + timedelta(seconds=2)


def test_authority_is_asked_once_for_a_seal_and_its_answer_tidied(letter, keys):
    with serving(LocalAuthority(WHEN)) as local:
        made = seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority(user="u", password="p"))
        assert local.asked == 1
        assert local.headers[0]["Authorization"] == "Basic dTpw"
        assert local.headers[0]["Content-Type"] == "application/timestamp-query"
    parts = stamp.read(parts_of(made).token)
    assert parts.chain == (local.own, local.middle, local.root)


@pytest.mark.parametrize(("kind", "by_key_id"), [("rsa", False), ("ec", True)])
def test_authorities_of_other_forms_are_understood(letter, keys, kind, by_key_id):
    with serving(LocalAuthority(WHEN, kind=kind, by_key_id=by_key_id)) as local:
        made = seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority())
    assert verify_pdf(made).problems == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("fails", "answered with the status 503."),
        ("page", "sent a page of text (text/html), not a time-stamp."),
        ("garbage", "sent something that is not a time-stamp."),
        ("flood", "sent far more than a time-stamp."),
        ("refuses", "refused to make a time-stamp: rejection, bad alg."),
        ("imprint", "answered wrong. The time-stamp was made for something else than this seal."),
        ("nonce", "answered another request than the one it was sent."),
        ("clock", "states 2026-04-22 17:05 UTC, far from this server's clock: one of the two is wrong."),
        ("usage", "answered wrong. The certificate in the time-stamp is not one of a time-stamp authority."),
        ("expired", "answered wrong. A certificate in the time-stamp was not valid at the time it states."),
        ("signature", "answered wrong. The signature of the time-stamp does not fit: it was changed or forged."),
        ("no certificate", "answered wrong. The time-stamp does not carry the certificate of its authority."),
    ],
)
def test_wrong_answer_is_refused_with_a_sentence(wrong, said):
    assert refusal(wrong) == f"The time-stamp authority at 127.0.0.1 {said}"


@pytest.mark.slow
def test_authority_that_stalls_is_left_after_the_limit_for_the_whole_answer():
    assert refusal("stalls", seconds=1) == "The time-stamp authority at 127.0.0.1 did not answer within 1 seconds."


def test_authority_that_is_away_is_named():
    with serving(LocalAuthority(WHEN)) as local:
        gone = local.authority()
    with pytest.raises(Unstamped, match=r"The time-stamp authority at 127\.0\.0\.1 cannot be reached"):
        asked(gone)


def test_authority_of_another_root_is_refused(local):
    stranger = LocalAuthority(WHEN).root
    with pytest.raises(Unstamped, match="does not lead to a root that is trusted here"):
        asked(local.authority(roots=(stranger,)))


def test_no_seal_is_made_without_the_stamp_that_was_asked_for(letter, keys):
    with serving(LocalAuthority(WHEN, wrong="fails")) as local, pytest.raises(Unstamped):
        seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority())


def test_stamp_that_was_taken_out_is_missed(stamped):
    parts = parts_of(stamped)
    bare = cms.rebuilt(cms.Parts(parts.digest, parts.attributes, parts.signature, parts.signer, parts.others))
    assert verify_pdf(filled(stamped, bare)).problems == [
        "A part of the seal was taken out: its place in the file is far too large for what is there."
    ]


def test_stamp_of_another_seal_is_refused(stamped, letter, keys, local):
    other = parts_of(seal(letter, keys, reason="Another", when=WHEN, authority=local.authority()))
    parts = parts_of(stamped)
    swapped = cms.Parts(parts.digest, parts.attributes, parts.signature, parts.signer, parts.others, other.token)
    assert verify_pdf(filled(stamped, cms.rebuilt(swapped))).problems == [
        "The time-stamp was made for something else than this seal."
    ]


def test_untidied_token_is_refused(stamped, local):
    """The same authority, the same signature, and a certificate more: allowed by the standard, never made by us."""
    parts = parts_of(stamped)
    loose = local.token(stamp.read(parts.token).info).dump()
    told = cms.rebuilt(cms.Parts(parts.digest, parts.attributes, parts.signature, parts.signer, parts.others, loose))
    assert verify_pdf(filled(stamped, told)).problems == [
        "The time-stamp in the seal is not written in its one exact form: a byte of it was changed."
    ]


@pytest.mark.slow
def test_changed_bit_in_any_part_of_a_stamped_seal_is_caught(stamped):
    places = seal_places(stamped)
    used = len(stamped[places.start : places.stop].rstrip(b"0>"))
    assert len(parts_of(stamped).token) < ROOM
    assert [what for what, mutant in flips(stamped, places[:used:11]) if verify_pdf(mutant).ok] == []


def test_roots_are_certificates_that_signed_themselves(local):
    both = local.middle.public_bytes(Encoding.PEM) + local.root.public_bytes(Encoding.PEM)
    assert roots(both) == (local.root,)
    with pytest.raises(ValueError, match="holds no root"):
        roots(local.middle.public_bytes(Encoding.PEM))
    with pytest.raises(ValueError, match="no certificates in the PEM form"):
        roots(b"nothing")
