"""The machine that takes a sealed edition to a journal: the message, and sending it at most once by itself."""
