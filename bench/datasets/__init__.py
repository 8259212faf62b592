"""From source files to articles and items."""
