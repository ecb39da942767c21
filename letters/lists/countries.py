"""Countries and languages as people write them in lists, as the two letters that are kept."""

import re

# ISO 3166-1; the names that stand most often in lists of societies, in English, French, German and Spanish.
_COUNTRIES = {
    "AR": "argentina argentinien argentine", "AT": "austria österreich autriche",
    "AU": "australia australien australie",
    "BE": "belgium belgien belgique bélgica", "BR": "brazil brasil brasilien brésil", "CA": "canada kanada canadá",
    "CH": "switzerland schweiz suisse suiza", "CL": "chile", "CN": "china chine", "CO": "colombia kolumbien colombie",
    "CZ": "czechia czech_republic tschechien", "DE": "germany deutschland allemagne alemania",
    "DK": "denmark dänemark danemark dinamarca", "ES": "spain españa spanien espagne",
    "FI": "finland finnland finlande finlandia", "FR": "france frankreich francia",
    "GB": "united_kingdom uk u.k. great_britain england scotland wales royaume-uni großbritannien reino_unido",
    "GR": "greece griechenland grèce grecia", "HU": "hungary ungarn hongrie hungría", "IE": "ireland irland irlande",
    "IL": "israel", "IN": "india indien inde", "IT": "italy italia italien italie", "JP": "japan japon japón 日本",
    "KR": "south_korea korea republic_of_korea südkorea corée_du_sud", "MX": "mexico méxico mexiko mexique",
    "NL": "netherlands the_netherlands niederlande pays-bas países_bajos holland",
    "NO": "norway norwegen norvège noruega", "NZ": "new_zealand neuseeland", "PL": "poland polen pologne polonia",
    "PT": "portugal", "SE": "sweden schweden suède suecia", "SG": "singapore", "TR": "turkey türkiye türkei turquie",
    "TW": "taiwan", "ZA": "south_africa südafrika afrique_du_sud sudáfrica",
    "US": "usa u.s.a. u.s. united_states united_states_of_america états-unis vereinigte_staaten estados_unidos",
}  # fmt: skip
_LANGUAGES = {
    "en": "english englisch anglais inglés", "fr": "french französisch français francés",
    "de": "german deutsch allemand alemán", "es": "spanish spanisch espagnol español castellano",
}  # fmt: skip
_CODES = {name: code for code, names in _COUNTRIES.items() for name in names.split()}
_TAGS = {name: tag for tag, names in _LANGUAGES.items() for name in names.split()}


def country_code(words: str) -> str | None:
    """Two capital letters for a country, "" for none given; None for words that are not understood."""
    known = _CODES.get("_".join(words.casefold().split()))
    if known or not words:
        return known or ""
    return words.upper() if len(words) == 2 and words.isascii() and words.isalpha() else None


def language_code(words: str) -> str | None:
    """A language tag (BCP 47) in lower case, English where none is given; None for words that are not understood."""
    tag = _TAGS.get(words.casefold(), words.casefold() or "en")
    return tag if len(tag) <= 10 and re.fullmatch(r"[a-z]{2,3}([-_][a-z0-9]{2,8})*", tag) else None
