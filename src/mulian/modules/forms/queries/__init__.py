"""Reads of forms and of what was answered."""
