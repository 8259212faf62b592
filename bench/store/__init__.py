"""Run directories: everything Dateline reads from and writes to `results/`, and nothing else does."""
