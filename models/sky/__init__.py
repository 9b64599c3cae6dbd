"""The air, the clouds and the stars, and what hangs among them."""
