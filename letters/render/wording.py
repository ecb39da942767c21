"""The fixed words on a letter's paper in its own language: one row per language, English where there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from letters.proof import kinds

NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the paper says besides the letter. Patterns in braces are filled by `str.format`.

    `cited` tells where the n-th link back from a reference leads; how the app names the place is known in English only.

    `kinds` and `columns` have the keys of proof.kinds.WORDS: one and several of a kind, and the head of its column.
    """

    language: str
    kinds: Mapping[str, tuple[str, str]]
    columns: Mapping[str, str]
    joint: str
    thousands: str
    signed_by: str
    and_by: str
    officers_of_one: str
    officer: str
    person: str
    country: str
    interests: str
    none_declared: str
    others_none: str
    issue: str
    earlier: str
    content_hash: str
    six_words: str
    check_at: str
    latest: str
    concerns: str
    page_of: str
    qr: str
    logo: str
    reference: str
    cited: str
    in_annex: str
    annex: str

    def count(self, signers: Iterable[tuple[str, str]]) -> str:
        """Pairs of kind and name, counted: "34 Gesellschaften und 1 Person"."""
        return self.told(kinds.numbers(signers))

    def told(self, numbers: Mapping[str, int]) -> str:
        """The same from what kinds.numbers found."""
        return kinds.in_words(numbers, self.kinds, self.joint, self.thousands)


def _by_kind(society: str, organisation: str, person: str) -> dict[str, str]:
    return {kinds.SOCIETY: society, kinds.ORGANISATION: organisation, kinds.PERSON: person}


_ALL = (
    Wording(
        language="en", kinds=kinds.WORDS, columns=_by_kind("Society", "Organisation", "Name"), joint="and",
        thousands=",",
        signed_by="Signed by {count}", and_by="And by {count}",
        officers_of_one="Signed by {n} officers of one {kind}",
        officer="Officer and office", person="Name and office as signed", country="Country",
        interests="Interests declared", none_declared="None were declared.",
        others_none="The other {count} declared none.",
        issue="Version {version} · Edition {edition}", earlier="Edition {number} of {day} had {count}.",
        content_hash="Content hash", six_words="In six words", check_at="Check it at",
        latest="Once the letter is public, that address names its latest edition.", concerns="Concerning",
        page_of="of", qr="QR code of the address {address}", logo="Logo of {name}",
        reference="Reference {n}", cited="Cited in {place}",
        in_annex="Their names stand in the annex at the end of this letter.", annex="Annex: signed by {count}",
    ),
    Wording(
        language="fr",
        kinds={
            kinds.SOCIETY: ("société", "sociétés"), kinds.ORGANISATION: ("organisation", "organisations"),
            kinds.PERSON: ("personne", "personnes"),
        },
        columns=_by_kind("Société", "Organisation", "Nom"), joint="et", thousands=NBSP,
        signed_by="Signé par {count}", and_by="Et par {count}",
        officers_of_one="Signé par {n} responsables d’une même {kind}",
        officer="Responsable et fonction", person="Nom et fonction tels que signés", country="Pays",
        interests="Intérêts déclarés", none_declared="Aucun intérêt n’a été déclaré.",
        others_none="N’ont déclaré aucun intérêt : {count}.",
        issue="Version {version} · Édition {edition}", earlier="L’édition {number} du {day} portait {count}.",
        content_hash="Empreinte", six_words="En six mots", check_at="À vérifier sur",
        latest="Une fois la lettre publique, cette adresse indique sa dernière édition.", concerns="Objet",
        page_of="sur", qr="Code QR de l’adresse {address}", logo="Logo : {name}",
        reference="Référence {n}", cited="Retour à l’appel n° {n} dans le texte",
        in_annex="Leurs noms figurent dans l’annexe, à la fin de cette lettre.", annex="Annexe : signé par {count}",
    ),
    Wording(
        language="de",
        kinds={
            kinds.SOCIETY: ("Gesellschaft", "Gesellschaften"), kinds.ORGANISATION: ("Organisation", "Organisationen"),
            kinds.PERSON: ("Person", "Personen"),
        },
        columns=_by_kind("Gesellschaft", "Organisation", "Name"), joint="und", thousands=".",
        signed_by="Unterzeichnet von {count}", and_by="Und von {count}",
        officers_of_one="Unterzeichnet von {n} Personen einer {kind}",
        officer="Person und Amt", person="Name und Amt wie unterzeichnet", country="Land",
        interests="Erklärte Interessen", none_declared="Es wurden keine Interessen erklärt.",
        others_none="Keine Interessen erklärten: {count}.",
        issue="Fassung {version} · Ausgabe {edition}", earlier="Ausgabe {number} vom {day} hatte {count}.",
        content_hash="Inhalts-Hash", six_words="In sechs Wörtern", check_at="Zu prüfen unter",
        latest="Sobald der Brief öffentlich ist, nennt diese Adresse seine neueste Ausgabe.", concerns="Betrifft",
        page_of="von", qr="QR-Code der Adresse {address}", logo="Logo: {name}",
        reference="Literaturstelle {n}", cited="Zurück zur {n}. Stelle im Text",
        in_annex="Die Namen stehen im Anhang am Ende dieses Briefes.", annex="Anhang: unterzeichnet von {count}",
    ),
    Wording(
        language="es",
        kinds={
            kinds.SOCIETY: ("sociedad", "sociedades"), kinds.ORGANISATION: ("organización", "organizaciones"),
            kinds.PERSON: ("persona", "personas"),
        },
        columns=_by_kind("Sociedad", "Organización", "Nombre"), joint="y", thousands=NBSP,
        signed_by="Firmado por {count}", and_by="Y por {count}",
        officers_of_one="Firmado por {n} representantes de una {kind}",
        officer="Representante y cargo", person="Nombre y cargo tal como se firmó", country="País",
        interests="Intereses declarados", none_declared="No se declaró ninguno.",
        others_none="No declararon ninguno: {count}.",
        issue="Versión {version} · Edición {edition}", earlier="La edición {number} del {day} tenía {count}.",
        content_hash="Huella del texto", six_words="En seis palabras", check_at="Se verifica en",
        latest="Cuando la carta sea pública, esa dirección indicará su última edición.", concerns="Asunto",
        page_of="de", qr="Código QR de la dirección {address}", logo="Logotipo: {name}",
        reference="Referencia {n}", cited="Volver a la cita n.º {n} en el texto",
        in_annex="Sus nombres figuran en el anexo, al final de esta carta.", annex="Anexo: firmado por {count}",
    ),
)  # fmt: skip
_BY_LANGUAGE = {one.language: one for one in _ALL}


def wording(language: str) -> Wording:
    """The words for a letter in this language (BCP 47); the region does not matter."""
    return _BY_LANGUAGE.get(language.lower().split("-")[0], _BY_LANGUAGE["en"])
