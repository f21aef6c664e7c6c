"""Rules of what is spoken."""
