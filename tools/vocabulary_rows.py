"""The tables of docs/vocabulary.md: `python tools/vocabulary_rows.py [--write]`.

The first has the requirements of each row, the second the values of each fact that is chosen among values. With
`--write` the tables of the page are put in order; without, they are printed. A test holds the page to both.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from applicability import Rulebook, load_rulebook
from applicability.model.conditions import (
    Condition,
    Does,
    InSector,
    Judgement,
    Number,
    OneOf,
    Step,
    Within,
    ZoneType,
    leaves,
)

PAGE = Path(__file__).resolve().parent.parent / "docs" / "vocabulary.md"


def rows(rulebook: Rulebook) -> Iterator[str]:
    """A line for each row with a known text, in order."""
    for measure in rulebook.measures:
        if measure.lost:
            continue
        several = len(measure.limbs) > 1
        told = " · ".join(
            (f"**{limb.id}** " if several else "")
            + ("authorities" if limb.binds_authorities_only else asked(rulebook, limb.when))
            for limb in measure.limbs
        )
        yield f"| {measure.row} | {told if measure.usable else 'authorities'} |"


def values(rulebook: Rulebook) -> Iterator[str]:
    """A line for each value that a fact may be chosen among, in the order of the rulebook."""
    for fact in rulebook.facts.values():
        if fact.type in ("choice", "choices"):
            for name, value in fact.values.items():
                yield f"| `{fact.name}` | `{name}` | {value.label.en} | {value.label.zh} |"


def asked(rulebook: Rulebook, when: Condition) -> str:
    """The leaves of a condition in a few words; judgements and steps come last, in brackets."""
    facts, outside = [], []
    for leaf in leaves(when):
        match leaf:
            case Judgement(key):
                outside.append(key.partition(".")[2])
            case Step(step):
                outside.append(step)
            case Number(fact, bounds):
                facts.append(
                    f"`{fact}` " + ", ".join(f"{bound.replace('_', ' ')} {number}" for bound, number in bounds)
                )
            case OneOf(fact, values):
                facts.append(f"`{fact}` {' or '.join(one for one in rulebook.facts[fact].values if one in values)}")
            case Within(places):
                facts.append(f"in {', '.join(f'`{one}`' for one in places)}")
            case ZoneType(types):
                facts.append(f"zone type {', '.join(f'`{one}`' for one in sorted(types))}")
            case Does(activities):
                wanted = rulebook.sectors.most_general(activities)
                facts.append(" or ".join(f"`{one}`" for one in rulebook.sectors.activities if one in wanted))
            case InSector(codes):
                facts.append(f"sector {', '.join(codes)}")
    return " ".join(filter(None, ["; ".join(facts), f"({', '.join(outside)})" if outside else ""]))


def main() -> None:
    """Prints the tables, or writes them into the page."""
    rulebook = load_rulebook()
    tables = {r"\| \d+ \|": rows(rulebook), r"\| `\w+` \| `": values(rulebook)}
    page = PAGE.read_text("utf-8")
    for first, lines in tables.items():
        table = "".join(f"{line}\n" for line in lines)
        if "--write" not in sys.argv[1:]:
            print(table)
        before, _, after = re.split(rf"((?:^{first}.*\n)+)", page, maxsplit=1, flags=re.MULTILINE)
        page = before + table + after
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page, "utf-8")


if __name__ == "__main__":
    main()
