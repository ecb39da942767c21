"""Addresses of the public record."""

from django.urls import path

from letters.record import kit_views, views

app_name = "record"
urlpatterns = [
    path("", views.front, name="front"),
    path("me", views.me, name="me"),
    path("l/<slug:slug>", views.letter, name="letter"),
    path("l/<slug:slug>/letter.pdf", views.pdf, name="pdf"),
    path("l/<slug:slug>/logo/<str:receipt_no>", views.logo, name="logo"),
    path("l/<slug:slug>/evidence.zip", views.evidence, name="evidence"),
    path("l/<slug:slug>/signatures.pdf", views.certificate, name="certificate"),
    path("r/<slug:slug>/copy.pdf", views.copy, name="copy"),
    path("r/<slug:slug>/letter.pdf", views.officers_pdf, name="officers_pdf"),
    path("l/<slug:slug>/picture.png", kit_views.picture, name="picture"),
    path("r/<slug:slug>/kit", kit_views.kit, name="kit"),
    path("r/<slug:slug>/kit/picture.png", kit_views.own_picture, name="own_picture"),
    path("verify", views.verify, name="verify"),
    path("verify/offline.html", views.verifier, name="verifier"),
    path("v/<str:public_id>", views.verify_edition, name="verify_edition"),
]
