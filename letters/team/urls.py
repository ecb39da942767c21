"""Addresses of the team."""

from django.urls import path

from letters.team import views

app_name = "team"
urlpatterns = [
    path("manage/<slug:slug>/team", views.team, name="team"),
    path("manage/<slug:slug>/team/invite", views.invite, name="invite"),
    path("manage/<slug:slug>/team/mail", views.mail_answers, name="mail_answers"),
    path("manage/<slug:slug>/team/accept", views.accept, name="accept"),
    path("manage/<slug:slug>/team/keep", views.keep, name="keep"),
    path("manage/<slug:slug>/team/<int:pk>/role", views.change_role, name="change_role"),
    path("manage/<slug:slug>/team/<int:pk>/offer", views.offer, name="offer"),
    path("manage/<slug:slug>/team/<int:pk>/remove", views.remove, name="remove"),
]
