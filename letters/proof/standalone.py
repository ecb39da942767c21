"""One HTML file that checks sealed letters in a browser; its scripts lie in browser/, in the order named here."""

import base64
import functools
import hashlib
import html
from collections.abc import Sequence
from pathlib import Path

FOLDER = Path(__file__).parent / "browser"
# Each may use what stands before it; page.js starts.
SCRIPTS = (
    "bytes", "canonical", "zip", "der", "x509", "cms", "stamp", "pdf", "file", "appended", "revocation", "lasting",
    "seal", "checkpoint", "history", "proofs", "evidence", "verdict", "single", "taken", "page",
)  # fmt: skip


@functools.cache
def script() -> str:
    """All scripts as one text."""
    return "\n".join((FOLDER / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)


@functools.cache
def style() -> str:
    """The style of the page."""
    return (FOLDER / "page.css").read_text(encoding="utf-8")


@functools.cache
def hashes() -> tuple[str, str]:
    """What a Content-Security-Policy calls the script and the style of the page."""
    return _hash(script()), _hash(style())


def policy() -> str:
    """The Content-Security-Policy of the page: its own script and style by their hashes, and no connection at all."""
    script_hash, style_hash = hashes()
    return (
        f"default-src 'none'; script-src '{script_hash}'; style-src '{style_hash}'; "
        "connect-src 'none'; form-action 'none'; base-uri 'none'"
    )


def page(*, keys: Sequence[str] = (), site: str = "") -> str:
    """The whole page. `keys` are fingerprints (64 hex digits) written into its field, as those of `site`."""
    note = f"These are the keys of {site} as it served this page; compare them with another source." if keys else ""
    parts = {
        "policy": html.escape(policy()),
        "style": style(),
        "script": script(),
        "keys": html.escape("\n".join(keys)),
        "note": html.escape(note or "Without a key the verdict shows the key that was used, for you to compare."),
    }
    text = (FOLDER / "page.html").read_text(encoding="utf-8")
    for name, value in parts.items():
        text = text.replace(f"{{{name}}}", value, 1)
    return text


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
