"""Reads rule files and profiles into the model: strict YAML with line numbers, file shapes, validation."""
