"""What visitors see of themselves: a hand and its sleeve, bare feet, a robe's hem."""
