"""The columnar engine: decides every company of a table at once, on small integers.

Values become class codes (`encode`), the rulebook becomes bit masks over codes (`masks`), and a company's verdicts are
a few masks looked up and combined (`decide`). Values are parsed by the profile reader and leaves are decided by
`model.evaluate`, so the answer equals that of a check, company by company.
"""
