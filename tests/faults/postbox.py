"""A mail server on raw sockets that answers, drops or stalls as a test tells it, and keeps what it was handed."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator

import pytest

DROP, STALL, TRICKLE = "drop", "stall", "trickle"
WAITED_FOR = pytest.param(STALL, marks=pytest.mark.slow)
GOOD = {
    "banner": "220 postbox.example",
    "EHLO": "250-postbox.example\r\n250-SIZE 30000000\r\n250 8BITMIME",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    "dot": "250 taken",
    "QUIT": "221 bye",
}


class Gone(Exception):
    """The conversation is over."""


class Postbox:
    """`script` names what is not as in GOOD: for each step one answer, or a list with one for each conversation.

    It thinks for `pause` seconds over each message before it takes it.
    The steps are those of GOOD and "text", which stands for reading the message: it may only be dropped.
    `handed` are the messages up to whose final dot everything was read, unstuffed, whatever was answered;
    `heard` are the commands of all conversations.
    """

    def __init__(self, *, pause: float = 0.0, **script: str | list[str]) -> None:
        self.script, self.pause = script, pause
        self.handed: list[bytes] = []
        self.heard: list[str] = []
        self.count = 0
        self.open = threading.Event()
        self.open.set()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.door.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def answer(self, step: str, number: int) -> str:
        """What conversation `number` gets at this step."""
        told = self.script.get(step, GOOD.get(step, "250 ok"))
        return told if isinstance(told, str) else told[min(number, len(told) - 1)]

    def close(self) -> None:
        """Take no more calls and let go of those that stall."""
        self.open.clear()
        self.door.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.door.accept()
                number = self.count
                self.count += 1  # before the conversation: a test looks at it as soon as that is over
                threading.Thread(target=self._converse, args=(line, number), daemon=True).start()

    def _converse(self, line: socket.socket, number: int) -> None:
        with line, contextlib.suppress(OSError, Gone):
            file = line.makefile("rb")
            self._say(line, "banner", number)
            for command in iter(file.readline, b""):
                step = command[:4].decode().upper()
                self.heard.append(command.decode().strip())
                self._say(line, step, number)
                if step == "DATA" and self.answer(step, number).startswith("354"):
                    self._take(line, file, number)
                if step == "QUIT":
                    return

    def _take(self, line: socket.socket, file, number: int) -> None:
        if self.answer("text", number) == DROP:
            file.readline()
            self._cut(line)
        threading.Event().wait(self.pause)
        lines = list(iter(file.readline, b".\r\n"))
        self.handed.append(b"".join(text[1:] if text.startswith(b".") else text for text in lines))
        self._say(line, "dot", number)

    def _say(self, line: socket.socket, step: str, number: int) -> None:
        told = self.answer(step, number)
        if told == DROP:
            self._cut(line)
        if told == STALL:
            while self.open.is_set():
                threading.Event().wait(0.05)
            raise Gone
        if told == TRICKLE:
            while self.open.is_set():
                line.sendall(b"2")
                threading.Event().wait(0.05)
        line.sendall(told.encode() + b"\r\n")

    def _cut(self, line: socket.socket) -> None:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # a reset, not a goodbye
        raise Gone


@contextlib.contextmanager
def postbox(*, pause: float = 0.0, **script: str | list[str]) -> Iterator[Postbox]:
    """A postbox for the length of a block."""
    made = Postbox(pause=pause, **script)
    try:
        yield made
    finally:
        made.close()
