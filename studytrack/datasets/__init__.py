"""The data that the exercises learn from."""
