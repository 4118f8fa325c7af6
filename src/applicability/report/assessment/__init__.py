"""Assessments as text, Markdown, HTML, JSON and YAML."""
