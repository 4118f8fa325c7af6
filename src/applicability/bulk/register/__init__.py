"""Registers of companies as they are: which column holds what, and what its cells say in the words of the rules.

A column that is no fact may tell one: a credit code the place of registration, a company type the foreign share, an
address the district. What a cell says for itself comes before what another lets one know, and where two columns say
what cannot both be so, the company is rejected or noted, never settled in silence.
"""
