"""The force of an open measure in a paper: by which words of the part that is open, or that it is a reading."""

from __future__ import annotations

import re
from collections.abc import Sequence

from applicability.model.assessment import Finding
from applicability.model.measure import Force, Limb, Measure
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.limb_words import limb_words
from applicability.report.papers.readings import reading_on
from applicability.report.papers.texts import joined, say
from applicability.text import Text

# Where a word is one by itself: 上市许可 and 认可 grant nothing, and 免签 is what is spoken of.
_PATTERNS = {"可": "(?<![许认])可(?![行靠信视控持])", "免": "免(?!签)"}
# Words that the text puts before one that carries a force, and that are quoted with it.
_LONGER = {"探索": Text("研究探索", "study and explore")}
_READ_WHY = Text(
    "{force}（所用部分没有“{words}”等字样；虽有“{word}”字样，本报告读作{force}：{why}）",
    "{force}, as this report reads it (this part of the text does not say {words}, and says “{word}”: {why})",
)
_READ_SEE = Text(
    "{force}（所用部分没有“{words}”等字样；虽有“{word}”字样，本报告读作{force}，理由见“{part}”）",
    "{force}, as this report reads it (this part of the text does not say {words}, and says “{word}”: see “{part}”)",
)
_IN_PART = Text("第{numbers}部分：{told}", "part {numbers}: {told}")
_IN_PARTS = Text("第{numbers}部分：{told}", "parts {numbers}: {told}")
_PART = Text("第{numbers}部分", "part {numbers}")
_PARTS = Text("第{numbers}部分", "parts {numbers}")
_SHORT = Text("{force}（“{zh}”）", "{force} (“{zh}”, {en})")


def force_of(finding: Finding, part: Text | None = None) -> Text | None:
    """Its force, with the word that carries it in the part that decides; None where nobody can apply for anything.

    Where no word carries it, the words that it is read from, or the `part` of a paper that tells how it was read. Where
    its parts differ, which part it is of, and the force of the others.
    """
    told, measure = _of_deciding(finding, part), finding.measure
    if told is None or not forces_differ(measure):
        return told
    own = [one.limb for one in finding.best_limbs if one.limb.force == finding.force]
    by_force: dict[Force, list[Limb]] = {}
    for limb in measure.usable:
        if limb not in own:
            by_force.setdefault(limb.force, []).append(limb)
    others = [in_parts(measure, limbs, force_in_short(measure, limbs)) for limbs in by_force.values()]
    return joined([in_parts(measure, own, told), *others])


def forces_differ(measure: Measure) -> bool:
    """Whether the parts that somebody can apply for have several forces."""
    return len({limb.force for limb in measure.usable}) > 1


def in_parts(measure: Measure, limbs: Sequence[Limb], told: Text) -> Text:
    """What is told of some parts of a measure, with their numbers."""
    return s.say(_IN_PARTS if len(limbs) > 1 else _IN_PART, numbers=_numbers(measure, limbs), told=told)


def named_parts(measure: Measure, limbs: Sequence[Limb]) -> Text:
    """Some parts of a measure, by number."""
    return s.say(_PARTS if len(limbs) > 1 else _PART, numbers=_numbers(measure, limbs))


def _numbers(measure: Measure, limbs: Sequence[Limb]) -> Text:
    shown = [str(measure.limbs.index(limb) + 1) for limb in limbs]
    return Text("、".join(shown), s.listed([Text(one, one) for one in shown], s.AND).en)


def _of_deciding(finding: Finding, part: Text | None) -> Text | None:
    best = finding.best_limbs
    if not best or finding.force is None:
        return None
    name, measure, usual = w.FORCE_NAMES[finding.force], finding.measure, w.FORCE_WORDS[finding.force]
    own = [one.limb for one in best if one.limb.force == finding.force]
    word = _word(measure, own, finding.force)
    if word is not None:
        return say("force_word", force=name, zh=word.zh, en=word.en)
    listed = Text("”“".join(one.zh for one in usual[:2]), " or ".join(f"“{one.en}”" for one in usual[:2]))
    why = force_although(finding)
    if why is not None and part is not None:
        return s.say(_READ_SEE, force=name, words=listed, word=why[0], part=part)
    if why is not None:
        return s.say(_READ_WHY, force=name, words=listed, word=why[0], why=why[1])
    return say("force_read", force=name, words=listed)


def force_although(finding: Finding) -> tuple[Text, Text] | None:
    """The word of a trial beside which a part is read as more, and the clause of the reading that says why.

    None where the text has a word of the force itself, or the reading does not say.
    """
    own = [one.limb for one in finding.best_limbs if one.limb.force == finding.force]
    if not own or finding.force is None or _word(finding.measure, own, finding.force) is not None:
        return None
    for one in w.FORCE_WORDS["explore"]:
        if finding.force != "explore" and any(one.zh in limb_words(finding.measure, limb) for limb in own):
            told = reading_on(finding.measure, one)
            if told is not None:
                return one, told
    return None


def force_in_short(measure: Measure, limbs: Sequence[Limb]) -> Text:
    """The force of some parts that have the same: with the word that carries it, or marked as a reading."""
    force = limbs[0].force
    name, word = w.FORCE_NAMES[force], _word(measure, limbs, force)
    if word is None:
        return say("mark_read", who=name)
    return s.say(_SHORT, force=name, zh=word.zh, en=word.en)


def _word(measure: Measure, limbs: Sequence[Limb], force: Force) -> Text | None:
    """The words of some parts that carry their force; None unless each of them has one."""
    shared = "".join(span.words for span in measure.spans)
    found: dict[str, Text] = {}
    for limb in limbs:
        words = measure.text if len(measure.limbs) == 1 else limb_words(measure, limb) + shared
        word = next((one for one in w.FORCE_WORDS[force] if _says(words, one.zh)), None)
        if word is None:
            return None
        longer = _LONGER.get(word.zh)
        word = longer if longer is not None and longer.zh in words else word
        found[word.zh] = word
    return Text("”“".join(found), ", ".join(dict.fromkeys(one.en for one in found.values())))


def _says(words: str, word: str) -> bool:
    return re.search(_PATTERNS.get(word, word), words) is not None
