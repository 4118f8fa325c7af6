"""The summary of a screening."""
