"""The machine that tells people: who is owed which message, how it reads, and sending it."""
