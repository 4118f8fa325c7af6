"""Screens a register: every company of a file or a table against every measure, one piece at a time.

A source yields pieces of a table (`sources`), the register's columns become facts (`register`), the columnar engine
decides them (`engine`), and each piece's output is kept in its own files (`output.pieces`), from which the result is
assembled (`output.results`). A complete piece is never redone, so an interrupted run resumes where it stopped, and a
cluster may process the pieces in any order.
"""
