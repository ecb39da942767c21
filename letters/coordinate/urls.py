"""Addresses of the list of societies."""

from django.urls import path

from letters.coordinate import import_views, seat_views, society_views, views

app_name = "coordinate"
urlpatterns = [
    path("manage/<slug:slug>/societies/import", import_views.import_list, name="import_list"),
    path("manage/<slug:slug>/societies/template/<slug:kind>", import_views.list_template, name="list_template"),
    path("manage/<slug:slug>/arrivals/<int:pk>", import_views.arrival, name="arrival"),
    path("manage/<slug:slug>/arrivals/<int:pk>/columns", import_views.set_columns, name="set_columns"),
    path("manage/<slug:slug>/arrivals/<int:pk>/decide", import_views.decide, name="decide"),
    path("manage/<slug:slug>/arrivals/<int:pk>/write", import_views.write_list, name="write_list"),
    path("manage/<slug:slug>/arrivals/<int:pk>/drop", import_views.drop_list, name="drop_list"),
    path("manage/<slug:slug>/arrivals/<int:pk>/left-out/<slug:kind>", import_views.rows_left_out, name="rows_left_out"),
    path("manage/<slug:slug>/societies/<int:pk>", society_views.society, name="society"),
    path("manage/<slug:slug>/societies/<int:pk>/edit", society_views.edit_society, name="edit_society"),
    path("manage/<slug:slug>/societies/<int:pk>/logo", society_views.logo, name="logo"),
    path("manage/<slug:slug>/societies/<int:pk>/ask", society_views.ask, name="ask"),
    path("manage/<slug:slug>/societies/<int:pk>/successor", seat_views.ask_successor, name="ask_successor"),
    path("manage/<slug:slug>/societies/<int:pk>/merge", society_views.merge, name="merge"),
    path("manage/<slug:slug>/societies/<int:pk>/take-off", society_views.take_off, name="take_off"),
    path("manage/<slug:slug>/seats/<int:pk>", seat_views.seat, name="seat"),
    path("manage/<slug:slug>/seats/<int:pk>/check", seat_views.check_seat, name="check_seat"),
    path("manage/<slug:slug>/seats/<int:pk>/role", seat_views.set_role, name="set_role"),
    path("manage/<slug:slug>/seats/<int:pk>/replace", seat_views.replace_officer, name="replace_officer"),
    path("manage/<slug:slug>/order", society_views.order, name="order"),
    path("manage/<slug:slug>/mandate/<str:receipt_no>", views.mandate, name="mandate"),
    path("manage/<slug:slug>/invite", views.invite, name="invite"),
    path("manage/<slug:slug>/links", views.links, name="links"),
    path("manage/<slug:slug>/links/new", views.new_links, name="new_links"),
]
