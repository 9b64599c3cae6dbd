"""The court: broken floor, ruins, land around it, and what the years have left on it."""
