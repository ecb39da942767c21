"""Giving a letter out: its lists as tables, and the whole of it as one zip file."""
