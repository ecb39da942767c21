"""What the desk counts of journals' answers, for a query of letters: unsorted mail, overdue answers, those soon due."""

import datetime

from django.db.models import (
    Count,
    DateTimeField,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now, TruncDate

from letters.models import Correspondence, Due
from letters.text.clock import SOON

NAMES = ("unsorted", "overdue", "soon")


def counted() -> dict[str, Combinable]:
    """A number under each of NAMES; the day is that of the database in UTC, so that cards of all zones agree."""
    today = TruncDate(Now(), tzinfo=datetime.UTC)
    last = TruncDate(ExpressionWrapper(Now() + SOON, output_field=DateTimeField()), tzinfo=datetime.UTC)
    dues = Due.objects.open().filter(letter=OuterRef("pk"))
    return {
        "unsorted": number(Correspondence.objects.unsorted().filter(letter=OuterRef("pk")), "letter"),
        "overdue": number(dues.filter(on__lt=today), "letter"),
        "soon": number(dues.filter(Q(on__gte=today, on__lte=last)), "letter"),
    }


def number(rows: QuerySet, group: str) -> Coalesce:  # type: ignore[type-arg]
    """How many of these rows there are for each `group`, as a subquery."""
    found = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found), 0, output_field=IntegerField())
