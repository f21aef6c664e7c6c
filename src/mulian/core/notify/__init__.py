"""Tells people: in the console at once, by SMS when there is a gateway, each thing exactly once."""
