"""How a command says no: one sentence behind the program's name, exit status 2."""

from django.core.management import CommandError


class Signon(CommandError):
    """Could not be tried; Django prints the name of the class before the sentence, so it is the program's."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, returncode=2)
