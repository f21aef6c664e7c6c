"""What can be done with cases. Each act is one transaction, checks access first and leaves at least one event."""
