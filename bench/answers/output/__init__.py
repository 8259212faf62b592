"""What raw output looks like around an answer, or instead of one."""
