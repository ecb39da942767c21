"""Asks Crossref about one DOI over HTTP, within a time and a size; reads no meaning into the answer.

The address and the courtesy of naming oneself follow Crossref's REST API documentation (/works/{doi}, mailto).
"""

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from typing import IO, Any

SECONDS = 10.0  # for each answer of the network
AT_MOST = 20.0  # seconds in all
MOST_BYTES = 4_000_000
_CHUNK = 65_536


class Away(Exception):
    """No answer now; the message is one sentence, and asking again later may help."""


class Unknown(Exception):
    """An answer that holds nothing; the message is one sentence that says what to do instead."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """What is asked for by name is not looked for anywhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


def ask(doi: str, *, url: str, mail: str = "") -> dict[str, Any]:
    """The "message" of the answer about a normal DOI; raises Away or Unknown, never another error of the network."""
    query = f"?{urllib.parse.urlencode({'mailto': mail})}" if mail else ""
    address = f"{url}/works/{urllib.parse.quote(doi, safe='')}{query}"
    asked = urllib.request.Request(
        address, headers={"User-Agent": "Signon", "Accept": "application/json", "Accept-Encoding": "identity"}
    )
    try:
        with urllib.request.build_opener(_NoRedirect).open(asked, timeout=SECONDS) as answer:
            data = _read(answer)
    except urllib.error.HTTPError as error:
        raise _refusal(doi, error.code) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise Away(f"Crossref could not be reached ({reason or type(error).__name__}).") from None
    return _message(doi, data)


def _read(answer: Any) -> bytes:
    until, data = time.monotonic() + AT_MOST, b""
    while part := answer.read1(_CHUNK):
        data += part
        if len(data) > MOST_BYTES:
            raise Unknown("Crossref’s answer is far too long: type citation and dates by hand.")
        if time.monotonic() > until:
            raise Away("Crossref answers too slowly.")
    return data


def _refusal(doi: str, code: int) -> Exception:
    if code == 404:
        return Unknown(f"Crossref does not know {doi}: compare it with the paper, or type citation and dates by hand.")
    if code == 429 or code >= 500:
        return Away(f"Crossref cannot answer now (status {code}).")
    return Unknown(f"Crossref refused to answer (status {code}): type citation and dates by hand.")


def _message(doi: str, data: bytes) -> dict[str, Any]:
    try:
        message = json.loads(data)["message"]
    except (ValueError, KeyError, TypeError, RecursionError):
        message = None
    if not isinstance(message, dict):
        raise Unknown("Crossref’s answer cannot be read: type citation and dates by hand.")
    if str(message.get("DOI", "")).lower() != doi:
        raise Unknown(f"Crossref answered about another paper than {doi}: type citation and dates by hand.")
    return message
