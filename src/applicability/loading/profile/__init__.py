"""Reads profiles into facts, or reports every problem in them."""
