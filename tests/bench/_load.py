"""Requests sent at fixed moments whatever the answers do, each with its delay; what they ask is the caller's."""

import asyncio
import dataclasses
import re
import statistics
import time
from collections.abc import Callable, Sequence

LOCATION = re.compile(rb"\r\nLocation: (\S+)", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """Status (0 when the line broke), where it leads, and the seconds since the moment it was due."""

    status: int
    location: str
    seconds: float


async def _one(port: int, raw: bytes, due: float, told: Callable[[Answer], None]) -> Answer:
    await asyncio.sleep(max(0.0, due - time.monotonic()))
    status, location = 0, ""
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(raw)
        answer = await reader.read()
        writer.close()
        if answer:
            status = int(answer.split(b" ", 2)[1])
            found = LOCATION.search(answer.partition(b"\r\n\r\n")[0])
            location = found[1].decode() if found else ""
    except OSError:
        pass
    made = Answer(status, location, time.monotonic() - due)
    told(made)
    return made


def fire(
    port: int, raws: Sequence[bytes], *, rate: float, told: Callable[[Answer], None] = lambda answer: None
) -> list[Answer]:
    """Send each request 1/`rate` seconds after the one before; delays count from when a request was due."""

    async def all_of_them() -> list[Answer]:
        start = time.monotonic() + 0.1
        return await asyncio.gather(*(_one(port, raw, start + n / rate, told) for n, raw in enumerate(raws)))

    return asyncio.run(all_of_them())


def percentile(answers: Sequence[Answer], percent: int) -> float:
    """Milliseconds within which so many per cent were answered."""
    return statistics.quantiles([answer.seconds * 1000 for answer in answers], n=100)[percent - 1]
