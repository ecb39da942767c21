"""Brings a list to a letter as a coordinator's browser does."""

from django.core.files.uploadedfile import SimpleUploadedFile

from letters.models import Arrival


def upload(text: str, name: str = "list.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def bring(desk, letter, **data):
    """Bring a list; returns its page and the row."""
    answer = desk.post(f"/manage/{letter.slug}/societies/import", data, follow=True)
    return answer, Arrival.objects.order_by("-pk").first()


def address(letter, arrival, verb="") -> str:
    return f"/manage/{letter.slug}/arrivals/{arrival.pk}" + (f"/{verb}" if verb else "")


def counts(answer) -> dict[str, int]:
    return {one.state: one.count for one in answer.context["run"].filters}
