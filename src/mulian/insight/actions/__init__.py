"""Writes of figures: only from the log."""
