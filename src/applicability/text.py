"""A text for people, in Chinese and English."""

from __future__ import annotations

from applicability.lazy_dataclass import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Literal

    Lang = Literal["zh", "en"]
    # Where a text is read: beside a command line, by who has a page and no other way to answer, or by an assistant.
    Surface = Literal["terminal", "page", "assistant"]
else:

    def __getattr__(name: str) -> object:
        """The types, for whoever asks at run time: `typing` takes longer to load than a short command lasts."""
        if name not in ("Lang", "Surface"):
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from typing import Literal

        globals()["Lang"] = Literal["zh", "en"]
        globals()["Surface"] = Literal["terminal", "page", "assistant"]
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

    def on(self, surface: Surface) -> Text:
        """The message as that surface says it; most say the same everywhere."""
        return self


@dataclass(frozen=True, slots=True)
class SurfaceText(Text):
    """A message that names a command or an option, with what a page says instead, where there is no command line; an
    assistant is told which of its tools does it, or else what the page says.

    >>> SurfaceText("用 --sheet 指明", "name it with --sheet", Text("另存为单独的文件", "save it alone")).on("page").en
    'save it alone'
    """

    page: Text
    assistant: Text | None = None

    def on(self, surface: Surface) -> Text:
        """The message as that surface says it."""
        if surface == "terminal":
            return self
        return self.page if surface == "page" or self.assistant is None else self.assistant


# A count of one with what it counts, and a verb that follows at once; not a number that names: row 1, 2.1, note 1.
_NOUNS = (
    "problems|rows|measures|companies|places|limits|facts|questions|verdicts|entries|columns|activities|items|notes"
)

_VERBS = "depend|wait|need|differ|stay|are|were|have|that are not companies"
_COUNTED_ONE = (
    r"(?<![\d.,\-/])(?<!row )(?<!rows )(?<!note )(?<!line )(?<!of )\b1(?P<between> (?:more|other|further|open))?"
    rf"(?:(?P<noun> (?:{_NOUNS}))\b(?P<verb> (?:{_VERBS})\b)?|(?P<alone> (?:{_VERBS})\b))"
)
_OF_ONE = {" are": " is", " were": " was", " have": " has", " stay": " stays",
           " that are not companies": " that is not a company"}  # fmt: skip


def of_one(told: str) -> str:
    """An English sentence with what it counts in the singular where that is one; what it says of it agrees.

    >>> of_one("1 measures depend on this"), of_one("it helps to decide 1 rows: 57"), of_one("21 rows, 1 companies")
    ('1 measure depends on this', 'it helps to decide 1 row: 57', '21 rows, 1 company')
    >>> of_one("2 are eligible, 1 more have one alone, 1 are not")
    '2 are eligible, 1 more has one alone, 1 is not'
    >>> of_one("3 of 1 rows differ"), of_one("row 1 measures nothing")
    ('3 of 1 rows differ', 'row 1 measures nothing')
    """
    import re  # what prints a help counts nothing, and is not to load it

    return re.sub(_COUNTED_ONE, _agree, told)


def _agree(found: re.Match[str]) -> str:
    noun, verb = found["noun"] or "", found["verb"] or found["alone"] or ""
    if noun:
        noun = f"{noun[:-3]}y" if noun.endswith("ies") else noun[:-1]
    return f"1{found['between'] or ''}{noun}{_OF_ONE.get(verb, f'{verb}s') if verb else ''}"
