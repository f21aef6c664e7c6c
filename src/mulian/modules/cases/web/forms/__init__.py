"""Forms check shape; actions check rights and rules."""
