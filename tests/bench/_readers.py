"""Readers on lines that stay open, each asking again as soon as it was answered; what they ask is the caller's."""

import dataclasses
import selectors
import socket
import time

HEAD = b"\r\n\r\n"


@dataclasses.dataclass(slots=True)
class Count:
    """How many answers of which status came, their bytes, and the seconds this program itself computed."""

    statuses: dict[int, int] = dataclasses.field(default_factory=dict)
    received: int = 0
    seconds: float = 0.0
    computed: float = 0.0

    @property
    def answers(self) -> int:
        """All answers."""
        return sum(self.statuses.values())

    @property
    def per_second(self) -> float:
        """Answers per second of the clock."""
        return self.answers / self.seconds if self.seconds else 0.0


def _answer(held: bytes) -> tuple[int, int]:
    """Status and length of the first whole answer in `held`; (0, 0) while it is not whole."""
    head, found, _ = held.partition(HEAD)
    if not found:
        return 0, 0
    status, length = int(head[9:12]), 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    whole = len(head) + len(HEAD) + (0 if status == 304 else length)
    return (status, whole) if len(held) >= whole else (0, 0)


def read(port: int, raw: bytes, *, readers: int, most: int, seconds: float) -> Count:
    """`readers` lines ask `raw` over and over, at most `most` times in all and for at most so many seconds.

    Where `raw` says "Connection: close", each time on a line of its own.
    """
    count, asked, stays = Count(), 0, b"Connection: close" not in raw
    chooser = selectors.DefaultSelector()
    held: dict[socket.socket, bytes] = {}

    def ask(line: socket.socket) -> None:
        nonlocal asked
        asked += 1
        line.sendall(raw)

    def opened() -> None:
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        chooser.register(line, selectors.EVENT_READ)
        held[line] = b""
        ask(line)

    began, computed = time.monotonic(), time.process_time()
    for _ in range(min(readers, most)):
        opened()
    while held and time.monotonic() - began < seconds + 10:
        for key, _ in chooser.select(timeout=1):
            line = key.fileobj
            assert isinstance(line, socket.socket)
            data = line.recv(1 << 18)
            held[line] += data
            status, whole = _answer(held[line])
            if whole:
                count.statuses[status] = count.statuses.get(status, 0) + 1
                count.received += whole
                held[line] = held[line][whole:]
            if data and not whole:
                continue
            over = asked >= most or time.monotonic() - began >= seconds
            if whole and not over and stays:
                ask(line)
                continue
            chooser.unregister(line)
            line.close()
            del held[line]
            if not over:  # the server ended the line; a reader comes back
                opened()
    count.seconds, count.computed = time.monotonic() - began, time.process_time() - computed
    return count


def fetched(port: int, raw: bytes) -> tuple[dict[str, str], bytes]:
    """One answer: its headers in lower case, and its body."""
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(raw)
        held = b""
        while not _answer(held)[1]:
            data = line.recv(1 << 18)
            if not data:
                break
            held += data
    head, _, body = held.partition(HEAD)
    pairs = (text.decode("latin-1").partition(": ") for text in head.split(b"\r\n")[1:])
    return {name.lower(): value for name, _, value in pairs}, body
