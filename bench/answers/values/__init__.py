"""Matching numbers and dates."""
