"""What items accept and refuse, prepared."""
