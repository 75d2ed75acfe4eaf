"""How a question is shown, how an answer is marked, and the order of a sitting: pure functions."""
