"""A rulebook's own measures, words and problems."""
