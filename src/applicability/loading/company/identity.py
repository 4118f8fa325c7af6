"""Numbers of resident identity cards (GB 11643): they name a person, and are never written where one stands.

A number with a slip in it names nearly the same person, so whatever has the form of one is masked: 18 characters, or
the 15 digits of cards before 1999, with a day of birth in their place. Credit codes of that form are not.
"""

from __future__ import annotations

import datetime
import unicodedata

from stdnum.cn import uscc

from applicability.lazy_pattern import lazy_pattern

_DAY = "(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
# A division, a day of birth, a serial number, and a check digit; without the century and the check digit on old cards.
PATTERN = f"[1-8][0-9]{{5}}(?:(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{2}}{_DAY}[0-9]{{3}})"
# … not inside a longer number.
_NUMBER = lazy_pattern(f"(?<![0-9A-Za-z]){PATTERN}(?![0-9A-Za-z])")
_LENGTH = 18
# Half as many digits in a row as the number has, in any form that NFKC turns into one or two: few texts have them.
_DIGITS = lazy_pattern("(?:[\\d²³¹⁰-₉①-⑳⓪]\\s*){9}")
# GB 11643: the sum of the digits by these weights, modulo 11, tells the check digit.
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECK = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Whether a text is the number of a resident identity card, with its own check digit.

    >>> is_identity_number("11010519491231002X"), is_identity_number("110105194912310021")
    (True, False)
    """
    code = _bare(text)
    return len(code) == _LENGTH and _has_day(code) and _check_digit(code) == code[-1]


def is_like_identity_number(text: str) -> bool:
    """Whether a text has the form of such a number, whatever its check digit, and is no credit code.

    >>> is_like_identity_number("110105194912310021"), is_like_identity_number("110105491231002")
    (True, True)
    """
    code = _bare(text)
    if not _has_day(code):
        return False
    if len(code) != _LENGTH or _check_digit(code) == code[-1]:
        return True
    return bool(code[-1] == "X" or uscc.calc_check_digit(code[:-1]) != code[-1])


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _has_day(code: str) -> bool:
    """Whether a number has the form, and a day that there was."""
    if _NUMBER.fullmatch(code) is None:
        return False
    birth = code[6:14] if len(code) == _LENGTH else f"19{code[6:12]}"
    try:
        datetime.date.fromisoformat(f"{birth[:4]}-{birth[4:6]}-{birth[6:]}")
    except ValueError:
        return False
    return True


def _check_digit(code: str) -> str:
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(code[:-1], _WEIGHTS, strict=False)) % 11]


def masked(text: str) -> str:
    """A text with asterisks in place of the digits of identity numbers in it.

    >>> masked("张三 11010519491231002X")
    '张三 ******************'
    """
    if _DIGITS.search(text) is None:
        return text
    wide = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if is_like_identity_number(wide):
        return "*" * len(_bare(wide))
    # Full-width digits keep their places; a text whose length changes is searched as it is.
    source = wide if len(wide) == len(text) else text
    parts, end = [], 0
    for one in _NUMBER.finditer(source):
        own = text[one.start() : one.end()]
        parts += [text[end : one.start()], "*" * len(own) if is_like_identity_number(one[0]) else own]
        end = one.end()
    return "".join((*parts, text[end:]))
