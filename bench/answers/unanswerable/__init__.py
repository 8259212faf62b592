"""Whether an answer declines a question that has none."""
