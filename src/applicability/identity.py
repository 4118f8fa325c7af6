"""Numbers of resident identity cards (GB 11643): they name a person, and are never written where one stands.

A number with a slip in it names nearly the same person, so whatever has the form of one is masked: 18 characters, or
the 15 digits of cards before 1999, with a day of birth in their place. Credit codes of that form are not.
"""

from __future__ import annotations

import datetime
import unicodedata

from applicability.lazy_pattern import lazy_pattern

# People set the parts of a number apart.
_GAP = "[\\s\u00a0\u3000]?"


def _pattern() -> str:
    """A division, a day of birth, a serial number, and a check digit; without the century and the check digit on old
    cards.
    """
    digit, year = "[0-9]", f"(?:1{_GAP}[89]|2{_GAP}0)"
    month, day = f"(?:0{_GAP}[1-9]|1{_GAP}[0-2])", f"(?:0{_GAP}[1-9]|[12]{_GAP}[0-9]|3{_GAP}[01])"
    end = (month, day, *[digit] * 3)
    new, old = _GAP.join((year, digit, digit, *end, "[0-9Xx]")), _GAP.join((digit, digit, *end))
    return _GAP.join(("[1-8]", *[digit] * 5, f"(?:{new}|{old})"))


PATTERN = _pattern()
# … not inside a longer number.
_NUMBER = lazy_pattern(f"(?<![0-9A-Za-z]){PATTERN}(?![0-9A-Za-z])")
# Digits and letters that NFKC turns into one that a number may have.
_WIDE = lazy_pattern("(?![0-9])[\\d²³¹⁰-₉①-⑨⓪Ｘｘ]")
_LENGTH = 18
# Half as many digits in a row as the number has, in any form that NFKC turns into one or two: few texts have them.
_DIGITS = lazy_pattern("(?:[\\d²³¹⁰-₉①-⑳⓪㉑-㉟㊱-㊿]\\s*){9}")
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
    from stdnum.cn import uscc  # every command loads this module, and few texts hold such a number

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
    >>> masked("…张三１１０１０５１９４９１２３１００２Ｘ，11010519491231 002X")
    '…张三******************，*******************'
    """
    if _DIGITS.search(text) is None:
        return text
    if is_like_identity_number(text):
        return "*" * len(_bare(text))
    # Each character is replaced by one, so that what is found in `plain` stands at the same place in the text.
    plain = text if text.isascii() else _WIDE.sub(lambda one: _narrow(one[0]), text)
    parts, end = [], 0
    for one in _NUMBER.finditer(plain):
        own = text[one.start() : one.end()]
        parts += [text[end : one.start()], "*" * len(own) if is_like_identity_number(one[0]) else own]
        end = one.end()
    return "".join((*parts, text[end:]))


def _narrow(letter: str) -> str:
    found = unicodedata.normalize("NFKC", letter)
    return found if len(found) == 1 else letter
