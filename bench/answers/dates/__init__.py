"""Reading dates and times."""
