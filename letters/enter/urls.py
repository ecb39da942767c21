"""Addresses of the fresh check and of one's own sessions."""

from django.urls import path

from letters.enter import views

app_name = "enter"
urlpatterns = [
    path("confirm", views.confirm, name="confirm"),
    path("me/sessions/end", views.end_sessions, name="end_sessions"),
]
