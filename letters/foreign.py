"""The access rules of routes that are not ours: allauth's views cannot carry a rule themselves."""

from django.conf import settings

# The admin pages ask for staff on their own.
FOREIGN = {
    "account_login": "public",
    "account_request_login_code": "public",
    "account_confirm_login_code": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "mfa_login_webauthn": "public",
    "mfa_index": "signed in",
    "mfa_list_webauthn": "signed in",
    "mfa_add_webauthn": "fresh",
    "mfa_remove_webauthn": "fresh",
    "mfa_activate_totp": "fresh",
    "mfa_deactivate_totp": "fresh",
    "mfa_view_recovery_codes": "fresh",
    "mfa_generate_recovery_codes": "fresh",
    "mfa_download_recovery_codes": "fresh",
}
if "allauth.socialaccount" in settings.INSTALLED_APPS:
    names = ("openid_connect_login", "openid_connect_callback", "orcid_login", "orcid_callback", "saml_login")
    more = ("saml_acs", "saml_finish_acs", "saml_sls", "saml_metadata")
    pages = ("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup")
    FOREIGN |= dict.fromkeys((*names, *more, *pages), "public") | {"socialaccount_connections": "fresh"}
