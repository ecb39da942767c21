"""The ways in which one person can show to be there now, and what was posted by each; pages are views.py's."""

from functools import cached_property
from typing import Any

from allauth.core import ratelimit
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.http import HttpRequest

from letters import freshness
from letters.enter import actions
from letters.enter.forms import MailedForm
from letters.models import User, database_now

Types = Authenticator.Type


class Ways:
    """What the page of the fresh check offers to `user`."""

    def __init__(self, request: HttpRequest, user: User) -> None:
        self.request, self.user = request, user
        self.forms: dict[str, forms.Form] = {}

    @cached_property
    def kinds(self) -> set[str]:
        """The kinds of keys the person has."""
        return set(Authenticator.objects.filter(user=self.user).values_list("type", flat=True))

    @cached_property
    def demanded(self) -> bool:
        """True when a mailed code is not enough."""
        return freshness.key_demanded(self.user)

    @property
    def key_missing(self) -> bool:
        """True when a key is demanded and the person, whose presence is fresh, has none: time to set one up."""
        fresh = freshness.fresh(self.request, self.user, database_now())
        return self.demanded and not self.kinds & set(freshness.KEYS) and fresh is not None

    @property
    def passkey(self) -> bool:
        """True when a passkey can be used."""
        return Types.WEBAUTHN in self.kinds

    @property
    def has_app(self) -> bool:
        """True when an authenticator app is set up; otherwise only recovery codes can be typed."""
        return Types.TOTP in self.kinds

    @cached_property
    def challenge(self) -> dict[str, Any]:
        """What the browser hands to the passkey; kept in the session until it is answered."""
        return dict(auth.begin_authentication(self.user))

    @property
    def app(self) -> forms.Form | None:
        """For a code of the authenticator app or a recovery code."""
        typed = self.kinds & {Types.TOTP, Types.RECOVERY_CODES}
        return self.forms.get("app", ReauthenticateForm(user=self.user)) if typed else None

    @property
    def mailed(self) -> forms.Form | None:
        """For the mailed code, where it is enough."""
        enough = not self.demanded or not self.kinds & set(freshness.KEYS)
        return self.forms.get("mailed", MailedForm()) if enough else None

    @property
    def sent(self) -> bool:
        """True when a code is on its way to the mailbox."""
        return actions.STATE in self.request.session

    def answered(self) -> bool:
        """Judge what was posted; True when presence was shown and noted, else the form says what is wrong."""
        way, data = self.request.POST.get("way", ""), self.request.POST
        if way == "passkey" and self.passkey:
            return self._by_key("passkey", ReauthenticateWebAuthnForm(user=self.user, data=data))
        if way == "app" and self.app is not None:
            return self._by_key("app", ReauthenticateForm(user=self.user, data=data))
        return way == "mailed" and self.mailed is not None and self._by_mail(MailedForm(data))

    def _by_key(self, way: str, form: Any) -> bool:
        self.forms[way] = form
        if not form.is_valid():
            return False
        form.save()
        ratelimit.clear(self.request, action="reauthenticate", user=self.user)
        return True

    def _by_mail(self, form: MailedForm) -> bool:
        self.forms["mailed"] = form
        if form.is_valid():
            try:
                actions.check_code(self.request, form.cleaned_data["digits"], by=self.user)
            except actions.NotShown as error:
                form.add_error("digits", str(error))
        return form.is_valid()

    @property
    def wrong(self) -> forms.Form | None:
        """The form that was refused, if any."""
        return next((form for form in self.forms.values() if form.errors), None)
