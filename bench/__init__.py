"""Measurements of the phone's line, app and luck: `python -m bench.line`, `python -m bench.app`, `python -m bench.faults`.

Figures come from a real server behind a TCP proxy of our own; nothing here is a timed assertion.
"""
