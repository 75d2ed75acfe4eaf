"""For authors of exercises: a skeleton to begin with, and the proof that an exercise is sound."""
