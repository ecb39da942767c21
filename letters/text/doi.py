"""A DOI as it is typed or pasted, brought to one form; where it leads is nobody's business here."""

import re
import urllib.parse

_LEAD = re.compile(r"^(?:doi\s*:\s*)?(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/)?(?:doi\s*:\s*)?", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_STOPS = ".,;:!?’'”\""
_MOST = 200


class BadDoi(ValueError):
    """What was typed is no DOI; the message is one sentence that says how one looks."""


def normal_doi(typed: str) -> str:
    """The DOI in lower case without any address around it: “https://doi.org/10.1136/BMJ.R179.” is 10.1136/bmj.r179.

    DOIs are compared without regard to case (DOI Handbook, section 2.4). A stop behind it and a bracket that was not
    opened inside belong to the sentence. Raises BadDoi.
    """
    text = _LEAD.sub("", " ".join(typed.split()), count=1)
    if "%" in text:
        text = urllib.parse.unquote(text)
    text = _trimmed(text)
    if len(text) > _MOST or not _DOI.fullmatch(text) or not text.isprintable():
        raise BadDoi("Write the DOI as it stands on the paper, such as 10.1136/bmj-2024-079970.")
    return text.lower()


def _trimmed(text: str) -> str:
    while text and (text[-1] in _STOPS or (text[-1] in ")]}" and _unopened(text))):
        text = text[:-1]
    return text


def _unopened(text: str) -> bool:
    return any(text.endswith(b) and text.count(b) > text.count(a) for a, b in ("()", "[]", "{}"))
