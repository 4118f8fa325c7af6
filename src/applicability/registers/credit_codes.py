"""Unified social credit codes (GB 32100-2015): their form and check digit, and where they were given.

Digits 3 to 8 are the division of the registering authority (GB/T 2260). A company keeps its code when it moves, so they
tell where it was registered, not where it stands.
"""

from __future__ import annotations

import re
import unicodedata

from stdnum.cn import uscc

from applicability.model.places import Gazetteer

# 0-9 and capital letters without I, O, S, V and Z, each worth its place.
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(f"[{LETTERS}]{{2}}[0-9]{{6}}[{LETTERS}]{{10}}")


def read(cell: str) -> str:
    """The code, in its plain form. Raises ValueError with what is wrong."""
    code = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", cell)).upper()
    if len(code) != 18:
        raise ValueError(f"a unified social credit code has 18 characters, this has {len(code)}")
    if not _FORM.fullmatch(code):
        raise ValueError("a unified social credit code has digits 3 to 8, and no I, O, S, V or Z")
    digit = uscc.calc_check_digit(code[:17])
    if digit != code[-1]:
        raise ValueError(f"its check digit is `{code[-1]}`, where the others ask for `{digit}`")
    return code


def place(code: str, gazetteer: Gazetteer) -> str | None:
    """The division that gave a code: the finest that the table still has; None for a national authority."""
    area = code[2:8]
    for known in (area, f"{area[:4]}00", f"{area[:2]}0000"):
        if known in gazetteer.divisions:
            return known
    return None
