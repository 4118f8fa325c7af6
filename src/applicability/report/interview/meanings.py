"""What activities mean, for an interview: those that the question turns on, or the one that somebody asks about."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.model.conditions import Does, Leaf
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.word_match import holds
from applicability.report.language.definitions import definition
from applicability.report.layout.lines import LineWriter
from applicability.text import Lang, Text

_MEANING = Text("其中：", "What they mean:")
_MORE = Text("其余各项：? 加编号或词语", "of any other: ? and its number or a word")
_NONE = Text("没有这样的业务活动", "no activity is called so")
# Rows whose words are explained, and how many of them: a screen.
_ROWS, _MOST = 6, 10


def asked_about(reasons: Sequence[tuple[Measure, Sequence[Leaf]]], rulebook: Rulebook) -> tuple[str, ...]:
    """The activities that the first rows which wait on a question turn on."""
    every = [leaf.activities for _, leaves in reasons[:_ROWS] for leaf in leaves if isinstance(leaf, Does)]
    wanted = {one for activities in every for one in rulebook.sectors.most_general(activities)}
    return tuple(id for id in rulebook.sectors.activities if id in wanted)


def meant_by(word: str, options: Sequence[str], rulebook: Rulebook) -> tuple[str, ...]:
    """The activities of a number among the options, or those whose names or definitions hold a word."""
    if word.isdecimal():
        place = int(word) if len(word) < 5 else 0
        return tuple(options[place - 1 : place]) if place else ()
    known = rulebook.sectors.activities
    named = rulebook.sectors.activity_of(word)
    if named is not None:
        return (named,)
    return tuple(id for id, one in known.items() if any(holds(name, word) for name in one.words))


def meanings(out: LineWriter, rulebook: Rulebook, ids: Sequence[str], lang: Lang) -> None:
    """The definitions of activities, at most a screen of them."""
    if not ids:
        out.line(_NONE.of(lang), lead="   ")
        return
    out.line(_MEANING.of(lang), lead="   ")
    for id in ids[:_MOST]:
        definition(out, rulebook.sectors, id, lang)
    out.line(_MORE.of(lang), "dim", "   ")
