"""A text for people, in Chinese and English."""

from __future__ import annotations

from applicability.lazy_dataclass import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Lang = Literal["zh", "en"]
else:

    def __getattr__(name: str) -> object:
        """`Lang`, for whoever asks at run time: `typing` takes longer to load than a short command lasts."""
        if name != "Lang":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from typing import Literal

        globals()[name] = Literal["zh", "en"]
        return globals()[name]


# The languages by their tags (BCP 47), as HTML and HTTP name them.
LANG_TAGS: dict[Lang, str] = {"zh": "zh-Hans", "en": "en"}


@dataclass(frozen=True, slots=True)
class Text:
    """The same message in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: Lang) -> str:
        """The message in that language."""
        return self.zh if lang == "zh" else self.en
