"""Another site at which people sign in: just enough of OpenID Connect for one person, on a free local port."""

import contextlib
import json
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.beside import running
from tests.journeys.site import free_port


@dataclass
class Provider:
    """Where it answers and whom it signs in."""

    url: str
    email: str = "nobody@else.example"
    verified: bool = True

    def answer(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, str], object]:
        """Status, headers and JSON for one request."""
        if path == "/.well-known/openid-configuration":
            names = ("authorization", "token", "userinfo")
            ends = {f"{name}_endpoint": f"{self.url}/{name}" for name in names}
            return 200, {}, {"issuer": self.url, "jwks_uri": f"{self.url}/keys", **ends}
        if path == "/authorization":
            back = urllib.parse.urlencode({"code": "c", "state": query["state"]})
            return 302, {"Location": f"{query['redirect_uri']}?{back}"}, {}
        if path == "/token":
            return 200, {}, {"access_token": "t", "token_type": "Bearer"}
        return 200, {}, {"sub": f"sub-{self.email}", "email": self.email, "email_verified": self.verified}


@contextlib.contextmanager
def providing() -> Iterator[Provider]:
    """The provider, answering until the block ends."""
    provider = Provider(f"http://localhost:{free_port()}")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(parts.query))
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = provider.answer(parts.path, query)
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        do_POST = do_GET

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("localhost", int(provider.url.rpartition(":")[2])), Handler)
    with running(server):
        yield provider
