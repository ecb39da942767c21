"""The step in which people are let into the team that runs a letter, change their part in it and leave."""
