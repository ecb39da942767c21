"""Addresses of the coordinator's desk."""

from django.urls import path

from letters.desk import views

app_name = "desk"
urlpatterns = [
    path("manage", views.letters, name="letters"),
    path("manage/<slug:slug>", views.home, name="home"),
    path("manage/<slug:slug>/societies", views.societies, name="societies"),
]
