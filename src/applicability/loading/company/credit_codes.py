"""Unified social credit codes (GB 32100-2015): format, check digit, and place of registration.

Digits 3 to 8 are the area of the registering authority. Authorities of districts have theirs from GB/T 2260; those of
functional zones have numbers of their own, which GB/T 2260 may have given to a district elsewhere in the city. So they
tell the city and no district. A company keeps its code when it moves: they give the place of first registration, not
the current one.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from stdnum.cn import uscc

from applicability.identity import is_identity_number, is_like_identity_number
from applicability.model.former import Former
from applicability.model.places import Gazetteer
from applicability.text import Text

# 0-9 and capital letters without I, O, S, V and Z; the value of each is its index.
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_FORM = re.compile(f"[{LETTERS}]{{2}}[0-9]{{6}}[{LETTERS}]{{10}}")
_UNUSED = "IOSVZ"
# The mark by which spreadsheets keep a number as text, or what stands for it.
_APOSTROPHE = re.compile("^['‘’`]")
# What each character of a code may be.
_DIGITS = Text("第3至8位应为数字", "digits from the third to the eighth character")
_LETTERS = Text("不含字母 I、O、S、V、Z", "no letter I, O, S, V or Z")
_SIGNS = Text("只有数字和字母", "digits and letters alone")


class NoCode(ValueError):
    """Text that is not a credit code; `what` is the reason."""

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what.en)


def read(cell: str) -> str:
    """The code in normalised form. Raises NoCode."""
    code = _APOSTROPHE.sub("", re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", cell))).upper()
    many, last = len(code), code[-1:]
    if is_identity_number(code):
        raise NoCode(
            Text(
                "这是居民身份证号码，不是统一社会信用代码；号码不予显示",
                "this is the number of a resident identity card and no credit code; it is not shown",
            )
        )
    if is_like_identity_number(code):
        raise NoCode(
            Text(
                "这像是居民身份证号码（有一位写错，或为旧号），不是统一社会信用代码；号码不予显示",
                "this looks like the number of a resident identity card, mistyped or of the old form, and is no credit "
                "code; it is not shown",
            )
        )
    if many != 18:
        raise NoCode(
            Text(
                f"统一社会信用代码应为18位，此处为{many}位",
                f"a unified social credit code has 18 characters, this has {many}",
            )
        )
    if not _FORM.fullmatch(code):
        place = next(at for at, one in enumerate(code) if one not in (LETTERS[:10] if 2 <= at < 8 else LETTERS))
        rule = _DIGITS if 2 <= place < 8 else _LETTERS if code[place] in _UNUSED else _SIGNS
        raise NoCode(
            Text(
                f"统一社会信用代码{rule.zh}；此处第{place + 1}位是 `{code[place]}`",
                f"a unified social credit code has {rule.en}; here character {place + 1} is `{code[place]}`",
            )
        )
    digit = uscc.calc_check_digit(code[:17])
    if digit != last:
        raise NoCode(
            Text(
                f"校验位为 `{last}`，按其余各位应为 `{digit}`",
                f"its check digit is `{last}`, where the others ask for `{digit}`",
            )
        )
    return code


class Area(NamedTuple):
    """A city, or a division around several, and the former division that the code names if it lay in another one."""

    division: str
    former: Former | None = None


def place(code: str, gazetteer: Gazetteer) -> Area | None:
    """The city in which a code was issued; a province if no more is known, and None for a national authority.

    A former division is read as the current one that replaced it.
    """
    area = code[2:8]
    prefecture = f"{area[:4]}00"
    for known in (area, prefecture, f"{area[:2]}0000"):
        if known in gazetteer.divisions:
            return Area(gazetteer.city_of(known))
        if (former := gazetteer.former_by_code(known)) is not None:
            city = gazetteer.city_of(former.place)
            return Area(city, None if city in gazetteer.path(prefecture) and gazetteer.is_city(city) else former)
    return None
