"""What the learner did: one append-only log of events, and what follows from it."""
