"""Writes of tasks and visits: keyword-only, one transaction, one access check, one event a batch."""
