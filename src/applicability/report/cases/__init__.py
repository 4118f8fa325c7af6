"""Results of running cases."""
