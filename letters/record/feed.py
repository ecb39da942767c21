"""Atom feeds (RFC 4287): what happened to one letter, and which letters were released here."""

import datetime
import re
import urllib.parse

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from letters.models import Letter
from letters.record.rows import Rows
from letters.record.story import Step, steps
from signon.site import absolute

NEWEST = 50
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tag(day: datetime.date, what: str) -> str:
    """A name that stays the same when the page moves (RFC 4151)."""
    host = urllib.parse.urlsplit(settings.SITE_URL).hostname
    return f"tag:{host},{day.isoformat()}:{what}"


class Feed(Atom1Feed):
    """Django's feed; one without entries is as old as the format, not new with each visit."""

    def latest_post_date(self) -> datetime.datetime:
        """When the newest entry was changed."""
        return super().latest_post_date() if self.items else datetime.datetime(2005, 12, 1, tzinfo=datetime.UTC)


def plain(words: str) -> str:
    """The words without characters that XML has no room for."""
    return _NO_XML.sub("", words)


def of_letter(rows: Rows) -> str:
    """Every step of the story, the newest first, each under a name of its own."""
    letter, page = rows.letter, absolute(rows.letter.get_absolute_url())
    released = letter.published_at or letter.created_at
    feed = Feed(
        title=plain(rows.edition.version.title), link=page, description=None, feed_url=f"{page}/feed.atom",
        feed_guid=tag(released.date(), letter.slug), author_name=plain(letter.convener), language="en",
        subtitle=f"What happened to this letter, signed by {rows.edition.signers}",
    )  # fmt: skip
    for step in reversed(steps(rows)):
        feed.add_item(
            title=plain(step.words), link=f"{page}#{step.key}", description=_html(f"{step.when}. {step.detail}"),
            unique_id=tag(released.date(), f"{letter.slug}/{step.key}"), pubdate=_moment(step),
            updateddate=max(step.known_at or _moment(step), released),
        )  # fmt: skip
    return feed.writeString("utf-8")


def _html(words: str) -> str:
    """Django writes summaries as HTML, so the words are escaped once for that."""
    return escape(plain(words).strip())


def _moment(step: Step) -> datetime.datetime:
    return step.at or datetime.datetime.combine(step.day, datetime.time(12), datetime.UTC)


def of_site(letters: list[Letter]) -> str:
    """The letters released last, the newest first."""
    feed = Feed(
        title=f"Letters on {settings.SITE_NAME}", link=absolute("/"), description=None, language="en",
        feed_url=absolute("/feed.atom"), feed_guid=absolute("/"), author_name=settings.SITE_NAME,
    )  # fmt: skip
    for letter in letters[:NEWEST]:
        if letter.published_at:
            feed.add_item(
                title=plain(letter.title), link=absolute(letter.get_absolute_url()), description=_html(letter.convener),
                unique_id=tag(letter.published_at.date(), letter.slug), pubdate=letter.published_at,
                updateddate=letter.published_at,
            )  # fmt: skip
    return feed.writeString("utf-8")
