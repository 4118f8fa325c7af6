"""A text for people, in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same message in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The message in that language."""
        return self.zh if lang == "zh" else self.en
