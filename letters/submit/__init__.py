"""The step in which a coordinator closes, seals, lets sign late and releases."""
