"""A file of the learner's goes in, a verdict comes out."""
