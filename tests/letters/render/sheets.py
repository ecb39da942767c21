"""Sheets from literals, and a small world whose evidence fits one, for the tests of render."""

import dataclasses
from dataclasses import dataclass

from cryptography import x509
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from letters.proof.records import content_hash
from letters.render.keys import SealKeys
from letters.render.sheet import Sheet, Signatory
from tests.letters.proof.world import TEXT, World, honest

BODY = """
<p id="b-1">We ask the editors to retract the guideline <sup><a href="#ref-1">1</a></sup>, as an
immunohistochemical reinterpretation of its counterrevolutionary incomprehensibilities shows.</p>
<h2 id="b-2">What we ask</h2>
<ol id="b-3"><li value="1">Retract it.<ul><li>Soon.</li></ul></li><li value="3">Say why.</li></ol>
<table id="b-4"><thead><tr><th>Study</th><th>Patients</th></tr></thead>
<tbody><tr><td>First</td><td>12</td></tr></tbody></table>
<div class="signatories-place" id="b-5"></div>
<h2 id="b-6">References</h2>
<ol class="references"><li id="ref-1" value="1">Doe J. A guideline. <em>J Pain</em> 2025.
<a href="https://doi.org/10.1000/182">doi:10.1000/182</a></li></ol>
"""

# Scripts, brackets in right-to-left names, digits between them, base and mark drawn apart, one name inside another.
NAMES = (
    "Society of Spine & Pain",
    "Spine & Pain",
    'American Fellowship of Surgeons ("AFOSS")',
    "Ελληνική Εταιρεία Πόνου",
    "Українська асоціація болю",
    "Türk Girişimsel Ağrı Derneği",
    "Hội Đau Việt Nam (Hà Nội)",
    "Ẹgbẹ́ Oníṣègùn Ìrora",
    "대한중재통증학회",
    "日本脊椎インターベンション学会",
    "中国医师协会疼痛科医师分会",
    "الجمعية الخليجية للعمود الفقري والألم",
    "جمعية طب الألم (القاهرة)",
    "רשת 1998 לכאב (תל אביב)",
    "Society of Advanced Practice Providers in Interventional Spine, Musculoskeletal and Neuromodulation "
    "Medicine of the Americas",
)


def signatory(society: str, **changed: str) -> Signatory:
    values = {
        "society": society,
        "short_name": "SSP",
        "country": "US",
        "printed_name": "Ruth Lindqvist, MD",
        "office": "President",
        "receipt": "R-0001",
    }
    return Signatory(**(values | changed))


def sheet(**changed) -> Sheet:
    values = {
        "slug": "retraction",
        "title": "Retraction requested",
        "convener": "Society of Spine & Pain",
        "addressee": "The Editor-in-Chief\nJournal of Examples",
        "date": "2025-03-18",
        "language": "en",
        "version": 2,
        "edition": 1,
        "content_hash": content_hash(TEXT),
        "verify_address": "https://signon.example/v/0123456789ab-1",
        "letter_html": BODY,
        "signatories": (signatory("Society of Spine & Pain"), signatory("Pain Forum", country="GB")),
        "closed_at": "2025-03-18T17:00:00.000000Z",
        "show_officers": True,
    }
    return Sheet(**(values | changed))


@dataclass
class Site(World):
    """An honest letter whose evidence is made with the keys of a site."""

    keys: SealKeys | None = None

    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificate(self.keys.certificate)

    def sheet(self, **changed) -> Sheet:
        fields = [field.name for field in dataclasses.fields(Signatory)]
        people = tuple(Signatory(**{name: record[name] for name in fields if name in record}) for record in self.roster)
        facts = {key: self.letter[key] for key in ("slug", "title", "convener", "closed_at", "verify_address")}
        return sheet(signatories=people, **facts, **changed)


def p12_of(key, certificate, cas=None) -> bytes:
    """A PKCS#12 file under the password "secret"."""
    lock = BestAvailableEncryption(b"secret")
    return pkcs12.serialize_key_and_certificates(b"seal", key, certificate, cas, lock)


def site(keys: SealKeys, names=NAMES) -> Site:
    world = honest(names)
    values = {field.name: getattr(world, field.name) for field in dataclasses.fields(world)}
    return Site(**(values | {"keys": keys, "note_key": keys.checkpoint}))
