"""Addresses of the summaries."""

from django.urls import path

from letters.summarise import officer_views, views

app_name = "summarise"
urlpatterns = [
    path("manage/<slug:slug>/summaries", views.summaries, name="summaries"),
    path("manage/<slug:slug>/summaries/new", views.new, name="new"),
    path("manage/<slug:slug>/summaries/delegations", views.delegations, name="delegations"),
    path("manage/<slug:slug>/summaries/delegations/<int:pk>/end", views.end_delegation, name="end_delegation"),
    path("manage/<slug:slug>/summaries/<int:number>", views.summary, name="summary"),
    path("manage/<slug:slug>/summaries/<int:number>/read", views.read_again, name="read_again"),
    path("manage/<slug:slug>/summaries/<int:number>/publish", views.publish, name="publish"),
    path("manage/<slug:slug>/summaries/<int:number>/name", views.name, name="name"),
    path("manage/<slug:slug>/summaries/<int:number>/remind", views.remind, name="remind"),
    path("manage/<slug:slug>/summaries/<int:number>/version", views.version, name="version"),
    path("r/<slug:slug>/summaries/<int:number>", officer_views.read, name="read"),
    path("r/<slug:slug>/summaries/<int:number>/start", officer_views.start, name="start"),
    path("r/<slug:slug>/summaries/<int:number>/decide", officer_views.decide, name="decide"),
]
