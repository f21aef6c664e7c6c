"""What pages show: reads of the module put into the shape of a template. No rule is decided here."""
