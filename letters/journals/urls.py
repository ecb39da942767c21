"""Addresses of the directory of journals."""

from django.urls import path

from letters.journals import views

app_name = "journals"
urlpatterns = [
    path("journals", views.journals, name="journals"),
    path("journals/new", views.new_journal, name="new_journal"),
    path("journals/<slug:key>", views.journal, name="journal"),
    path("journals/<slug:key>/edit", views.edit_journal, name="edit_journal"),
    path("journals/<slug:key>/rules/<slug:rule>", views.edit_rule, name="edit_rule"),
    path("journals/<slug:key>/rules/<slug:rule>/checked", views.check_rule, name="check_rule"),
    path("journals/<slug:key>/contacts/new", views.new_contact, name="new_contact"),
    path("journals/<slug:key>/contacts/<int:pk>", views.edit_contact, name="edit_contact"),
    path("journals/<slug:key>/contacts/<int:pk>/drop", views.drop_contact, name="drop_contact"),
]
