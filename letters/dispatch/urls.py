"""Addresses of the submissions."""

from django.urls import path

from letters.dispatch import act_views, step_views, views

app_name = "dispatch"
ONE = "manage/<slug:slug>/submissions/<int:pk>"
urlpatterns = [
    path("manage/<slug:slug>/submissions", views.submissions, name="submissions"),
    path("manage/<slug:slug>/submissions/new", views.new, name="new"),
    path("manage/<slug:slug>/submissions/two-people", act_views.two_people, name="two_people"),
    path(ONE, views.submission, name="submission"),
    path(f"{ONE}/people", step_views.people, name="people"),
    path(f"{ONE}/words", step_views.words, name="words"),
    path(f"{ONE}/despite", step_views.despite, name="despite"),
    path(f"{ONE}/permission", step_views.permission, name="permission"),
    path(f"{ONE}/ask-in-letter", step_views.ask_in_letter, name="ask_in_letter"),
    path(f"{ONE}/ask", act_views.ask, name="ask"),
    path(f"{ONE}/agree", act_views.agree, name="agree"),
    path(f"{ONE}/stop", act_views.stop, name="stop"),
    path(f"{ONE}/again", act_views.send_again, name="send_again"),
    path(f"{ONE}/arrived", act_views.arrived, name="arrived"),
    path(f"{ONE}/discard", act_views.discard, name="discard"),
    path(f"{ONE}/hand-in", views.hand_in, name="hand_in"),
    path(f"{ONE}/pack.zip", views.pack, name="pack"),
    path(f"{ONE}/sent", views.sent, name="sent"),
    path(f"{ONE}/receipt", views.receipt, name="receipt"),
]
