"""Addresses of the signing step."""

from django.urls import path

from letters.sign import colleague_views, views

app_name = "sign"
urlpatterns = [
    path("r/<slug:slug>/start", views.start, name="start"),
    path("r/<slug:slug>/sign", views.sign, name="sign"),
    path("r/<slug:slug>/logo", views.logo, name="logo"),
    path("r/<slug:slug>/respond", views.respond, name="respond"),
    path("r/<slug:slug>/approve", colleague_views.approve, name="approve"),
    path("r/<slug:slug>/approve/back", colleague_views.take_back, name="take_back"),
    path("r/<slug:slug>/colleagues", colleague_views.colleagues, name="colleagues"),
    path("r/<slug:slug>/receipt/<str:receipt_no>", views.receipt, name="receipt"),
    path("r/<slug:slug>/receipt/<str:receipt_no>/receipt.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("r/<slug:slug>/receipt/<str:receipt_no>/withdraw", views.withdraw, name="withdraw"),
    path("r/<slug:slug>/receipt/<str:receipt_no>/note", views.note, name="note"),
]
