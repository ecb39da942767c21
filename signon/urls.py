"""All addresses of an installation: the letters, sign-in, health and the operator's admin pages."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from signon import health, mailbox, signin

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Signon"

urlpatterns = [
    path("signin", signin.request_code, name="account_login"),
    path("signin", signin.request_code, name="account_request_login_code"),
    path("signin/code", signin.confirm_code, name="account_confirm_login_code"),
    path("signin/inactive", account.account_inactive, name="account_inactive"),
    path("signout", account.logout, name="account_logout"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("letters.urls")),
]
if settings.MAILBOX:
    urlpatterns += [
        path("mailbox", mailbox.index, name="mailbox"),
        path("mailbox/<str:name>", mailbox.message, name="mailbox_message"),
    ]
