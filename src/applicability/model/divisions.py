"""Administrative divisions: provinces, prefectures and counties, by their GB/T 2260 codes."""

from __future__ import annotations

from typing import NamedTuple


class Division(NamedTuple):
    """A province, prefecture or county: six-digit GB/T 2260 code, official name, other names."""

    code: str
    zh: str
    en: str
    pinyin: str
    aliases: tuple[str, ...]
