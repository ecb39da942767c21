"""The step in which a society says what it would change, and the coordinator answers each remark."""
