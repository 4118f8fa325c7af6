"""Minimal changes as text and JSON."""
