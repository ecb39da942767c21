"""One include per step, in the order of a letter's life."""

from django.urls import include, path

urlpatterns = [
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
    path("", include("letters.record.urls")),
    path("", include("letters.export.urls")),
    path("", include("letters.team.urls")),
]
