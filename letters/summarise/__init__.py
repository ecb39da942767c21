"""The step in which a shorter text is derived from the letter and the societies approve it."""
