"""What a screening came to."""
