"""Addresses, words and files of the pages of submissions, as the tests of the views ask for them."""

from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Submission


def base(letter) -> str:
    return f"/manage/{letter.slug}/submissions"


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def page(row: Submission, what: str = "") -> str:
    return f"{base(row.edition.letter)}/{row.pk}{what}"


def upload(data: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def persons(*names: str) -> dict:
    made = {"person-TOTAL_FORMS": str(len(names)), "person-INITIAL_FORMS": "0"}
    for at, name in enumerate(names):
        made |= {f"person-{at}-family_name": name, f"person-{at}-part": "author"}
    return made
