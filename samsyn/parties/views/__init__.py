"""Pages about people and parties, by what they are about."""
