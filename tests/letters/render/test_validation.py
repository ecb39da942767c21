"""Answers about revocation from a registry on loopback: what is asked, what stands in, and what is refused."""

import io
import re

import pikepdf
import pytest
from asn1crypto import pem
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured

from letters.proof.verify import verify_pdf
from letters.render.asking import Unanswered
from letters.render.keys import BadKeys, load
from letters.render.pdf import paper
from letters.render.seal import check_sealed, seal
from signon import sealing
from tests.letters.render.conftest import WHEN
from tests.letters.render.lasting import bought, der, judged, made, valid
from tests.letters.render.registry import Registry, answering
from tests.letters.render.sheets import p12_of, site
from tests.letters.render.tsa import LocalAuthority, certificate, serving


def refusal(letter, keys, **registry) -> str:
    with pytest.raises(Unanswered) as error:
        made(letter, keys, **registry)
    return str(error.value)


@pytest.mark.slow
@pytest.mark.parametrize(
    "registry",
    [
        {"delegated": True},
        {"without": "ocsp"},
        {"wrong": "fails"},
        {"wrong": "forged"},
        {"wrong": "old"},
        {"delegated": True, "wrong": "check"},
    ],
)
def test_list_stands_in_where_no_answer_holds(letter, keys, registry):
    """All but a responder of its own lead to the lists of revoked certificates."""
    pdf, local, answers = made(letter, keys, **registry)
    check_sealed(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        asked = "OCSPs" if registry == {"delegated": True} else "CRLs"
        assert len(read.Root.DSS[f"/{asked}"]) == 2
    assert (answers.asked[-1] == "/ocsp") == (asked == "OCSPs")
    assert judged(pdf, pem.unarmor(keys.certificate)[2], der(local.root)).ades_subindic.status.name == "PASSED"


@pytest.mark.slow
@pytest.mark.parametrize("delegated", [True, False])
def test_certificates_sent_along_with_an_answer_are_left_out(letter, keys, delegated):
    pdf, local, answers = made(letter, keys, along=True, delegated=delegated)
    check_sealed(pdf)
    assert answers.asked == ["/ocsp", "/ocsp"]
    assert judged(pdf, pem.unarmor(keys.certificate)[2], der(local.root)).ades_subindic.status.name == "PASSED"


def test_authority_of_rsa_keys_lasts_too(letter, keys):
    with (
        answering(Registry(WHEN)) as answers,
        serving(LocalAuthority(WHEN, kind="rsa", registry=answers)) as local,
    ):
        authority = local.authority(validation=True, archive=True)
        check_sealed(seal(letter, keys, reason="Seal", when=WHEN, authority=authority))


@pytest.mark.slow
def test_bought_certificate_is_answered_for_as_well(tmp_path):
    with (
        answering(Registry(WHEN)) as answers,
        serving(LocalAuthority(WHEN, registry=answers)) as local,
    ):
        root, keys = bought(tmp_path, answers)
        world = site(keys)
        letter = paper(world.sheet(), world.files())
        pdf = seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority(validation=True, archive=True))
    verdict = verify_pdf(pdf)
    assert verdict.problems == []
    assert any("“Seal root” of “Bought seal” on 18 March 2025;" in line for line in verdict.proven)
    assert valid(pdf, der(root), der(local.root))


def test_certificate_that_was_revoked_seals_nothing(letter, tmp_path):
    with answering(Registry(WHEN, wrong="revoked")) as answers, serving(LocalAuthority(WHEN)) as local:
        _, keys = bought(tmp_path, answers)
        with pytest.raises(Unanswered) as error:
            seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority(validation=True))
    assert str(error.value) == "The certificate of “Bought seal” was revoked on 17 March 2025. Put another in place."


