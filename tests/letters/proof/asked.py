"""Asks the page that checks letters in a browser about many files at once."""

import base64
import itertools
from collections.abc import Iterable

from playwright.sync_api import Page

HOLDS = """async (all) => {
  const out = [];
  for (const [data, keys] of all) out.push((await checked(ascii(atob(data)), { trusted: keys })).ok);
  return out;
}"""
BATCH = 200


def holding(page: Page, made: Iterable[tuple[str, bytes]], trusted: Iterable[str] = ()) -> list[str]:
    """The names of those files that hold."""
    found, rest = [], iter(made)
    while batch := list(itertools.islice(rest, BATCH)):
        given = [[base64.b64encode(data).decode(), list(trusted)] for _, data in batch]
        found += [name for (name, _), ok in zip(batch, page.evaluate(HOLDS, given), strict=True) if ok]
    return found
