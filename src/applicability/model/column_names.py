"""What a column of a table is called where people read it: by words that are its heading, and not by a key."""

from __future__ import annotations

from applicability.model.facts import LISTS_IN_PART, FactDeclaration
from applicability.model.headings import ROLES, fact_of, plain
from applicability.model.partial import YES
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def in_part(fact: FactDeclaration) -> Text | None:
    """The heading of a column that names some of a list and perhaps not all; None where the fact is no list."""
    if fact.type not in LISTS_IN_PART:
        return None
    return Text(f"{fact.label.zh}（部分）", f"{fact.label.en} (in part)")


def column_called(rulebook: Rulebook, column: str) -> Text:
    """What to call a column: words that are its heading, as the outputs name it; its key where there are none."""
    fact, _, part = column.partition(".")
    declared, own = rulebook.facts.get(fact), rulebook.headings.columns.get(column, ())
    if declared is not None:
        words = in_part(declared) if part == YES else None if part else declared.label
        return words or Text(column, column)
    zh = next((one for one in own if not one.isascii()), column)
    return Text(zh, next((one for one in own if one.isascii()), zh))


def column_meant(rulebook: Rulebook, said: str) -> str:
    """The column that a user names by its key or by a heading for it; as it was said where it is neither."""
    return said if fact_of(said) in (*rulebook.facts, *ROLES) else rulebook.by_heading.get(plain(said), said)
