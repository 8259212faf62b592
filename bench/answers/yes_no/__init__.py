"""Reading answers to yes-no questions and choices."""
