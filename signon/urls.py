"""All addresses of an installation: the letters, sign-in, health and the operator's admin pages."""

from allauth.account import views as account
from allauth.account.decorators import secure_admin_login
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as apps
from allauth.mfa.webauthn import views as passkeys
from django.conf import settings
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from letters.correspond import hooks as inbound
from letters.mailing import hooks
from signon import health, mailbox, signin

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = "Signon"

urlpatterns = [
    path("signin", signin.request_code, name="account_login"),
    path("signin", signin.request_code, name="account_request_login_code"),
    path("signin/code", signin.confirm_code, name="account_confirm_login_code"),
    path("signin/inactive", account.account_inactive, name="account_inactive"),
    path("signin/passkey", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("signout", account.logout, name="account_logout"),
    path("me/keys", RedirectView.as_view(url="/me"), name="mfa_index"),
    path("me/keys", RedirectView.as_view(url="/me"), name="mfa_list_webauthn"),
    path("me/keys/passkey", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("me/keys/<int:pk>/remove", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/keys/app", apps.activate_totp, name="mfa_activate_totp"),
    path("me/keys/app/remove", apps.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/keys/recovery", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/keys/recovery/new", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/keys/recovery/download", recovery.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("", include("letters.urls")),
]
if settings.OUTSIDE.ways:
    urlpatterns += [path("signin/with/", include("allauth.socialaccount.urls"))]
    urlpatterns += [path("signin/with/", include(f"{app}.urls")) for app in settings.OUTSIDE.apps[1:]]
if settings.MAIL_PROVIDER:
    reported = hooks.tracking(settings.MAIL_PROVIDER)
    urlpatterns += [path(f"anymail/{settings.MAIL_PROVIDER}/tracking", reported, name="mail_reports")]
    taken_in = inbound.provided(settings.MAIL_PROVIDER)
    urlpatterns += [path(f"anymail/{settings.MAIL_PROVIDER}/inbound", taken_in, name="mail_inbound")]
if settings.MAILBOX:
    urlpatterns += [
        path("mailbox", mailbox.index, name="mailbox"),
        path("mailbox/<str:name>", mailbox.message, name="mailbox_message"),
    ]
