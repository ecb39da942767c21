"""Readers for environment variables that fail with a sentence; what the values mean is settings.py's business."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off", ""})


def text(name: str, default: str | None = None) -> str:
    """The variable's value; raises ImproperlyConfigured when it is unset and there is no default."""
    value = os.environ.get(name)
    if value is None:
        if default is None:
            raise ImproperlyConfigured(f"Set {name} in the environment; .env.example says what it is for.")
        return default
    return value.strip()


def flag(name: str, default: bool) -> bool:
    """A yes-or-no variable; raises ImproperlyConfigured for any other word."""
    value = os.environ.get(name)
    if value is None:
        return default
    word = value.strip().lower()
    if word in TRUE:
        return True
    if word in FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}; write 1 or 0.")


def number(name: str, default: int) -> int:
    """A whole number; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name)
    if value is None or not value.strip():
        return default
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; write a whole number.") from None


def words(name: str, default: str) -> list[str]:
    """A comma-separated list without blanks or empty entries."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def secret(name: str, default: str | None = None) -> str:
    """Like text(), and NAME_FILE may name a file that holds the value, as container secrets do."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from None
    return text(name, default)
