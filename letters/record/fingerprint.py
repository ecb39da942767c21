"""What tells one state of a letter's public pages from the next, in one statement; cached.py answers with it.

Everything a page shows is in it: the head of the event chain, and the fields of every row that can change without an
event, such as a logo taken away on another letter or a citation that the register of DOIs filled in. So the pages do
not depend on each room writing an event for each change.
"""

import dataclasses
import datetime
import functools
import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Aggregate, Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Now

from letters.models import (
    Claim,
    ClaimAnswer,
    Correspondence,
    Delegation,
    Edition,
    Invitation,
    JournalRule,
    Letter,
    Picture,
    Signature,
    State,
    Submission,
    SummaryApproval,
    Target,
    TargetDate,
)

SLUG = "\N{SYMBOL FOR NULL}"  # stands for the letter's in the statement; no slug is spelled so
MADE_OF = ("templates/base.html", "templates/includes/*.html", "templates/letters/record/*", "letters/record/*.py")


class Fields(Func):
    """The fields of one row as one text, in which nothing and an empty text, and two fields, stay told apart."""

    output_field = TextField()
    function = "JSON_ARRAY"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's spelling, shortened to 32 characters for each row."""
        return self.as_sql(compiler, connection, template="MD5(JSON_BUILD_ARRAY(%(expressions)s)::text)", **extra)


class Together(Aggregate):
    """The texts of all rows behind one another."""

    output_field = TextField()
    template = "GROUP_CONCAT(%(expressions)s, ' ')"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        """PostgreSQL's spelling, in an order that is always the same."""
        template = "STRING_AGG(%(expressions)s, ' ' ORDER BY %(expressions)s)"
        return self.as_sql(compiler, connection, template=template, **extra)


@dataclasses.dataclass(frozen=True, slots=True)
class Fingerprint:
    """`mark` changes whenever a public page does; `at` is when it was read, by the clock of the database."""

    mark: str
    at: datetime.datetime


def _told(rows: QuerySet[Any], by: str, *fields: str) -> Subquery:
    """These fields of all `rows`, which are those of one letter by the column `by`, as one text."""
    return Subquery(rows.order_by().values(by).annotate(told=Together(Fields(*fields))).values("told"))


def _beside() -> dict[str, Subquery]:
    """What a letter's pages show besides the letter's own row, by table."""
    mine, this = "letter", OuterRef("pk")
    society = "invitation__society"
    shown = Signature.objects.filter(version__letter=this).filter(Q(logo__isnull=False) | Q(withdrawn_after_seal=True))
    return {
        "editions": _told(Edition.objects.filter(letter=this), mine, "number", "sealed_at", "superseded_at"),
        "pictures": _told(Picture.objects.filter(edition__letter=this), "edition__letter", "document"),
        "notes": _told(shown, "version__letter", "receipt_no", f"{society}__logo", "withdrawn_at", "public_note"),
        "societies": _told(
            Signature.objects.filter(version__letter=this), "version__letter", "receipt_no", society,
            f"{society}__slug", f"{society}__ror_id", f"{society}__merged_into__slug",
        ),
        "otherwise": _told(
            Invitation.objects.filter(letter=this, may_be_shown=True), mine,
            "society__official_name", "response", "reason", "statement_url", "position",
        ),
        "targets": _told(Target.objects.filter(letter=this), mine, "doi", "citation"),
        "dates": _told(
            TargetDate.objects.filter(target__letter=this), "target__letter", "target", "kind", "day", "exact",
            "confirmed_at",
        ),
        "sent": _told(
            Submission.objects.filter(edition__letter=this), "edition__letter", "pk", "state", "sent_at", "channel",
            "journal", "journal__name", "journal__spoken", "summary", "summary__summary__name", "target",
        ),
        "rules": _told(JournalRule.objects.filter(kind="article"), "kind", "journal", "value"),
        "came": _told(
            Correspondence.objects.filter(letter=this, public=True), mine, "pk", "kind", "outcome", "day", "title",
            "text", "url", "doi", "file", "file_name", "file_public", "removed_at", "journal__name",
            "journal__spoken", "journal", "submission",
        ),
        "claims": _told(
            Claim.objects.filter(letter=this), mine, "number", "text", "block", "evidence", "remedy", "removed_at"
        ),
        "findings": _told(
            ClaimAnswer.objects.filter(claim__letter=this), "claim__letter", "claim", "correspondence", "finding",
            "said",
        ),
        "approved": _told(
            SummaryApproval.objects.filter(invitation__letter=this), "invitation__letter", "version", "invitation",
            "refused", "ended_at", f"{society}__official_name", f"{society}__printed_name",
        ),
        "left": _told(
            Delegation.objects.filter(invitation__letter=this), "invitation__letter", "invitation", "to", "ended_at",
            f"{society}__official_name", f"{society}__printed_name", "to__society__official_name",
            "to__society__printed_name",
        ),
    }  # fmt: skip


@functools.cache
def _site() -> str:
    """What stands on the pages and in no row: templates, code, and the name and address of the site."""
    root = Path(settings.ROOT)
    files = sorted(path for pattern in MADE_OF for path in root.glob(pattern) if path.is_file())
    told = hashlib.sha256(f"{settings.SITE_NAME}\n{settings.SITE_URL}".encode())
    for path in files:
        told.update(path.read_bytes())
    return told.hexdigest()


@functools.cache
def _statement(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The statement, with SLUG for the letter's; put together once, which takes forty times as long as its answer."""
    beside = {f"told_{name}": told for name, told in _beside().items()}
    rows = Letter.objects.filter(slug=SLUG, state=State.PUBLISHED).order_by()
    rows = rows.annotate(**beside, at=Now())
    own = [field.attname for field in Letter._meta.concrete_fields]
    sql, parameters = rows.values_list("at", "current__content_hash", *own, *sorted(beside)).query.sql_with_params()
    return sql, tuple(parameters)


def of(slug: str) -> Fingerprint | None:
    """The state of the letter's public pages now (one query); None where strangers may not see them."""
    sql, parameters = _statement(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [slug if value == SLUG else value for value in parameters])
        row = cursor.fetchone()
    if row is None:
        return None
    mark = hashlib.sha256(f"{_site()}\n{row[1:]!r}".encode()).hexdigest()[:32]
    return Fingerprint(mark, _instant(row[0]))


def _instant(value: datetime.datetime | str) -> datetime.datetime:
    """What the database answered without a model to read it: SQLite writes times as words, in UTC."""
    moment = datetime.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
