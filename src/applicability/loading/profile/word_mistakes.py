"""The problems of words that name no value of their fact, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.loading.profile.mistake import Mistake
from applicability.text import Text


def word_not_taken(fact: str, word: str, instead: Sequence[tuple[str, Text]]) -> Mistake:
    """An older or wider word, or one that could mean several things; `instead` are the ones to use, with labels."""
    zh = "；".join(f"`{key}` {label.zh}" for key, label in instead)
    en = "; ".join(f"`{key}` ({label.en})" for key, label in instead)
    if len(instead) == 1:
        what = Text(f"`{fact}`：`{word}` 是旧词，或含义过宽", f"`{fact}`: `{word}` is an older word, or too wide a one")
        return Mistake("P107", what, Text(f"如指此项，改写为 {zh}", f"if it is what is meant, write {en}"))
    what = Text(f"`{fact}`：`{word}` 可以指几项", f"`{fact}`: `{word}` could mean several things")
    return Mistake(
        "P107",
        what,
        Text(f"改写为其中一项：{zh}；都不是的不写", f"write one of {en}; leave it out if it is none of them"),
    )


def word_of_limits(fact: str, word: str, limits: Sequence[tuple[str, Text]]) -> Mistake:
    """A word of an earlier vocabulary whose place limits have taken, with their labels."""
    zh = "；".join(f"`{key}: true`（{label.zh}）" for key, label in limits)
    en = "; ".join(f"`{key}: true` ({label.en})" for key, label in limits)
    return Mistake(
        "P107",
        Text(f"`{fact}`：`{word}` 已改为一项限制", f"`{fact}`: `{word}` has become a limit"),
        Text(f"遵守的，写在 `limits` 之下：{zh}", f"where it is kept, write under `limits`: {en}"),
    )


def word_of_other_fact(fact: str, word: str, others: Sequence[tuple[str, str, Text]]) -> Mistake:
    """A word that is no value of its fact, and one of others: the name and the label of these, and the value."""
    zh = "；".join(f"写在 `{name}`（{label.zh}）之下：`{key}`" for name, key, label in others)
    en = "; ".join(f"write `{key}` under `{name}` ({label.en})" for name, key, label in others)
    return Mistake(
        "P107",
        Text(f"`{fact}`：`{word}` 是另一项事实的值", f"`{fact}`: `{word}` is a value of another fact"),
        Text(zh, en),
    )
