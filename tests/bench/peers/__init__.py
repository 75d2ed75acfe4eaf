"""studytrack beside other graders of learners' code: their times and what they do with hostile code."""
