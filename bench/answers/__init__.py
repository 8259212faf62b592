"""From raw output to typed values."""
