"""Analyses of rulebooks: classes of values, questions, minimal changes, differences. Standard library only."""
