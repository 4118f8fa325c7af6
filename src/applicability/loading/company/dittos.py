"""Marks for another cell (同上, 〃), which are not followed: a register may have been sorted or filtered since."""

from __future__ import annotations

import re
import unicodedata

from applicability.lazy_pattern import lazy_pattern

_DITTO = lazy_pattern(
    r"(?:(?:同|见|与)(?:上|前|左|右|下)(?:述|列|面|方|一?[行栏格家列]|一致|相同)?"
    r"|(?:同|与)?(?:注册地址?|住所|经营地址?|经营场所|营业地址?|登记地址?|办公地址?|上述地址)(?:同上|相同|一致)?"
    r"|ditto|do\.|same|sameasabove|asabove|sameas(?:the)?(?:registered)?address"
    r"|[〃\"'″′“”]+)"
)
_SPACES = re.compile(r"\s+")


def is_ditto(cell: str) -> bool:
    """Whether a cell only points to another one.

    >>> is_ditto("同 上"), is_ditto("〃"), is_ditto("同注册地"), is_ditto("同安区")
    (True, True, True, False)
    """
    if len(cell) > 30:
        return False
    bare = _SPACES.sub("", unicodedata.normalize("NFKC", cell)).strip("()（）").casefold()
    return _DITTO.fullmatch(bare) is not None
