"""Addresses of the public record."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from letters.record import badge_views, data_views, file_views, kit_views, society_views, verify_views, views


class Named(StringConverter):
    """A name in letters of any script, as the address of a society has it."""

    regex = r"[-\w]+"


register_converter(Named, "named")
app_name = "record"
urlpatterns = [
    path("", views.front, name="front"),
    path("feed.atom", data_views.site_feed, name="site_feed"),
    path("me", views.me, name="me"),
    path("l/<slug:slug>", views.letter, name="letter"),
    path("l/<slug:slug>/feed.atom", data_views.letter_feed, name="letter_feed"),
    path("l/<slug:slug>/signatories.json", data_views.signatories_json, name="signatories_json"),
    path("l/<slug:slug>/signatories.csv", data_views.signatories_csv, name="signatories_csv"),
    path("l/<slug:slug>/citation.bib", data_views.citation_bib, name="citation_bib"),
    path("l/<slug:slug>/citation.ris", data_views.citation_ris, name="citation_ris"),
    path("l/<slug:slug>/badge", badge_views.badge, name="badge"),
    path("l/<slug:slug>/badge.svg", badge_views.badge_svg, name="badge_svg"),
    path("l/<slug:slug>/letter.pdf", file_views.pdf, name="pdf"),
    path("l/<slug:slug>/entry/<int:pk>", file_views.entry, name="entry"),
    path("l/<slug:slug>/logo/<str:receipt_no>", file_views.logo, name="logo"),
    path("l/<slug:slug>/evidence.zip", file_views.evidence, name="evidence"),
    path("l/<slug:slug>/proof.json", file_views.proof, name="proof"),
    path("l/<slug:slug>/signatures.pdf", file_views.certificate, name="certificate"),
    path("r/<slug:slug>/copy.pdf", file_views.copy, name="copy"),
    path("r/<slug:slug>/letter.pdf", file_views.officers_pdf, name="officers_pdf"),
    path("l/<slug:slug>/picture.png", kit_views.picture, name="picture"),
    path("r/<slug:slug>/kit", kit_views.kit, name="kit"),
    path("r/<slug:slug>/kit/picture.png", kit_views.own_picture, name="own_picture"),
    path("s/<int:pk>", society_views.numbered, name="society_numbered"),
    path("s/<int:pk>/letters.json", society_views.numbered_json, name="society_numbered_json"),
    path("s/<named:slug>", society_views.society, name="society"),
    path("s/<named:slug>/letters.json", society_views.society_json, name="society_json"),
    path("verify", verify_views.verify, name="verify"),
    path("verify/offline.html", verify_views.verifier, name="verifier"),
    path("v/<str:public_id>", verify_views.verify_edition, name="verify_edition"),
]
