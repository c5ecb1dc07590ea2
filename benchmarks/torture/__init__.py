"""Kill it anywhere: whatever dies or fails at any step, nothing may be lost and nothing doubled."""
