"""Subject, plain part and HTML of one message from one text; no rows are written here."""

from typing import Any

import css_inline
from django.conf import settings
from django.template import TemplateDoesNotExist
from django.template.loader import get_template, render_to_string
from django.utils import translation

from letters.mail import Message
from letters.notify import blocks

# Rules for dark mode and small screens cannot stand beside an element; css-inline keeps them in the style block.
INLINER = css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
LANGUAGES = ("en", "fr", "de", "es")


def shipped_in(kind: str, language: str) -> str:
    """`language`, or English where the words of this kind are not shipped in it."""
    if language not in LANGUAGES:
        return "en"
    try:
        get_template(f"mail/{language}/{kind}.txt")
    except TemplateDoesNotExist:
        return "en"
    return language


def written(kind: str, language: str, facts: dict[str, Any]) -> Message:
    """A message whose words are shipped and fixed: `mail/<language>/<kind>.txt`, its first line the subject."""
    language = shipped_in(kind, language)
    with translation.override(language):
        subject, body = parted(render_to_string(f"mail/{language}/{kind}.txt", facts))
    return laid_out(subject, body, language, typed=facts.get("typed", ""), stop=facts.get("stop", ""))


def parted(text: str) -> tuple[str, str]:
    """The first line, as the subject, and the rest."""
    subject, _, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip("\n")


def laid_out(subject: str, body: str, language: str, *, typed: str = "", stop: str = "") -> Message:
    """Both parts from the same lines: the body, and the foot that each mail has."""
    facts = {"typed": typed, "stop": stop, "site_url": settings.SITE_URL, "site_name": settings.SITE_NAME}
    foot = render_to_string(f"mail/{language}/footer.txt", facts)
    page = render_to_string(
        "mail/frame.html",
        {"language": language, "title": subject, "body": blocks.html(body), "foot": blocks.html(foot)},
    )
    text = f"{blocks.plain(body)}\n-- \n{blocks.plain(foot)}"
    return Message(subject[:300], text, INLINER.inline(page))
