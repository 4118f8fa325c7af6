"""The outcome of running cases."""
