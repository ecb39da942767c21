"""Says over loopback whether certificates were revoked, by OCSP and as CRLs, honestly or wrong in one way."""

import contextlib
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID

from tests.beside import running
from tests.letters.render.tsa import certificate


@dataclass
class Registry:
    """`wrong` names one fault of the OCSP answers, `list_wrong` one of the CRLs; `asked` are the paths asked for."""

    when: datetime
    wrong: str = ""
    list_wrong: str = ""
    delegated: bool = False  # another key than the issuer's gives the answers
    along: bool = False  # sends certificates along that prove nothing
    without: str = ""  # "ocsp" or "crl": not named in the certificates
    asked: list = field(default_factory=list)
    address: str = ""
    known: dict = field(default_factory=dict)

    def names(self, issuer) -> list:
        """What a certificate of this issuer says of where to ask."""
        found = []
        if self.without != "ocsp":
            place = x509.UniformResourceIdentifier(f"{self.address}/ocsp")
            found.append(
                x509.AuthorityInformationAccess([x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)])
            )
        if self.without != "crl":
            place = x509.UniformResourceIdentifier(f"{self.address}/{issuer.serial_number}.crl")
            found.append(x509.CRLDistributionPoints([x509.DistributionPoint([place], None, None, None)]))
        return found

    def knows(self, own, issuer, key) -> None:
        self.known[own.serial_number] = (own, issuer, key)

    def ocsp(self, request: bytes) -> bytes:
        serial = ocsp.load_der_ocsp_request(request).serial_number
        own, issuer, key = self.known[serial]
        if self.wrong == "other":
            own, issuer, key = next(found for number, found in self.known.items() if number != serial)
        if self.wrong == "later":
            return ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER).public_bytes(
                Encoding.DER
            )
        signer, responder = key, issuer
        if self.wrong == "forged":  # by somebody of the same name
            signer = ec.generate_private_key(ec.SECP256R1())
            responder = certificate(signer, issuer.subject.rfc4514_string().removeprefix("CN="), ca=True)
        extra = []
        if self.delegated:
            signer = ec.generate_private_key(ec.SECP256R1())
            usage = ExtendedKeyUsageOID.CODE_SIGNING if self.wrong == "usage" else ExtendedKeyUsageOID.OCSP_SIGNING
            names = [x509.ExtendedKeyUsage([usage]), *([] if self.wrong == "check" else [x509.OCSPNoCheck()])]
            responder = certificate(signer, "Responder", issuer=issuer, issuer_key=key, names=names)
            extra = [responder]
        status = {"revoked": ocsp.OCSPCertStatus.REVOKED, "unknown": ocsp.OCSPCertStatus.UNKNOWN}.get(
            self.wrong, ocsp.OCSPCertStatus.GOOD
        )
        old = timedelta(days=30 if self.wrong == "old" else 0)
        built = (
            ocsp.OCSPResponseBuilder()
            .add_response(
                own, issuer, hashes.SHA1(), status, self.when - old, self.when - old + timedelta(days=7),
                self.when - timedelta(days=1) if self.wrong == "revoked" else None, None,
            )
            .responder_id(ocsp.OCSPResponderEncoding.HASH, responder)
        )  # fmt: skip
        if self.along:
            extra = [*(extra or [issuer]), issuer]
        if extra:
            built = built.certificates(extra)
        return built.sign(signer, hashes.SHA256()).public_bytes(Encoding.DER)

    def crl(self, path: str) -> bytes:
        number = int(path.strip("/").removesuffix(".crl"))
        issuer, key = next((issuer, key) for _, issuer, key in self.known.values() if issuer.serial_number == number)
        if self.list_wrong == "forged":
            key = ec.generate_private_key(ec.SECP256R1())
        old = timedelta(days=30 if self.list_wrong == "old" else 0)
        built = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(issuer.subject)
            .last_update(self.when - old)
            .next_update(self.when - old + timedelta(days=7))
        )
        if self.list_wrong == "delta":
            built = built.add_extension(x509.DeltaCRLIndicator(1), critical=True)
        if self.list_wrong == "partial":
            point = x509.IssuingDistributionPoint(None, None, False, True, None, False, False)
            built = built.add_extension(point, critical=True)
        if self.list_wrong == "revoked":
            for number in self.known:
                entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(self.when)
                built = built.add_revoked_certificate(entry.build())
        return built.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _handler(registry: Registry):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            registry.asked.append(self.path)
            self._say(registry.ocsp, self.rfile.read(int(self.headers["Content-Length"])), registry.wrong)

        def do_GET(self):
            registry.asked.append(self.path)
            self._say(registry.crl, self.path, registry.list_wrong)

        def _say(self, answer, question, wrong):
            if wrong == "stalls":
                time.sleep(3)
                return
            status, kind, body = 200, "application/octet-stream", b""
            if wrong == "fails":
                status = 503
            elif wrong == "page":
                kind, body = "text/html", b"<h1>Welcome to the hotel's network</h1>"
            elif wrong == "garbage":
                body = b"\x30\x03\x0a\x01\x00"
            elif wrong == "flood":
                body = bytes(3_000_000)
            else:
                body = answer(question)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with contextlib.suppress(OSError):
                self.wfile.write(body)

        def log_message(self, *args):
            return

    return Handler


@contextlib.contextmanager
def answering(registry: Registry):
    """The registry at an address of its own, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(registry))
    registry.address = f"http://127.0.0.1:{server.server_port}"
    with running(server):
        yield registry
