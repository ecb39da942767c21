"""A small browser for the fault tests: cookies, forms with their CSRF token, no script; what it shows is the test's."""

import http.client
import json
import re
import urllib.parse
from http.cookies import SimpleCookie
from typing import Any

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FIELD = re.compile(r"<input\b[^>]*>")


class Page:
    """An answer: status, address it was asked for or led to, and its text."""

    def __init__(self, status: int, address: str, text: str) -> None:
        self.status, self.address, self.text = status, address, text

    def json(self) -> Any:
        """The text as JSON."""
        return json.loads(self.text)

    @property
    def inputs(self) -> dict[str, str]:
        """Names and values of the input fields."""
        found = {}
        for field in FIELD.findall(self.text):
            values = dict(re.findall(r'(\w+)="([^"]*)"', field))
            if "name" in values:
                found[values["name"]] = values.get("value", "")
        return found


class Browser:
    """One person's browser at the site on this loopback port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def _ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        line.request(method, path, body=body, headers=headers)
        answer = line.getresponse()
        text = answer.read().decode()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        line.close()
        return answer.status, answer.headers.get("Location", ""), text

    def get(self, path: str) -> Page:
        """The page at an address, redirects followed."""
        for _ in range(5):
            status, location, text = self._ask("GET", path)
            if status not in (301, 302, 303):
                return Page(status, path, text)
            path = urllib.parse.urlsplit(location)._replace(scheme="", netloc="").geturl()
        raise AssertionError(f"{path} redirects without end")

    def send(self, path: str, fields: dict[str, str]) -> Page:
        """Submit a form and stay; `address` of the answer is where it would lead."""
        status, location, text = self._ask("POST", path, urllib.parse.urlencode(fields))
        return Page(status, location, text)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        """Submit a form and follow where it leads."""
        answer = self.send(path, fields)
        return self.get(answer.address) if answer.address else answer

    def twin(self) -> "Browser":
        """The same browser once more, for a second click before the first is answered."""
        other = Browser(self.port)
        other.cookies = dict(self.cookies)
        return other
