"""The columns of a register as facts: what a value says is read once, what several say together once per combination.

What a cell means is told by `registers`, company by company; here it is carried over whole arrays, so that a row costs
no Python. The machinery of codes is that of `columnar`, which `registers` does not know.
"""
