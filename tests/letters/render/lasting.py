"""Makes seals of B-LT and B-LTA with an authority and a registry on loopback, and has pyHanko judge them."""

import asyncio
import io
from datetime import timedelta

from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from letters.render.keys import load
from letters.render.seal import seal
from tests.letters.render.conftest import WHEN
from tests.letters.render.registry import Registry, answering
from tests.letters.render.sheets import p12_of
from tests.letters.render.tsa import LocalAuthority, certificate, serving

SEALS = x509.KeyUsage(False, True, False, False, False, False, False, False, False)  # contentCommitment
SOON = WHEN + timedelta(minutes=1)
BOUGHT = "The PDF is sealed with another certificate than the one in its evidence."


def made(letter, keys, *, archive=True, **registry) -> tuple[bytes, LocalAuthority, Registry]:
    """A letter sealed to last, with the authority and the registry that took part."""
    with (
        answering(Registry(WHEN, **registry)) as answers,
        serving(LocalAuthority(WHEN + timedelta(seconds=2), registry=answers)) as local,
    ):
        authority = local.authority(validation=True, archive=archive, seconds=1)
        return seal(letter, keys, reason="Seal of edition 1", when=WHEN, authority=authority), local, answers


def bought(tmp_path, answers: Registry):
    """Keys with a certificate that somebody else issued and can revoke."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate(root_key, "Seal root", ca=True)
    own = certificate(key, "Bought seal", issuer=root, issuer_key=root_key, names=[SEALS, *answers.names(root)])
    answers.knows(own, root, root_key)
    return root, load(tmp_path, p12=p12_of(key, own, [root]), password="secret", name="unused")


def judged(pdf: bytes, *roots: bytes):
    """pyHanko's verdict a minute after the seal, by what is in the file alone, with revocation required."""
    trust = SimpleTrustManager.build(trust_roots=[asn1.Certificate.load(root) for root in roots])
    policy = CertValidationPolicySpec(trust_manager=trust, revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO))
    gathering = RevocationInfoGatheringSpec(RevinfoOnlineFetchingRule.LOCAL_ONLY)
    spec = PdfSignatureValidationSpec(SignatureValidationSpec(policy, gathering))
    found = PdfFileReader(io.BytesIO(pdf)).embedded_regular_signatures
    assert len(found) == 1
    return asyncio.run(ades_lta_validation(found[0], spec, timing_info=ValidationTimingInfo(SOON, SOON, True)))


def valid(pdf: bytes, *roots: bytes) -> bool:
    """pyHanko's shorter verdict, as of that minute, by the same rules."""
    reader = PdfFileReader(io.BytesIO(pdf))
    trust = [asn1.Certificate.load(root) for root in roots]
    told = {"trust_roots": trust, "moment": SOON, "revocation_mode": "require", "allow_fetching": False}
    context = DocumentSecurityStore.read_dss(reader).as_validation_context(told)
    return validate_pdf_signature(reader.embedded_regular_signatures[0], context).bottom_line


def der(certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)
