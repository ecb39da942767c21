"""Asks one question over HTTP within one limit of time and size; what is asked and what an answer proves is others'."""

import asyncio
from dataclasses import dataclass

import aiohttp

PIECE = 8_192


class Unanswered(RuntimeError):
    """Something a seal needs did not come, or came wrong; the message is a sentence. Asking again may help."""

    meanwhile = ""  # what its lack keeps from being done, as a sentence


@dataclass(frozen=True)
class Asked:
    """One address and how it is spoken to. `name` stands at the head of each sentence, `wants` in what came instead."""

    address: str
    name: str
    wants: str
    seconds: int
    most: int  # bytes of an answer
    sends: str = ""  # media type of the question
    takes: str = "*/*"
    user: str = ""
    password: str = ""

    async def answer(self, question: bytes | None) -> bytes:
        """What comes back to a question, or to a plain GET without one. Raises Unanswered."""
        headers = {"Accept": self.takes} | ({"Content-Type": self.sends} if self.sends else {})
        if self.user:
            headers["Authorization"] = aiohttp.encode_basic_auth(self.user, self.password)
        method = "GET" if question is None else "POST"
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.seconds)) as session,
                session.request(
                    method, self.address, data=question, headers=headers, allow_redirects=False
                ) as response,
            ):
                if response.status != 200:
                    raise Unanswered(f"{self.name} answered with the status {response.status}.")
                if response.content_type.startswith("text/"):
                    raise Unanswered(f"{self.name} sent a page of text ({response.content_type}), not {self.wants}.")
                return await self._short(response.content)
        except TimeoutError as error:
            raise Unanswered(f"{self.name} did not answer within {self.seconds} seconds.") from error
        except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError, ValueError) as error:
            raise Unanswered(f"{self.name} cannot be reached: {type(error).__name__}.") from error

    async def _short(self, content: aiohttp.StreamReader) -> bytes:
        body = b""
        async for piece in content.iter_chunked(PIECE):
            body += piece
            if len(body) > self.most:
                raise Unanswered(f"{self.name} sent far more than {self.wants}.")
        return body
