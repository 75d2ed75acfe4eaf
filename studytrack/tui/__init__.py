"""The terminal app: one of the two faces of a study; the commands are the other."""
