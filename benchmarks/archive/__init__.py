"""What it costs to file an article into an archive of a given size."""
