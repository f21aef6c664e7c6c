"""What should be spoken, what is, and where each sound lies."""
