"""Rules of figures: how the log becomes stretches, how stretches are counted. No Django, no clock."""
