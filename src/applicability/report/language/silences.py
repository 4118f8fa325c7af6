"""What the words of a row do not say, in a few words each."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.lazy_pattern import lazy_pattern
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Rulebook
from applicability.model.silences import Silence
from applicability.report.language import sentences as s
from applicability.report.language.limb_words import limb_words
from applicability.report.layout.paper import nested
from applicability.text import Text

_OPEN_ZH = lazy_pattern(r"([^；。]*是否[^；。]*?)，?原文没有写")
_OPEN_EN = lazy_pattern(r"([Ww]hether [^;.]*?),? the text does not say")
_NAMED = Text("“{words}”包括哪些内容", "what “{words}” consists of")
_WHICH = Text("有哪些“{words}”", "which “{words}” there are")
_WHERE = Text("向哪里“{words}”", "where to “{words}”")
_AMOUNT = Text("“{words}”的数额或期限", "the amount or the length of “{words}”")
PROCEDURE = Text(
    "手续：是否须申请、许可或备案，向哪里、凭哪些材料",
    "the procedure: whether an application, a licence or a filing is needed, where, and with which papers",
)
IN_FORCE = Text(
    "从何时起可以做，是否已为此调整现行规定",
    "from when it may be done, and whether the rules in force have been adjusted for it",
)
_OF_PART = Text("{told}（第{numbers}部分）", "{told} (part {numbers})")
_OF_PARTS = Text("{told}（第{numbers}部分）", "{told} (parts {numbers})")
OTHER_LAW = Text("其他法律是否另要求许可或批准", "whether other law asks for a licence or an approval")


def asked_first(rulebook: Rulebook, measure: Measure, parts: Sequence[Limb] | None = None) -> tuple[list[Text], bool]:
    """What is to be asked before a right is used, and whether any of it is what the row does not say.

    Where a row says how it is obtained, or that a formality falls away, nothing but other law is left.
    """
    silent = silent_on(rulebook, measure, parts)
    return [*silent, *asked_of_any(rulebook, measure, parts)], bool(silent)


def asked_of_any(rulebook: Rulebook, measure: Measure, parts: Sequence[Limb] | None = None) -> list[Text]:
    """What is to be asked of any row, since none says it: from when it may be done, unless the row says how it is
    obtained or that a formality falls away; and whether other law wants a licence.
    """
    return [*([IN_FORCE] if is_to_be_dated(rulebook, measure, parts) else []), OTHER_LAW]


def is_to_be_dated(rulebook: Rulebook, measure: Measure, parts: Sequence[Limb] | None = None) -> bool:
    """Whether it is to be asked from when a row may be used."""
    every = rulebook.silences is not None and rulebook.silences.every is not None
    return every and silent_on(rulebook, measure, parts) != _left_open(measure)


def silent_on(rulebook: Rulebook, measure: Measure, parts: Sequence[Limb] | None = None) -> list[Text]:
    """What the row does not say; empty where the rulebook does not know it for the measure's document.

    Of what nobody grants, how it is obtained is no question; nor is it what words mean by which authorities alone are
    bound. Of some `parts`, what these do not say, and of which of them where it is not the same of each.
    """
    silences, authorities = rulebook.silences, rulebook.authorities
    if silences is None or silences.document != measure.document or measure.binds_authorities_only or measure.lost:
        return []
    one, own = silences.of(measure.row), measure.usable if parts is None else parts
    quoted = [
        (s.say(words, words=_nested(quote)), limbs)
        for words, quotes in ((_NAMED, one.named), (_WHICH, one.which), (_AMOUNT, one.amounts), (_WHERE, one.where))
        for quote in quotes
        if (limbs := [limb for limb in _parts_saying(measure, quote) if limb in own])
    ]
    how = _without_procedure(measure, one, own, by_part=parts is not None)
    granted = authorities is None or authorities.ungranted(measure.row) is None
    asked = [
        *quoted,
        *((told, list(own)) for told in _left_open(measure)),
        *([(PROCEDURE, how)] if granted and how else []),
    ]
    if parts is None:
        return [told for told, _ in asked]
    return [told if len(limbs) == len(own) else _of_parts(told, limbs, measure) for told, limbs in asked]


def _without_procedure(measure: Measure, silence: Silence, own: Sequence[Limb], *, by_part: bool) -> list[Limb]:
    """The parts of which the row does not say how they are obtained; of a row as a whole, none where it says it of
    any.
    """
    said = [limb for quote in silence.obtained for limb in _parts_saying(measure, quote)]
    return [] if said and not by_part else [limb for limb in own if limb not in said]


def _parts_saying(measure: Measure, quote: Text) -> list[Limb]:
    """The parts that somebody can use which some words are of: those that say them themselves, else those that rest on
    them; every such part, where the words are of none. Of words by which authorities alone are bound, no part.
    """
    usable = measure.usable
    own = [limb for limb in usable if any(quote.zh in span.words for span in limb.spans)]
    own = own or [limb for limb in usable if quote.zh in limb_words(measure, limb)]
    bound = any(quote.zh in limb_words(measure, limb) for limb in measure.limbs if limb not in usable)
    return own or ([] if bound else list(usable))


def _of_parts(told: Text, limbs: Sequence[Limb], measure: Measure) -> Text:
    numbers = [str(measure.limbs.index(limb) + 1) for limb in limbs]
    shown = Text("、".join(numbers), s.listed([Text(one, one) for one in numbers], s.AND).en)
    return s.say(_OF_PART if len(numbers) == 1 else _OF_PARTS, told=told, numbers=shown)


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
