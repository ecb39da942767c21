"""The step in which a coordinator closes, seals, sends to a journal and releases."""
