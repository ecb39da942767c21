"""The coordinator's desk: what needs attention, where each society stands, what happened."""
