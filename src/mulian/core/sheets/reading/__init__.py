"""The child that opens what came from outside, and nothing else."""
