"""What a browser makes of a page: the forms it would send untouched, and the words a person reads."""

import re

import lxml.html

NOT_TEXT = {"checkbox", "radio", "file", "submit"}


def forms_of(page: str) -> list[dict[str, str]]:
    """What the browser would send for each form on a page if nobody touched it; it drops a textarea's first break."""
    forms = lxml.html.fromstring(page).xpath("//main//form[@method='post']")
    return [{name: value for name, value in _sent(form).items() if name != "csrfmiddlewaretoken"} for form in forms]


def _sent(form: lxml.html.FormElement) -> dict[str, str]:
    empty = {field.get("name"): "" for field in form.xpath(".//input[@name]") if field.get("type") not in NOT_TEXT}
    return empty | {name: value.removeprefix("\n") for name, value in form.form_values()}


def form_of(page: str) -> dict[str, str]:
    """The first form."""
    return forms_of(page)[0]


def text_content(answer) -> str:
    """The text of a page as it stands there, blanks joined."""
    return " ".join(lxml.html.fromstring(answer.content).text_content().split())


def words(answer) -> str:
    """The same with a blank for each tag, so that the cells of a table stay apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
