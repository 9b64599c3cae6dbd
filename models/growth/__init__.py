"""What grows out of the cracks: flowers, and roots of light."""
