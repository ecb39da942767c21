"""Addresses of the commenting step."""

from django.urls import path

from letters.comment import views

app_name = "comment"
urlpatterns = [
    path("r/<slug:slug>/comment/<slug:block>", views.thread, name="thread"),
    path("r/<slug:slug>/comments", views.comments, name="comments"),
    path("r/<slug:slug>/comments/send", views.send, name="send"),
    path("r/<slug:slug>/comments/take-back", views.take_back, name="take_back"),
    path("r/<slug:slug>/comments/<int:pk>/remove", views.remove, name="remove"),
    path("r/<slug:slug>/comments/<int:pk>/restore", views.restore, name="restore"),
    path("r/<slug:slug>/comments/<int:pk>/agree", views.agree, name="agree"),
    path("manage/<slug:slug>/comments", views.answers, name="answers"),
    path("manage/<slug:slug>/comments/<int:pk>", views.answer, name="answer"),
    path("manage/<slug:slug>/comments/open", views.openness, name="openness"),
    path("manage/<slug:slug>/comments/tell", views.tell, name="tell"),
    path("manage/<slug:slug>/comments/table/<slug:kind>", views.table, name="table"),
]
