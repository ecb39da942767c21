"""The step in which one text is prepared for one journal and goes there, by mail or by a person's hand."""
