"""Tables brought into the register."""
