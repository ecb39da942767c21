"""Where log lines go: all of them to stderr, those of chatty libraries from warnings on."""

QUIET = ("pikepdf", "fontTools", "pyhanko")


def to_stderr(level: str) -> dict[str, object]:
    """The value of Django's LOGGING for this level."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "loggers": {name: {"level": "WARNING"} for name in QUIET},
        "root": {"handlers": ["stderr"], "level": level},
    }
