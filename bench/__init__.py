"""Measurements of the phone: its line (`python -m bench.line`), app (`bench.app`) and luck (`bench.faults`).

Figures come from a real server behind a TCP proxy of our own; nothing here is a timed assertion.
"""
