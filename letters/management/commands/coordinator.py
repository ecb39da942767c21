"""`manage.py coordinator EMAIL`: let a person start letters; the first one of an installation comes in this way."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandParser
from django.core.validators import validate_email

from letters.management.refusal import Signon
from letters.models import User


class Command(BaseCommand):
    help = "Let the person with this e-mail address start letters and coordinate them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--operator", action="store_true", help="May also open the admin pages.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Creates the person or changes what they may do."""
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise Signon(f"“{options['email']}” is not an e-mail address.") from None
        user = User.objects.known_as(email) or User.objects.create_user(email)
        user.name = options["name"] or user.name
        user.may_convene = True
        user.is_staff = user.is_superuser = options["operator"] or user.is_staff
        user.save()
        self.stdout.write(f"{email} may start letters; sign in at /signin with this address.")
