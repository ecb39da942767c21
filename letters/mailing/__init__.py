"""The coordinator's mail: what waits, what was sent and what became of it."""
