"""When what was learnt comes back: pure functions of the reviews, the day and the settings."""
