"""The rules of cases: pure functions over plain data; no framework, no clock, no database."""
