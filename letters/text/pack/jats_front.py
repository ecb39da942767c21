"""The front of a JATS article: the journal as far as it is known, the title, who stands behind it, what it answers."""

from collections.abc import Collection

from lxml import etree

from letters.text.inline import runs_of
from letters.text.pack.jats_xml import e, inline, on_one_line
from letters.text.pack.lists import interests
from letters.text.pack.matter import Matter
from letters.text.pack.people import AUTHOR, ON_BEHALF, SUBMITTER, Contributor

LETTER, RESPONSE = "Letter", "Online response"


def front(matter: Matter, ids: Collection[str]) -> etree._Element:
    """The `<front>`. The DTD asks for an ISSN, empty where none is known, and a date, which is the signing's."""
    return e("front", _journal(matter), _article(matter, ids))


def _journal(matter: Matter) -> etree._Element:
    title = e("journal-title-group", e("journal-title", matter.venue.name))
    publisher = e("publisher", e("publisher-name", matter.publisher)) if matter.publisher else None
    id = e("journal-id", matter.venue.key, journal_id_type="other")
    return e("journal-meta", id, title, e("issn", matter.issn), publisher)


def _article(matter: Matter, ids: Collection[str]) -> etree._Element:
    answer = matter.venue.rule("article").yes is False
    subject = e("subj-group", e("subject", RESPONSE if answer else LETTER), subj_group_type="heading")
    titles = [block for block in matter.blocks if block.kind == "title"]
    words = inline(on_one_line(runs_of(titles[0])), ids) if titles else [matter.title]
    return e(
        "article-meta", e("article-categories", subject), e("title-group", e("article-title", *words)),
        _contributors(matter), _notes(matter), _date(matter), _rights(matter), *_targets(matter),
    )  # fmt: skip


def _contributors(matter: Matter) -> etree._Element:
    """Authors as `<contrib>`, then the societies on whose behalf they write."""
    group = e("contrib-group")
    for one in matter.people.once(AUTHOR):
        handed_in = one == matter.people.submitter
        inner = _person(one) if one.person else [_society(one)]
        group.append(e("contrib", *inner, contrib_type="author", corresp="yes" if handed_in else ""))
    for one in matter.people.once(ON_BEHALF):
        group.append(e("on-behalf-of", _institution(one) if one.society else one.name))
    return group


def _person(one: Contributor) -> list[etree._Element]:
    parts = [e("contrib-id", f"https://orcid.org/{one.orcid}", contrib_id_type="orcid")] if one.orcid else []
    if one.given:
        parts.append(e("name", e("surname", one.family), e("given-names", one.given)))
    else:
        parts.append(e("name-alternatives", e("string-name", one.family)))
    if one.office:
        parts.append(e("role", one.office))
    if one.affiliation:
        country: list[etree._Element | str] = (
            [", ", e("country", one.country, country=one.country)] if one.country else []
        )
        parts.append(e("aff", e("institution", one.affiliation), *country))
    return [*parts, e("email", one.email)] if one.email else parts


def _society(one: Contributor) -> etree._Element:
    country = e("country", one.country, country=one.country) if one.country else None
    return e("collab", _institution(one), country)


def _institution(one: Contributor) -> etree._Element:
    id = e("institution-id", one.ror, institution_id_type="ror") if one.ror else None
    return e("institution-wrap", e("institution", one.society), id)


def _notes(matter: Matter) -> etree._Element:
    """Who hands it in, the interests, where it can be checked."""
    who = matter.people.submitter
    role = "" if who.role == SUBMITTER else f", {who.role}"
    after: list[etree._Element | str] = [", ", e("email", who.email)] if who.email else []
    notes = e("author-notes", e("corresp", f"Submitted by {who.name}{role}", *after, id="submitter"))
    notes.append(e("fn", *[e("p", said) for said in interests(matter)], fn_type="conflict"))
    if matter.verify:
        link = e("ext-link", matter.verify, ext_link_type="uri", href=matter.verify)
        notes.append(
            e("fn", e("p", "The signed text and its signatories can be checked at ", link, "."), fn_type="other")
        )
    return notes


def _date(matter: Matter) -> etree._Element:
    """The day of the signing, named as such: the text has not appeared anywhere by being sent."""
    day = matter.dated
    if day is None:
        return e("pub-date", e("year"), date_type="not-published")
    parts = [e(name, str(number)) for name, number in (("day", day.day), ("month", day.month), ("year", day.year))]
    return e("pub-date", *parts, date_type="signed", iso_8601_date=day.isoformat())


def _rights(matter: Matter) -> etree._Element | None:
    return e("permissions", e("copyright-statement", matter.rights)) if matter.rights else None


def _targets(matter: Matter) -> list[etree._Element]:
    return [
        e("related-article", target.citation, related_article_type="commentary-article", ext_link_type="doi",
          id=f"target-{n}", href=target.doi)
        for n, target in enumerate(matter.targets, 1)
    ]  # fmt: skip
