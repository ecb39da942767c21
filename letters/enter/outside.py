"""What allauth asks when somebody comes by another site: nobody signs up, and connecting needs a fresh check."""

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect

from letters import access


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Only people known here come in: by a verified address, or by an account they connected before."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: object) -> None:
        """Whoever connects an account was checked minutes ago: a stolen session must not open a second door."""
        if getattr(sociallogin, "state", {}).get("process") == "connect" and access.confirmed_first(request):
            messages.warning(request, "Confirm first that it is you, then connect the account once more.")
            raise ImmediateHttpResponse(redirect(f"{access.CONFIRM}?next=/me"))
