"""The mails a site wrote to its folder, read as their recipients read them: one after the other, links and codes."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

WAIT_SECONDS = 30


class Letterbox:
    """Every mail of one site; next() hands out each mail once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[Path, EmailMessage] = {}
        self.opened: set[Path] = set()

    def to(self, address: str, about: str = "") -> dict[Path, EmailMessage]:
        """All mails to `address` whose subject holds `about`, oldest first."""
        for path in sorted(set(self.folder.glob("*.eml")) - self.known.keys()):
            self.known[path] = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        return {
            path: mail
            for path, mail in sorted(self.known.items())
            if address in str(mail["To"]) and about in str(mail["Subject"])
        }

    def next(self, address: str, about: str = "") -> EmailMessage:
        """The oldest unopened mail to `address` about that; waits for it and fails when none comes."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            for path, mail in self.to(address, about).items():
                if path not in self.opened:
                    self.opened.add(path)
                    return mail
            time.sleep(0.05)
        raise AssertionError(f"No mail to {address} about “{about}”; there is {[p.name for p in self.to(address)]}.")

    def count(self, number: int, about: str, address: str = "") -> int:
        """How many mails to `address` are about that, once there are `number` or the wait is over."""
        until = time.monotonic() + WAIT_SECONDS
        while len(found := self.to(address, about)) < number and time.monotonic() < until:
            time.sleep(0.1)
        return len(found)

    def code(self, address: str) -> str:
        """The six digits of the next mail with a code."""
        return code_in(self.next(address, "Your code"))

    def newest_code(self, address: str, *, codes: int) -> str:
        """The six digits of the last mail with a code, once `codes` of them have come."""
        assert self.count(codes, "Your code", address) == codes
        return code_in(list(self.to(address, "Your code").values())[-1])

    def link(self, address: str, about: str = "decision of") -> str:
        """The personal link of the next mail to `address`: the invitation, if not said otherwise."""
        return link_in(self.next(address, about))


def words(mail: EmailMessage) -> str:
    """The plain text of a mail, lines ending as in Python."""
    body = mail.get_body(("plain",))
    assert body is not None
    return "\n".join(body.get_content().splitlines())


def link_in(mail: EmailMessage) -> str:
    """The personal link in a mail."""
    return re.findall(r"http://\S+/i/\S+", words(mail))[0]


def code_in(mail: EmailMessage) -> str:
    """The six digits in a mail."""
    return re.findall(r"^ {4}(\d{6})$", words(mail), re.MULTILINE)[0]
