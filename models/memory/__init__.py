"""What the orb remembers, drawn and painted."""
