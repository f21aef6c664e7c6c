"""Measurements of the phone's line and the long fault run: `python -m bench.phone_line`, `python -m bench.faults`.

Figures come from a real server behind a TCP proxy of our own; nothing here is a timed assertion.
"""
