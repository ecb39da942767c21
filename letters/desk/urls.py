"""Addresses of the coordinator's desk."""

from django.urls import path

from letters.desk import call_views, views

app_name = "desk"
urlpatterns = [
    path("manage", views.letters, name="letters"),
    path("manage/<slug:slug>", views.home, name="home"),
    path("manage/<slug:slug>/activity", views.happened, name="happened"),
    path("manage/<slug:slug>/societies", views.societies, name="societies"),
    path("manage/<slug:slug>/societies/chosen", call_views.chosen, name="chosen"),
    path("manage/<slug:slug>/societies/<int:pk>/call", call_views.call, name="call"),
    path("manage/<slug:slug>/views", views.keep_view, name="keep_view"),
    path("manage/<slug:slug>/views/<int:pk>/drop", views.drop_view, name="drop_view"),
    path("manage/<slug:slug>/calls/<int:pk>/done", call_views.done, name="done"),
]
