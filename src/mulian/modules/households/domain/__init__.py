"""The rules of households: pure functions over plain data; no framework, no clock, no database."""
