"""Addresses of the correspondence, the clock, the claims, and where mail from journals is posted."""

from django.urls import path

from letters.correspond import claim_views, due_views, hooks, views

app_name = "correspond"
urlpatterns = [
    path("inbound", hooks.inbound, name="inbound"),
    path("manage/<slug:slug>/correspondence", views.correspondence, name="correspondence"),
    path("manage/<slug:slug>/correspondence/new", views.new, name="new"),
    path("manage/<slug:slug>/correspondence/wait", due_views.wait, name="wait"),
    path("manage/<slug:slug>/correspondence/wait/<int:pk>/end", due_views.end, name="end"),
    path("manage/<slug:slug>/correspondence/escalate/<int:pk>", due_views.escalate, name="escalate"),
    path("manage/<slug:slug>/correspondence/<int:pk>", views.entry, name="entry"),
    path("manage/<slug:slug>/correspondence/<int:pk>/remove", views.remove, name="remove"),
    path("manage/<slug:slug>/correspondence/<int:pk>/file", views.file, name="file"),
    path("manage/<slug:slug>/correspondence/<int:pk>/original", views.original, name="original"),
    path("manage/<slug:slug>/correspondence/<int:pk>/attachments/<int:number>", views.attachment, name="attachment"),
    path("manage/<slug:slug>/claims", claim_views.claims, name="claims"),
    path("manage/<slug:slug>/claims/new", claim_views.new_claim, name="new_claim"),
    path("manage/<slug:slug>/claims/proposals", claim_views.proposals, name="proposals"),
    path("manage/<slug:slug>/claims/show", claim_views.show, name="show"),
    path("manage/<slug:slug>/claims/table.csv", claim_views.table, name="table"),
    path("manage/<slug:slug>/claims/<int:pk>", claim_views.claim, name="claim"),
    path("manage/<slug:slug>/claims/<int:pk>/move", claim_views.move, name="move"),
    path("manage/<slug:slug>/claims/<int:pk>/remove", claim_views.remove_claim, name="remove_claim"),
]
