"""Checks on a rulebook beyond those that loading makes."""
