"""Reads registers of companies: which column holds what, and what its cells mean as facts.

A column that holds no fact may imply one: a credit code the place of registration, a company type the foreign share, an
address the district. A fact stated directly takes precedence over a derived one, and where two columns contradict each
other, the facts that they contradict each other about are missing, with a note: nothing is resolved in silence.
"""
