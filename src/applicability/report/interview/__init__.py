"""Texts of an interview, and the profile template."""
