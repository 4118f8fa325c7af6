"""The differences between two rulebooks."""
