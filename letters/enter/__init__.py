"""The step in which a person shows who is there: the fresh check, keys, own sessions."""
