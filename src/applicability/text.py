"""A text for people, in both languages or in neither."""

from __future__ import annotations

from typing import Literal

from applicability.lazy_dataclass import dataclass

Lang = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same message in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The message in that language."""
        return self.zh if lang == "zh" else self.en
