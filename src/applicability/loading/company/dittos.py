"""Marks for another cell.

Those for another row (同上, 〃) are not followed: a register may have been sorted or filtered since. Those for another
column of the row (同注册地址, 同左) stay true, where it is certain which column is meant.
"""

from __future__ import annotations

import re
import unicodedata

from applicability.lazy_pattern import lazy_pattern

_DITTO = lazy_pattern(
    r"(?:(?:同|见|与)(?:上|前|左|右|下)(?:述|列|面|方|边|一?[行栏格家列]|一致|相同)?"
    r"|(?:同|与)?(?:注册地址?|住所|经营地址?|经营场所|营业地址?|登记地址?|办公地址?|上述地址)(?:同上|相同|一致)?"
    r"|ditto|do\.|same|sameasabove|asabove|sameas(?:the)?(?:registered)?address"
    r"|[〃\"'″′“”]+)"
)
_REGISTERED = lazy_pattern(r"(?:同|与)注册地址?(?:相同|一致)?|sameas(?:the)?registeredaddress")
_LEFT = lazy_pattern(r"(?:同|见|与)左(?:列|面|方|边|一?[栏格列]|一致|相同)?")
_COLUMN = lazy_pattern(
    r"(?:同|见|与)[左右](?:述|列|面|方|边|一?[栏格家列]|一致|相同)?"
    r"|(?:同|与)(?:注册地址?|住所|经营地址?|经营场所|营业地址?|登记地址?|办公地址?)(?:相同|一致)?"
    r"|sameas(?:the)?registeredaddress"
)
_SPACES = re.compile(r"\s+")
_LONGEST = 30


def is_ditto(cell: str) -> bool:
    """Whether a cell only points to another one.

    >>> is_ditto("同 上"), is_ditto("〃"), is_ditto("同注册地"), is_ditto("同安区")
    (True, True, True, False)
    """
    return len(cell) <= _LONGEST and _DITTO.fullmatch(_bare(cell)) is not None


def as_registered(cell: str) -> bool:
    """Whether a cell says that the place is that of the registration: 同注册地址."""
    return len(cell) <= _LONGEST and _REGISTERED.fullmatch(_bare(cell)) is not None


def as_to_the_left(cell: str) -> bool:
    """Whether a cell says that the place is that in the column to its left: 同左."""
    return len(cell) <= _LONGEST and _LEFT.fullmatch(_bare(cell)) is not None


def names_column(cell: str) -> bool:
    """Whether a cell points to another column of its row, and to no other row."""
    return len(cell) <= _LONGEST and _COLUMN.fullmatch(_bare(cell)) is not None


def _bare(cell: str) -> str:
    return _SPACES.sub("", unicodedata.normalize("NFKC", cell)).strip("()（）").casefold()
