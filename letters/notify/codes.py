"""What allauth has to mail, as mail rows, so that it waits, repeats and shows up like every other message."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.db import transaction
from django.http import HttpRequest

from letters.models import User, database_now
from letters.notify import keys
from letters.notify.owed import sign_in


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: people come in by an invitation or are added by an operator."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": "That is not the code in the newest message. Check it and type it again, or send a new one.",
        "rate_limited": "Too many codes were sent. Wait a few minutes, then ask for a new one.",
        "too_many_login_attempts": "That was tried too often. Wait a minute, then ask for a new code.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Coordinators land on their letters, everybody else on the letters they are asked to sign."""
        return "/manage" if getattr(request.user, "runs_letters", False) else "/me"

    def get_login_stages(self) -> list[str]:
        """Without allauth's second factor for everybody: who runs letters is asked for the key at their pages."""
        return [stage for stage in super().get_login_stages() if stage != "allauth.mfa.stages.AuthenticateStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the sign-in code; allauth's other messages belong to features that are off, or go another way."""
        user = User.objects.known_as(email)
        if template_prefix != "account/email/login_code" or user is None:
            return
        with transaction.atomic():
            sign_in(user, context["code"], now=database_now())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Owe the person a mail when a key of theirs was added or removed; allauth calls this for each change."""
        if template_prefix in keys.SAID:
            with transaction.atomic():
                keys.changed(user, keys.SAID[template_prefix], agent=self._agent(), now=database_now())

    def _agent(self) -> str:
        return str(self.request.headers.get("user-agent", ""))[:200] if self.request else ""
