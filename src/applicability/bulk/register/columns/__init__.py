"""Reads the columns of a register as facts: each distinct value is parsed once, each combination of values once.

`register` defines what a cell means, company by company; here that is vectorised over arrays, so that a row costs no
Python. The coding machinery is that of `engine`.
"""
