"""What officers hold or handed in: the files of their societies' decisions and their personal links."""

from django.db.models import Max

from letters.models import Document, Letter, Link, Signature


def mandate_of(letter: Letter, receipt_no: str) -> Document | None:
    """The file that came with one signature of this letter."""
    rows = Signature.objects.filter(invitation__letter=letter, receipt_no=receipt_no).select_related("mandate_file")
    signature = rows.first()
    return signature.mandate_file if signature else None


def links(letter: Letter) -> list[Link]:
    """Every live personal link of the letter, by society and officer (one query)."""
    live = Link.objects.live().filter(invitation__letter=letter)
    rows = live.select_related("officer__user", "invitation__society").annotate(asked=Max("codes__created_at"))
    return list(rows.order_by("invitation__position", "slot", "pk"))
