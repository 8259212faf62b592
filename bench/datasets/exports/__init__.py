"""Data sets in the forms that other tools read: one format per file."""
