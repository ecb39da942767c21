"""A register of DOIs on this machine: answers as recorded, late, wrong or not at all."""

import http.server
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tests.beside import running

# In the form of Crossref's REST API; the paper is fictional.
RECORDED = {
    "DOI": "10.5555/Example.1",
    "type": "journal-article",
    "title": ["A guideline on <i>counting</i> &amp; reckoning"],
    "container-title": ["Journal of Examples"],
    "short-container-title": ["J Exempl"],
    "ISSN": ["0959-8138", "1756-1833"],
    "author": [
        {"given": "Jane W.", "family": "Okoro", "sequence": "first"},
        {"given": "Jean-Luc", "family": "Petit", "sequence": "additional"},
        {"name": "Counting Group", "sequence": "additional"},
    ],
    "volume": "388",
    "issue": "2",
    "page": "e079970",
    "published-online": {"date-parts": [[2025, 2, 19]]},
    "published-print": {"date-parts": [[2025, 4]]},
    "published": {"date-parts": [[2025, 2, 19]]},
    "issued": {"date-parts": [[2025, 2, 19]]},
    "updated-by": [
        {"DOI": "10.5555/example.9", "type": "correction", "label": "Correction",
         "updated": {"date-parts": [[2025, 5, 2]], "date-time": "2025-05-02T00:00:00Z"}},
    ],
}  # fmt: skip


class Answer:
    """What the register says next, and what it was asked."""

    def __init__(self) -> None:
        self.status, self.body, self.asked = 200, json.dumps({"status": "ok", "message": RECORDED}).encode(), []
        self.headers: dict[str, str] = {}


@contextmanager
def register() -> Iterator[tuple[str, Answer]]:
    """(address, what it answers) while the block runs."""
    answer = Answer()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer.asked.append(self.path)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with suppress(OSError):  # the other side may have had enough
                self.wfile.write(answer.body)

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with running(server):
        yield f"http://127.0.0.1:{server.server_port}", answer
