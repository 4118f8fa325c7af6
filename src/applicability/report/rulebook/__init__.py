"""The measures, vocabulary and problems of a rulebook."""
