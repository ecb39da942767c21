"""Addresses of the coordinator's desk."""

from django.urls import path

from letters.coordinate import views

app_name = "coordinate"
urlpatterns = [
    path("manage", views.letters, name="letters"),
    path("manage/<slug:slug>", views.home, name="home"),
    path("manage/<slug:slug>/societies", views.societies, name="societies"),
    path("manage/<slug:slug>/societies/import", views.import_list, name="import_list"),
    path("manage/<slug:slug>/invite", views.invite, name="invite"),
    path("manage/<slug:slug>/links", views.links, name="links"),
    path("manage/<slug:slug>/links/new", views.new_links, name="new_links"),
    path("manage/<slug:slug>/mail", views.mail, name="mail"),
    path("manage/<slug:slug>/mail/<int:pk>/again", views.mail_again, name="mail_again"),
]
