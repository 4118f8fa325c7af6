"""What the words of a row do not say, in a few words each."""

from __future__ import annotations

from applicability.lazy_pattern import lazy_pattern
from applicability.model.conditions import leaves
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ground_of
from applicability.report.layout.paper import nested
from applicability.text import Text

_OPEN_ZH = lazy_pattern(r"([^；。]*是否[^；。]*?)，?原文没有写")
_OPEN_EN = lazy_pattern(r"([Ww]hether [^;.]*?),? the text does not say")
_NAMED = Text("“{words}”包括哪些内容", "what “{words}” consists of")
_JOINED = Text("“{words}”现有哪些、怎样参加", "which “{words}” there are, and how one takes part")
_AMOUNT = Text("“{words}”的数额或期限", "the amount or the length of “{words}”")
OBTAINED = Text(
    "手续：是否须申请、许可或备案，向哪里、凭哪些材料",
    "the procedure: whether an application, a licence or a filing is needed, where, and with which papers",
)
_IN_FORCE = Text(
    "从何时起可以做，是否已为此调整现行规定",
    "from when it may be done, and whether the rules in force have been adjusted for it",
)
_OTHER_LAW = Text("其他法律是否另要求许可或批准", "whether other law asks for a licence or an approval")


def asked_first(rulebook: Rulebook, measure: Measure) -> tuple[list[Text], bool]:
    """What is to be asked before a right is used, and whether any of it is what the row does not say.

    Where a row says how it is obtained, or that a formality falls away, nothing but other law is left.
    """
    silent = silent_on(rulebook, measure)
    every = rulebook.silences is not None and rulebook.silences.every is not None
    said_how = silent == _left_open(measure)  # a formality falls away, or the row says how it is obtained
    return [*silent, *([_IN_FORCE] if not said_how and every else []), _OTHER_LAW], bool(silent)


def silent_on(rulebook: Rulebook, measure: Measure) -> list[Text]:
    """What the row does not say; empty where the rulebook does not know it for the measure's document.

    Of what nobody grants, how it is obtained is no question.
    """
    silences, authorities = rulebook.silences, rulebook.authorities
    if silences is None or silences.document != measure.document or measure.binds_authorities_only or measure.lost:
        return []
    one = silences.of(measure.row)
    granted = authorities is None or authorities.ungranted(measure.row) is None
    return [
        *(s.say(_NAMED, words=_nested(words)) for words in one.named if not _is_duty(words, measure)),
        *(s.say(_JOINED, words=_nested(words)) for words in one.joined),
        *(s.say(_AMOUNT, words=_nested(words)) for words in one.amounts),
        *_left_open(measure),
        *([OBTAINED] if granted and not one.obtained else []),
    ]


def _is_duty(words: Text, measure: Measure) -> bool:
    """Whether words are of a duty of authorities alone, on which no part for anybody else rests."""
    duties = [one for one in measure.limbs if one.force == "duty" and one.binds_authorities_only]
    grounds = [ground_of(leaf).quote for one in measure.usable for leaf in leaves(one.when)]
    return any(words.zh in span.words for one in duties for span in one.spans) and not any(
        words.zh in quote or (quote and quote in words.zh) for quote in grounds
    )


def _left_open(measure: Measure) -> list[Text]:
    """What the reading of a row says that its words leave open: whether something is covered."""
    reading = measure.interpretation
    if reading is None:
        return []
    zh, en = _OPEN_ZH.findall(reading.zh), _OPEN_EN.findall(reading.en)
    return [Text(one, f"{other[:1].lower()}{other[1:]}") for one, other in zip(zh, en, strict=True)]


def _nested(words: Text) -> Text:
    """Words that are quoted within a sentence."""
    return Text(nested(words.zh), nested(words.en))
