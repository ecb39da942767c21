"""The machine that takes in mail from journals and files it with the submission it answers."""
