"""Serves the site from one process tree with gunicorn, worker included where the settings say so."""

import socket
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from letters.management.refusal import Signon
from signon import embedded

THREADS = 8


def _after_fork(worker: object) -> None:
    if settings.EMBEDDED_WORKER:
        embedded.start()


def _before_exit(server: object, worker: object) -> None:
    if settings.EMBEDDED_WORKER:
        embedded.stop()


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn configured by code: one worker process with threads, so that the embedded worker runs once."""

    def __init__(self, binds: list[str], loglevel: str) -> None:
        self.wanted: dict[str, Any] = {
            "bind": binds, "workers": 1, "threads": THREADS, "worker_class": "gthread", "loglevel": loglevel,
            "post_worker_init": _after_fork, "worker_exit": _before_exit, "timeout": 120,
            "graceful_timeout": 10, "control_socket_disable": True,
        }  # fmt: skip
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns about a folder that is not there
        super().__init__()

    def load_config(self) -> None:
        """Take what was given, skip what this gunicorn does not know."""
        for name, value in self.wanted.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The site."""
        return get_wsgi_application()


def addresses(host: str, port: int) -> list[str]:
    """What to bind: loopback in both families where the machine has IPv6, so that localhost answers either way.

    Raises Signon with one sentence when the port is taken.
    """
    wanted = (
        [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")] if host == "localhost" else [(socket.AF_INET, host)]
    )
    found = []
    for family, address in wanted:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((address, port))
        except OSError as error:
            if family == socket.AF_INET6 and error.errno not in (98, 48):
                continue
            raise Signon(
                f"Port {port} is taken by another program; stop it, or choose another port with --port."
            ) from None
        found.append(f"[{address}]:{port}" if ":" in address else f"{address}:{port}")
    return found
