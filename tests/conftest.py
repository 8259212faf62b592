"""Property tests draw the same examples every time and have no deadline: time is measured in benchmarks/."""

from hypothesis import settings

settings.register_profile("dateline", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("dateline")
