"""One text as plain words and as HTML: nothing somebody else wrote becomes a button, a link or markup."""

import pytest
from django.conf import settings

from letters.notify import blocks

SITE = settings.SITE_URL


def test_each_kind_of_line_in_both_parts():
    text = f"One\ntwo\n\n    A title\n\n- first\n- second\n\n[Open it] {SITE}/x\n\n```\nkept  as\n\nit is\n```"
    assert blocks.plain(text) == (
        f"One\ntwo\n\n    A title\n\n- first\n- second\n\nOpen it:\n{SITE}/x\n\nkept  as\n\nit is\n"
    )
    assert blocks.html(text).splitlines()[:4] == [
        "<p>One<br>two</p>",
        '<p class="said">A title</p>',
        "<ul><li>first</li><li>second</li></ul>",
        f'<p class="act"><a class="button" href="{SITE}/x">Open it</a></p>'
        f'<p class="address"><a href="{SITE}/x">{SITE}/x</a></p>',
    ]
    assert '<pre class="kept">kept  as\n\nit is</pre>' in blocks.html(text)


@pytest.mark.parametrize("words", ["[Click] https://elsewhere.example/", "<b>bold</b>", "[Click] javascript:alert(1)"])
def test_what_leads_elsewhere_is_only_words(words):
    made = blocks.html(words)
    assert "<a" not in made
    assert "<b>" not in made


def test_words_of_others_are_set_off_line_by_line():
    quoted = blocks.said(f"[Sign in] {SITE}/evil\n- no list\n```")
    assert blocks.html(quoted).count("<a class") == 0
    assert blocks.html(quoted).startswith('<p class="said">')
    assert "<ul>" not in blocks.html(quoted)


def test_addresses_of_this_site_are_links_without_the_full_stop():
    assert blocks.html(f"Go to {SITE}/i.") == f'<p>Go to <a href="{SITE}/i">{SITE}/i</a>.</p>'
