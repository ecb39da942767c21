"""A time-stamp authority on loopback, honest or wrong in one way, for the tests of render."""

import contextlib
import hashlib
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from letters.proof import stamp
from letters.render.authority import Authority
from tests.beside import running


def certificate(key, name: str, *, issuer=None, issuer_key=None, ca=False, stamps=False, until=2045, names=()):
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until if isinstance(until, datetime) else datetime(until, 1, 1, tzinfo=UTC))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    if stamps:
        built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    for extension in names:
        built = built.add_extension(extension, critical=False)
    return built.sign(issuer_key or key, hashes.SHA256())


@dataclass
class LocalAuthority:
    """Answers requests in its own way. `wrong` names one fault; `asked` counts requests; `when` is its clock."""

    when: datetime
    kind: str = "ec"
    wrong: str = ""
    by_key_id: bool = False
    old: bool = False  # names its certificate by SHA-1, as many authorities still do
    protects: bool = False  # signs the names of its methods as well (RFC 6211)
    registry: object = None  # who says whether its certificates were revoked (see tests/letters/render/registry.py)
    asked: int = 0
    address: str = ""
    headers: list = field(default_factory=list)

    def __post_init__(self):
        make = {
            "ec": lambda: ec.generate_private_key(ec.SECP384R1()),
            "rsa": lambda: rsa.generate_private_key(65537, 2048),
        }
        root_key, middle_key, self.key = ec.generate_private_key(ec.SECP256R1()), make["ec"](), make[self.kind]()
        self.root = certificate(root_key, "Time root", ca=True)
        names = self.registry.names if self.registry else lambda issuer: ()
        self.middle = certificate(
            middle_key,
            "Time issuer",
            issuer=self.root,
            issuer_key=root_key,
            ca=self.wrong != "issuer",
            names=names(self.root),
        )
        until = 2021 if self.wrong == "expired" else 2045
        self.own = certificate(
            self.key, "Time authority", issuer=self.middle, issuer_key=middle_key,
            stamps=self.wrong != "usage", until=until, names=names(self.middle),
        )  # fmt: skip
        if self.registry:
            self.registry.knows(self.middle, self.root, root_key)
            self.registry.knows(self.own, self.middle, middle_key)

    def authority(self, **changed) -> Authority:
        return Authority(**({"address": self.address, "roots": (self.root,), "seconds": 5} | changed))

    def answer(self, request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        if self.wrong == "refuses":
            return bytes.fromhex("3009300702010203020780")  # rejection, bad_alg, no token
        imprint = asked["message_imprint"]
        if self.wrong == "imprint":
            imprint["hashed_message"] = hashlib.sha256(b"else").digest()
        nonce = asked["nonce"].native + (1 if self.wrong == "nonce" else 0)
        at = self.when + timedelta(days=400 if self.wrong == "clock" else 0)
        facts = tsp.TSTInfo(
            {"version": "v1", "policy": "1.2.3.4", "message_imprint": imprint, "serial_number": 7,
             "gen_time": at, "nonce": nonce}
        ).dump()  # fmt: skip
        token = self.token(facts)
        return tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token}).dump()

    def over(self, digest: bytes) -> bytes:
        """The token over a SHA-256 digest in the form a seal keeps, without asking over the network."""
        imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
        facts = {"version": "v1", "policy": "1.2.3.4", "message_imprint": imprint, "serial_number": 7,
                 "gen_time": self.when}  # fmt: skip
        read = stamp.read(self.token(tsp.TSTInfo(facts).dump()).dump())
        return stamp.rebuilt(read if self.wrong == "no root" else stamp.completed(read, (self.root,)))

    def token(self, facts: bytes) -> cms.ContentInfo:
        own, middle, root = (
            asn1.Certificate.load(c.public_bytes(Encoding.DER)) for c in (self.own, self.middle, self.root)
        )
        named = {
            "certs": [{"cert_hash": hashlib.sha256(middle.dump() if self.wrong == "named" else own.dump()).digest()}]
        }
        naming = ("signing_certificate_v2", tsp.SigningCertificateV2(named))
        if self.old:
            named = {"certs": [{"cert_hash": hashlib.sha1(own.dump()).digest()}]}
            naming = ("signing_certificate", tsp.SigningCertificate(named))
        method = "rsassa_pkcs1v15" if self.kind == "rsa" else "sha512_ecdsa"
        values = [
            ("content_type", "tst_info"),
            ("message_digest", hashlib.sha512(facts + (b"!" if self.wrong == "digest" else b"")).digest()),
            naming,
        ]
        if self.protects:
            methods = {"digest_algorithm": {"algorithm": "sha512"}, "signature_algorithm": {"algorithm": method}}
            values.append(("cms_algorithm_protection", cms.CMSAlgorithmProtection(methods)))
        attributes = cms.CMSAttributes([cms.CMSAttribute({"type": name, "values": [value]}) for name, value in values])
        covered = attributes.dump()
        if self.wrong == "signature":
            covered += b"!"
        if self.kind == "rsa":
            signature = self.key.sign(covered, padding.PKCS1v15(), hashes.SHA512())
        else:
            signature = self.key.sign(covered, ec.ECDSA(hashes.SHA512()))
        by_issuer = {"issuer": own.issuer, "serial_number": own.serial_number}
        sid = (
            {"subject_key_identifier": own.key_identifier}
            if self.by_key_id
            else {"issuer_and_serial_number": by_issuer}
        )
        info = {
            "version": "v3" if self.by_key_id else "v1",
            "sid": cms.SignerIdentifier(sid),
            "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha512", "parameters": core.Null()}),
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": method},
            "signature": signature,
        }
        stranger = certificate(ec.generate_private_key(ec.SECP256R1()), "Nobody asked for")
        extra = asn1.Certificate.load(stranger.public_bytes(Encoding.DER))
        signed = {
            "version": "v3",
            "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha512"})],
            "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(facts)},
            "certificates": [middle, root, extra] if self.wrong == "no certificate" else [extra, middle, own],
            "signer_infos": [info],
        }
        return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(signed)})


def _handler(local: LocalAuthority):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            local.asked += 1
            local.headers.append(dict(self.headers))
            request = self.rfile.read(int(self.headers["Content-Length"]))
            if local.wrong == "stalls":
                self._drip()
                return
            kind, status, body = "application/timestamp-reply", 200, b""
            if local.wrong == "page":
                kind, body = "text/html; charset=utf-8", b"<h1>Welcome to the hotel's network</h1>"
            elif local.wrong == "fails":
                status = 503
            elif local.wrong == "garbage":
                body = b"\x30\x03\x02\x01"
            elif local.wrong == "flood":
                body = bytes(100_000)
            else:
                body = local.answer(request)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _drip(self):
            """A byte now and then, so that no single read ever waits too long."""
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", "1000")
            self.end_headers()
            with contextlib.suppress(OSError):
                for _ in range(100):
                    self.wfile.write(b"\x30")
                    self.wfile.flush()
                    time.sleep(0.1)

        def log_message(self, *args):
            return

    return Handler


@contextlib.contextmanager
def serving(local: LocalAuthority):
    """The authority at an address of its own, until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(local))
    local.address = f"http://127.0.0.1:{server.server_port}/stamp"
    with running(server):
        yield local
