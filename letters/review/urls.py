"""Addresses of the reading step."""

from django.urls import path

from letters.review import views

app_name = "review"
urlpatterns = [
    path("i", views.typed, name="typed"),
    path("i/<str:token>", views.door, name="door"),
    path("r/<slug:slug>", views.letter, name="letter"),
    path("r/<slug:slug>/changes", views.changes, name="changes"),
    path("r/<slug:slug>/version-<int:number>.pdf", views.draft, name="draft"),
]
