"""The checks on a rulebook beyond those without which it would not load."""
