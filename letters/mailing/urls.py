"""Addresses of a letter's mail."""

from django.urls import path

from letters.mailing import plan_views, public_views, views

app_name = "mailing"
urlpatterns = [
    path("manage/<slug:slug>/mail", views.outbox, name="outbox"),
    path("manage/<slug:slug>/mail/write", views.write, name="write"),
    path("manage/<slug:slug>/mail/drafts/<int:pk>", views.draft, name="draft"),
    path("manage/<slug:slug>/mail/drafts/<int:pk>/preview", views.preview, name="preview"),
    path("manage/<slug:slug>/mail/plan", plan_views.plan, name="plan"),
    path("manage/<slug:slug>/mail/sender", plan_views.sender, name="sender"),
    path("manage/<slug:slug>/mail/<int:pk>/again", views.again, name="again"),
    path("manage/<slug:slug>/mail/<int:pk>/returned", views.returned, name="returned"),
    path("stop/<int:pk>/<str:token>", public_views.stop, name="stop"),
    path("d/<slug:slug>/<str:token>.ics", public_views.deadline, name="deadline"),
    path("mail-check", public_views.genuine, name="genuine"),
]
