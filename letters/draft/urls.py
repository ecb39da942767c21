"""Addresses of the drafting step."""

from django.urls import path

from letters.draft import views

app_name = "draft"
urlpatterns = [
    path("manage/new", views.new, name="new"),
    path("manage/<slug:slug>/text", views.text, name="text"),
    path("manage/<slug:slug>/text/publish", views.publish, name="publish"),
    path("manage/<slug:slug>/text/tracked", views.tracked, name="tracked"),
    path("manage/<slug:slug>/text/put/<int:pk>", views.put_words, name="put_words"),
    path("manage/<slug:slug>/text/headings", views.headings, name="headings"),
    path("manage/<slug:slug>/text/<int:number>", views.version, name="version"),
    path("manage/<slug:slug>/text/<int:number>/<slug:kind>", views.export, name="export"),
    path("manage/<slug:slug>/terms", views.terms, name="terms"),
    path("manage/<slug:slug>/terms/logo", views.logo, name="logo"),
]
