"""Writes: keys, requests, updates, released words, cases forwarded to other systems."""
