"""Answers for monitors: alive, and ready with its database, storage, seal key and jobs."""

import datetime

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from letters import access, jobs
from letters.models import database_now
from letters.render.site_keys import site_authority, site_keys
from letters.render.validity import ending

OVERDUE = datetime.timedelta(minutes=2)


@access.public
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def _checked() -> dict[str, str]:
    """Each part with "ok" or one sentence."""
    found = {}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        late = jobs.due(database_now() - OVERDUE).count()
        found["database"] = "ok"
        found["jobs"] = f"{late} jobs are overdue by more than two minutes; is a worker running?" if late else "ok"
    except DatabaseError as error:
        found["database"] = f"not reachable: {type(error).__name__}"
    try:
        probe = settings.DATA / ".probe"
        probe.write_bytes(b"")
        probe.unlink()
        found["storage"] = "ok"
    except OSError as error:
        found["storage"] = f"the data folder cannot be written: {error.strerror}"
    try:
        certificate = site_keys().certificate
        site_authority()
        found["seal"] = "ok"
        soon = ending(certificate, datetime.datetime.now(datetime.UTC))
        if soon:  # a word of warning, and no reason to take the site away
            found["certificate"] = soon
    except (OSError, ValueError) as error:
        found["seal"] = f"the seal key cannot be used: {error}"
    return found


@access.public
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when everything the work needs is there, else 503 with what is missing."""
    found = _checked()
    broken = [part for part, said in found.items() if said != "ok" and part != "certificate"]
    return JsonResponse(found, status=503 if broken else 200)
