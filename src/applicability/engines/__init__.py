"""Engines: several ways to reach the one meaning."""
