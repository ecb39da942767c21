"""The step in which an officer signs, declines or withdraws for a society."""
