"""What a text says of what it mentions: asserted, denied, told of something else."""
