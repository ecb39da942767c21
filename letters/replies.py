"""What a view answers that is no page: a file to download, or a sentence about an act and the way back."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect

from letters.lifecycle import NotNow

Done = TypeVar("Done")
PIECE = 2**16  # bytes sent at once


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """The bytes as a file of this name, which is ASCII without quotes; no browser guesses another type."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def in_pieces(pieces: Iterable[bytes], media_type: str) -> StreamingHttpResponse:
    """An answer that is sent while it is made, for one too long to be held; small pieces go together."""
    answer = StreamingHttpResponse(_gathered(pieces), content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= PIECE:
            yield bytes(held)
            held.clear()
    yield bytes(held)


def told(
    request: HttpRequest, act: Callable[[], Done], said: str | Callable[[Done], str], to: str, slug: str
) -> HttpResponse:
    """Do it, say so or why not, and go to the letter's page of that URL name; `said` may speak of what was done."""
    try:
        done = act()
    except NotNow as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said(done) if callable(said) else said)
    return redirect(to, slug=slug)
