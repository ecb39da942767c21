"""The step in which a coordinator brings in the text, checks it and publishes versions."""
