"""Addresses of what a letter gives out."""

from django.urls import path

from letters.export import views

app_name = "export"
urlpatterns = [
    path("manage/<slug:slug>/export", views.exports, name="exports"),
    path("manage/<slug:slug>/export/zip", views.archive, name="archive"),
    path("manage/<slug:slug>/export/<slug:what>/<slug:kind>", views.table, name="table"),
]
