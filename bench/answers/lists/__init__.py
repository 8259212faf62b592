"""Matching lists, keyed or not."""
