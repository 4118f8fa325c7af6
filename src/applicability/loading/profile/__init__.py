"""From a profile as written to facts, or to every problem in it."""
