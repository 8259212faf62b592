"""Why an answer missed: one label per wrong answer, from the answer, the item and its article."""
