"""Strict YAML and JSON: plain data, with the line and column of every part."""
