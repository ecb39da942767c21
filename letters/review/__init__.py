"""The step in which an officer comes in by a personal link, reads, and sees what changed."""
