"""Addresses of the submission step."""

from django.urls import path

from letters.submit import views

app_name = "submit"
urlpatterns = [
    path("manage/<slug:slug>/deliver", views.deliver, name="deliver"),
    path("manage/<slug:slug>/close", views.close, name="close"),
    path("manage/<slug:slug>/extend", views.extend, name="extend"),
    path("manage/<slug:slug>/seal", views.seal, name="seal"),
    path("manage/<slug:slug>/late/open", views.open_late, name="open_late"),
    path("manage/<slug:slug>/late/close", views.close_late, name="close_late"),
    path("manage/<slug:slug>/certificate", views.certificate, name="certificate"),
    path("manage/<slug:slug>/abandon", views.abandon, name="abandon"),
    path("manage/<slug:slug>/release", views.release, name="release"),
    path("manage/<slug:slug>/release/time", views.set_release, name="set_release"),
]
