"""Addresses of the directory of journals, of the papers a letter answers and of preflight."""

from django.urls import path

from letters.journals import preflight_views, target_views, views

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
    path("manage/<slug:slug>/targets", target_views.targets, name="targets"),
    path("manage/<slug:slug>/targets/journals", target_views.aim, name="aim"),
    path("manage/<slug:slug>/targets/<int:pk>", target_views.target, name="target"),
    path("manage/<slug:slug>/targets/<int:pk>/confirm", target_views.confirm_date, name="confirm_date"),
    path("manage/<slug:slug>/targets/<int:pk>/unpin", target_views.unpin, name="unpin"),
    path("manage/<slug:slug>/targets/<int:pk>/look-up", target_views.look_up, name="look_up"),
    path("manage/<slug:slug>/targets/<int:pk>/drop", target_views.drop_target, name="drop_target"),
    path("manage/<slug:slug>/preflight", preflight_views.preflights, name="preflights"),
    path("manage/<slug:slug>/preflight/file", preflight_views.preflight_file, name="preflight_file"),
    path("manage/<slug:slug>/preflight/<slug:key>", preflight_views.preflight, name="preflight"),
]
