"""One include per step, in the order of a letter's life, behind the public record."""

from django.urls import include, path

urlpatterns = [
    path("", include("letters.record.urls")),  # first: it is asked for most, and each pattern before it costs time
    path("", include("letters.enter.urls")),
    path("", include("letters.draft.urls")),
    path("", include("letters.review.urls")),
    path("", include("letters.comment.urls")),
    path("", include("letters.sign.urls")),
    path("", include("letters.desk.urls")),
    path("", include("letters.coordinate.urls")),
    path("", include("letters.mailing.urls")),
    path("", include("letters.journals.urls")),
    path("", include("letters.submit.urls")),
    path("", include("letters.summarise.urls")),
    path("", include("letters.dispatch.urls")),
    path("", include("letters.correspond.urls")),
    path("", include("letters.export.urls")),
    path("", include("letters.team.urls")),
]
