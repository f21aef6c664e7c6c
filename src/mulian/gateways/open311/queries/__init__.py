"""Reads: the pack's services, the public list, keys, what was forwarded."""
