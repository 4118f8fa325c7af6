"""Screening a register: every company of a file or a table against every measure, piece by piece.

A source gives pieces of a table (`sources`), the words of a register become facts (`reading`), the columnar engine
decides them, and what a piece came to is kept in files of its own (`pieces`), from which the result is put together
(`results`). A piece that is complete is not done again, so an interrupted run goes on where it stopped, and a cluster
may do the pieces in any order.
"""
