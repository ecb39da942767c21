"""Keeping the list: societies, their officers and links, their order, and the invitations."""
