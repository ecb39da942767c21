"""The coordinator's desk: societies, invitations, mail and the state of play."""
