"""Rules of tables brought in: what their columns mean, what their cells say, which family a line is about."""
