"""Addresses of a letter's mail."""

from django.urls import path

from letters.mailing import views

app_name = "mailing"
urlpatterns = [
    path("manage/<slug:slug>/mail", views.outbox, name="outbox"),
    path("manage/<slug:slug>/mail/write", views.write, name="write"),
    path("manage/<slug:slug>/mail/drafts/<int:pk>", views.draft, name="draft"),
    path("manage/<slug:slug>/mail/drafts/<int:pk>/preview", views.preview, name="preview"),
    path("manage/<slug:slug>/mail/<int:pk>/again", views.again, name="again"),
]
