"""A whole installation in one file: taken at one moment, checked, and put back; nothing is sent from here."""
