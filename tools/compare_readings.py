"""Compares the second, independent reading of the rows with the rulebook, field by field.

`python tools/compare_readings.py docs/readings/second.yaml` prints how often the two agree on each field, and every
difference. The second reading was made from the rows, the notes and the vocabulary alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

from applicability import Rulebook, load_rulebook
from applicability.model.conditions import (
    Does,
    InSector,
    Judgement,
    Number,
    OneOf,
    Step,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.measure import Measure

FIELDS = ("usable", "force", "addressee", "places", "activities", "foreign", "entity", "judgements", "step")
Reading = dict[str, Any]


def of_rulebook(measure: Measure) -> Reading:
    """The rulebook's reading of a row, in the fields that both readings have; limbs are joined."""
    found: dict[str, set[str]] = {
        name: set() for name in ("force", "addressee", "places", "activities", "foreign", "entity", "judgements")
    }
    step = ""
    for limb in measure.limbs:
        if limb.binds_authorities_only and measure.usable:
            continue
        found["force"].add(limb.force)
        found["addressee"] |= set(limb.addressee) - {"authority"}
        for leaf in leaves(limb.when):
            match leaf:
                case Within(places):
                    found["places"] |= set(places)
                case ZoneType(types):
                    found["places"] |= set(types)
                case Does(activities):
                    found["activities"] |= set(activities)
                case Number(fact) | OneOf(fact) if fact in ("foreign_share", "investor_origins"):
                    found["foreign"].add("yes")
                case OneOf(_, values):
                    found["entity"] |= set(values)
                case Judgement():
                    found["judgements"].add("yes")
                case Step():
                    step = "yes"
                case InSector() | Number():
                    pass
    return {**found, "step": {step} - {""}, "usable": {"yes"} if measure.usable else set()}


def of_reader(row: Reading, rulebook: Rulebook) -> Reading:
    """What the second reader says of a row, in the same fields."""
    limbs = [limb for limb in row["limbs"] if set(limb.get("addressee") or []) != {"authority"}]
    shown = limbs or row["limbs"]
    gathered: Reading = {
        name: {value for limb in shown for value in limb.get(name) or []}
        for name in ("addressee", "places", "activities", "entity")
    }
    gathered["addressee"] -= {"authority"}
    gathered["activities"] = of_today(gathered["activities"], rulebook)
    gathered["force"] = {limb["force"] for limb in shown}
    gathered["foreign"] = {"yes" for limb in shown if limb.get("foreign")}
    gathered["judgements"] = {"yes" for limb in shown if limb.get("judgements")}
    gathered["step"] = {"yes" for limb in shown if limb.get("step")}
    gathered["usable"] = {"yes"} if limbs else set()
    return gathered


def of_today(activities: set[str], rulebook: Rulebook) -> set[str]:
    """Activities by the words of today, with all that are part of them, as conditions have them."""
    sectors = rulebook.sectors
    now: set[str] = set()
    for one in activities:
        now |= {one} if one in sectors.activities else {other.id for other in sectors.instead_of(one)} or {one}
    return set(sectors.closed_down(now))


def compare(rulebook: Rulebook, second: list[Reading]) -> tuple[Counter[str], int, list[str]]:
    """How often each field agrees, out of how many rows, and a line for each difference."""
    agreed: Counter[str] = Counter()
    lines = []
    for row in second:
        own, other = of_rulebook(rulebook.measure(int(row["row"]))), of_reader(row, rulebook)
        for name in FIELDS:
            if own[name] == other[name]:
                agreed[name] += 1
            else:
                ours, theirs = (", ".join(sorted(map(str, side[name]))) or "–" for side in (own, other))
                lines.append(f"| {row['row']} | {name} | {ours} | {theirs} |")
    return agreed, len(second), lines


def main() -> None:
    """Prints the table."""
    second = yaml.safe_load(Path(sys.argv[1]).read_text("utf-8"))
    agreed, rows, lines = compare(load_rulebook(), second)
    sys.stdout.write("| field | rows that agree | of |\n|---|---:|---:|\n")
    for name in FIELDS:
        sys.stdout.write(f"| {name} | {agreed[name]} | {rows} |\n")
    sys.stdout.write("\n| row | field | rulebook | second reading |\n|---:|---|---|---|\n" + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