def test_bought_certificate_without_its_root_is_refused_with_what_to_do(letter, tmp_path):
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate(root_key, "Seal root", ca=True)
    own = certificate(key, "Bought seal", issuer=root, issuer_key=root_key)
    keys = load(tmp_path, p12=p12_of(key, own, []), password="secret", name="unused")
    with serving(LocalAuthority(WHEN)) as local, pytest.raises(BadKeys, match="up to the root, beside it"):
        seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority(validation=True))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("fails", "The OCSP responder at 127.0.0.1 answered with the status 503."),
        pytest.param(
            "stalls", "The OCSP responder at 127.0.0.1 did not answer within 1 seconds.", marks=pytest.mark.slow
        ),
        ("page", "The OCSP responder at 127.0.0.1 sent a page of text (text/html), not an answer about revocation."),
        ("flood", "The OCSP responder at 127.0.0.1 sent far more than an answer about revocation."),
        (
            "garbage",
            "The OCSP responder at 127.0.0.1 answered wrong. An answer about revocation is damaged: it cannot be read.",
        ),
        (
            "later",
            "The OCSP responder at 127.0.0.1 answered wrong. An answer about revocation is damaged: it cannot be read.",
        ),
        (
            "forged",
            "answered wrong. The signature of an answer about revocation does not fit: it was changed or forged.",
        ),
        ("unknown", "answered wrong. An answer about revocation says that it does not know the certificate."),
        ("old", "The OCSP responder at 127.0.0.1 sent an answer that had run out, or one about something else."),
        ("other", "The OCSP responder at 127.0.0.1 sent an answer that had run out, or one about something else."),
    ],
)
def test_wrong_answer_is_refused_with_a_sentence(letter, keys, wrong, said):
    told = refusal(letter, keys, wrong=wrong, without="crl")
    assert told.startswith("Nobody says whether the certificate of “Time authority” was revoked. ")
    assert said in told


@pytest.mark.parametrize("wrong", ["usage", "check"])
def test_responder_that_its_issuer_could_revoke_is_refused(letter, keys, wrong):
    told = refusal(letter, keys, wrong=wrong, without="crl", delegated=True)
    assert "given by a responder that may itself be revoked" in told


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("forged", "The signature of a list of revoked certificates does not fit"),
        ("old", "sent an answer that had run out"),
        ("delta", "does not speak of the certificate it is there for"),
        ("garbage", "An answer about revocation is damaged"),
        ("flood", "sent far more than a list of revoked certificates"),
        ("revoked", "The certificate of “Time authority” was revoked on 18 March 2025. Put another in place."),
    ],
)
def test_wrong_list_is_refused_with_a_sentence(letter, keys, wrong, said):
    assert said in refusal(letter, keys, list_wrong=wrong, without="ocsp")


def test_list_of_users_alone_says_nothing_of_an_issuer(letter, keys):
    told = refusal(letter, keys, list_wrong="partial", without="ocsp")
    assert "certificate of “Time authority”" in told and "does not speak of the certificate" in told


def test_authority_whose_certificate_names_nobody_to_ask_is_refused(letter, keys):
    with serving(LocalAuthority(WHEN)) as local, pytest.raises(Unanswered, match="It names neither an OCSP responder"):
        seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority(validation=True))


def test_authority_that_fails_at_the_second_stamp_leaves_nothing_sealed(letter, keys):
    class Once(LocalAuthority):
        def answer(self, request):
            self.wrong = "fails"
            return super().answer(request)

    with (
        answering(Registry(WHEN)) as answers,
        serving(Once(WHEN, registry=answers)) as local,
        pytest.raises(Unanswered, match="answered with the status 503"),
    ):
        seal(letter, keys, reason="Seal", when=WHEN, authority=local.authority(validation=True, archive=True))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, ("", "", "")),
        ({"SIGNON_TSA_URL": "https://t.example", "SIGNON_TSA_ROOTS": "r.pem"}, ("https://t.example", "r.pem", "")),
        (
            {"SIGNON_TSA_URL": "https://t.example", "SIGNON_TSA_ROOTS": "r.pem", "SIGNON_SEAL_LEVEL": "B-LTA"},
            ("https://t.example", "r.pem", "B-LTA"),
        ),
        ({"SIGNON_TSA_URL": "https://t.example"}, "with SIGNON_TSA_ROOTS set."),
        ({"SIGNON_TSA_URL": "ftp://t.example", "SIGNON_TSA_ROOTS": "r.pem"}, "must be an https:// or http:// address"),
        ({"SIGNON_SEAL_LEVEL": "B-LT"}, "SIGNON_SEAL_LEVEL is B-LT, which needs time-stamps: set SIGNON_TSA_URL."),
        ({"SIGNON_SEAL_LEVEL": "LTA"}, "SIGNON_SEAL_LEVEL is 'LTA'; write B-T, B-LT, B-LTA or nothing."),
    ],
)
def test_level_of_the_seal_is_read_from_the_environment_or_refused(monkeypatch, given, found):
    for name in ("SIGNON_TSA_URL", "SIGNON_TSA_ROOTS", "SIGNON_SEAL_LEVEL"):
        monkeypatch.setenv(name, given.get(name, ""))
    if isinstance(found, tuple):
        assert sealing.stamps() == found
    else:
        with pytest.raises(ImproperlyConfigured, match=re.escape(found)):
            sealing.stamps()
