"""A scored run as text: console, Markdown."""
