"""The fixed words on a letter's paper in its own language: one row per language, English where there is none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """What the paper says besides the letter. Patterns in braces are filled by `str.format`."""

    language: str
    society: str
    societies: str
    one_society: str
    signed_by: str
    officers_of_one: str
    officer: str
    country: str
    interests: str
    issue: str
    earlier: str
    content_hash: str
    six_words: str
    check_at: str
    concerns: str
    page_of: str
    qr: str

    def count(self, societies: int) -> str:
        """How many societies, in words: "1 society", "34 Gesellschaften"."""
        return (self.one_society if societies == 1 else self.societies).format(n=societies)

    def signed(self, societies: int, signatures: int) -> str:
        """The heading over the signatories."""
        if societies == 1 and signatures > 1:
            return self.officers_of_one.format(n=signatures)
        return self.signed_by.format(count=self.count(societies))


_ALL = (
    Wording(
        language="en",
        society="Society", societies="{n} societies", one_society="{n} society",
        signed_by="Signed by {count}", officers_of_one="Signed by {n} officers of one society",
        officer="Officer and office", country="Country", interests="Interests declared",
        issue="Version {version} · Edition {edition}", earlier="Edition {number} of {day} had {count}.",
        content_hash="Content hash", six_words="In six words", check_at="Check it at", concerns="Concerning",
        page_of="of", qr="QR code of the address {address}",
    ),
    Wording(
        language="fr",
        society="Société", societies="{n} sociétés", one_society="{n} société",
        signed_by="Signé par {count}", officers_of_one="Signé par {n} responsables d’une même société",
        officer="Responsable et fonction", country="Pays", interests="Intérêts déclarés",
        issue="Version {version} · Édition {edition}", earlier="L’édition {number} du {day} portait {count}.",
        content_hash="Empreinte", six_words="En six mots", check_at="À vérifier sur", concerns="Objet",
        page_of="sur", qr="Code QR de l’adresse {address}",
    ),
    Wording(
        language="de",
        society="Gesellschaft", societies="{n} Gesellschaften", one_society="{n} Gesellschaft",
        signed_by="Unterzeichnet von {count}", officers_of_one="Unterzeichnet von {n} Personen einer Gesellschaft",
        officer="Person und Amt", country="Land", interests="Erklärte Interessen",
        issue="Fassung {version} · Ausgabe {edition}", earlier="Ausgabe {number} vom {day} hatte {count}.",
        content_hash="Inhalts-Hash", six_words="In sechs Wörtern", check_at="Zu prüfen unter", concerns="Betrifft",
        page_of="von", qr="QR-Code der Adresse {address}",
    ),
    Wording(
        language="es",
        society="Sociedad", societies="{n} sociedades", one_society="{n} sociedad",
        signed_by="Firmado por {count}", officers_of_one="Firmado por {n} representantes de una sociedad",
        officer="Representante y cargo", country="País", interests="Intereses declarados",
        issue="Versión {version} · Edición {edition}", earlier="La edición {number} del {day} tenía {count}.",
        content_hash="Huella del texto", six_words="En seis palabras", check_at="Se verifica en", concerns="Asunto",
        page_of="de", qr="Código QR de la dirección {address}",
    ),
)  # fmt: skip
_BY_LANGUAGE = {one.language: one for one in _ALL}


def wording(language: str) -> Wording:
    """The words for a letter in this language (BCP 47); the region does not matter."""
    return _BY_LANGUAGE.get(language.lower().split("-")[0], _BY_LANGUAGE["en"])
