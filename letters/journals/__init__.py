"""The room of journals: what is known of each, the papers a letter answers, and how a text fits a journal."""
