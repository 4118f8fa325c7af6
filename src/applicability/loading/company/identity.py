"""Numbers of resident identity cards (GB 11643): they name a person, and are never written where one stands."""

from __future__ import annotations

import datetime
import unicodedata

from applicability.lazy_pattern import lazy_pattern

# A division, a day of birth, a serial number, and a check digit, not inside a longer number.
PATTERN = "[1-8][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
_NUMBER = lazy_pattern(f"(?<![0-9A-Za-z]){PATTERN}(?![0-9A-Za-z])")
# Half as many digits in a row as the number has, in any form that NFKC turns into one or two: few texts have them.
_DIGITS = lazy_pattern("(?:[\\d²³¹⁰-₉①-⑳⓪]\\s*){9}")
# GB 11643: the sum of the digits by these weights, modulo 11, tells the check digit.
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECK = "10X98765432"
_MASK = "*" * 18


def is_identity_number(text: str) -> bool:
    """Whether a text is the number of a resident identity card, with its own check digit.

    >>> is_identity_number("11010519491231002X"), is_identity_number("110105194912310021")
    (True, False)
    """
    code = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if _NUMBER.fullmatch(code) is None:
        return False
    try:
        datetime.date.fromisoformat(f"{code[6:10]}-{code[10:12]}-{code[12:14]}")
    except ValueError:
        return False
    return _CHECK[sum(int(digit) * weight for digit, weight in zip(code, _WEIGHTS, strict=False)) % 11] == code[17]


def masked(text: str) -> str:
    """A text with asterisks in place of the digits of identity numbers in it.

    >>> masked("张三 11010519491231002X")
    '张三 ******************'
    """
    if _DIGITS.search(text) is None:
        return text
    wide = text if text.isascii() else unicodedata.normalize("NFKC", text)
    if is_identity_number(wide):
        return _MASK
    # Full-width digits keep their places; a text whose length changes is searched as it is.
    source = wide if len(wide) == len(text) else text
    parts, end = [], 0
    for one in _NUMBER.finditer(source):
        parts += [text[end : one.start()], _MASK if is_identity_number(one[0]) else text[one.start() : one.end()]]
        end = one.end()
    return "".join((*parts, text[end:]))
