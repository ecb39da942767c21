"""A mail scanner that opens a link and submits every form it meets, as some mail filters do; it never reads mail."""

from urllib.parse import urlsplit

from tests.journeys.visitor import Visitor

MOST_FORMS = 60
FORMS = (
    "[...document.forms].map(form => form.action + ' ' + [...new FormData(form)].filter(([k]) => k == 'act').join())"
)
# submit() asks no browser to check the fields first.
SUBMIT = """([place, typed]) => {
    const form = document.forms[place];
    for (const field of form.elements)
        if (typed !== null && ["text", "email", "search", "textarea"].includes(field.type)) field.value = typed;
    form.submit();
}"""


def scan(visitor: Visitor, link: str, typed: str | None) -> list[str]:
    """Submit every form of the letter that `link` leads to, each once; fields keep their values when `typed` is None.

    Returns the addresses the forms were sent to, in order.
    """
    visitor.open(link)
    pages, sent = [visitor.page.url], []
    for page in pages:
        visitor.page.goto(page)
        for place, form in enumerate(visitor.page.evaluate(FORMS)):
            if form in sent or len(sent) == MOST_FORMS:
                continue
            sent.append(form)
            visitor.page.goto(page)
            if visitor.page.evaluate(FORMS)[place:][:1] != [form]:
                continue  # what was sent before has changed the page
            with visitor.page.expect_navigation():
                visitor.page.evaluate(SUBMIT, [place, typed])
            if visitor.page.url not in pages:
                pages.append(visitor.page.url)
    return [urlsplit(form.split(" ")[0]).path for form in sent]
