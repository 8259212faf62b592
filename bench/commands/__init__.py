"""The verbs of `dateline`, one file each."""
