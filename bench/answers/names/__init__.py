"""Matching persons, places, organisations and things."""
