"""Deciding every company of a table at once: what the rules cannot tell apart is decided once, as small integers.

Values become class codes (`encode`), the rulebook becomes bit masks over codes (`compile`), and a company's verdicts
are a few masks looked up and combined (`decide`). What a value says is read by the reader of profiles and what a
leaf says of it by `model.evaluate`, so the answer is that of a check, company by company.
"""
