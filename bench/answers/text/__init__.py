"""Words, tokens and the wordings found among them."""
