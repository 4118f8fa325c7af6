"""Shared layout: terminal lines, pages, pictures, and the colours of the verdicts."""
