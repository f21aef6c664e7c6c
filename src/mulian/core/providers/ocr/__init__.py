"""Reads papers that people bring: lines of text, what must be covered before anything is kept, proposals for fields.

All of it happens in a throw-away child that may write no file (docs/adr/0046); without an engine a person types.
"""
