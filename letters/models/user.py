"""A person: signs in with an e-mail address and a mailed code, never a password; what they may do is access.py's."""

import functools
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower


class UserManager(BaseUserManager["User"]):
    """Makes people; addresses are compared without regard to case."""

    def create_user(self, email: str, name: str = "", **extra: Any) -> "User":
        """A person with an unusable password; `email` must not be empty."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=email.strip().lower(), name=name.strip(), **extra)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, name: str = "", **extra: Any) -> "User":
        """A person who may open the admin pages."""
        extra.pop("password", None)
        return self.create_user(email, name, is_staff=True, is_superuser=True, may_convene=True, **extra)

    def known_as(self, email: str) -> "User | None":
        """The person with this address, whatever its capitals."""
        return self.filter(email=email.strip().lower()).first()


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    may_convene = models.BooleanField(default=False, help_text="May start letters and coordinate them.")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_login = None  # the sessions say it; Django would write it at each sign-in

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []  # the e-mail address alone makes a person

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_capitals")]

    def __str__(self) -> str:
        return self.name or self.email

    @functools.cached_property
    def runs_letters(self) -> bool:
        """True for who may start letters or is in the team of one (one query where the first does not hold)."""
        return self.may_convene or self.coordinates.exists()
