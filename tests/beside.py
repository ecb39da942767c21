"""Runs a server of the standard library beside the test; what it answers is the server's own."""

import contextlib
import socketserver
import threading
from collections.abc import Iterator

OFTEN = 0.01  # seconds between looks whether to stop; the library's half second would be waited for by each test


@contextlib.contextmanager
def running(server: socketserver.BaseServer) -> Iterator[None]:
    """Until the block ends, the server answers; afterwards its port is free."""
    thread = threading.Thread(target=server.serve_forever, args=(OFTEN,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
