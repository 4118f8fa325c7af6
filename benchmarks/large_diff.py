"""Times `diff` with large registers of steps, each drawn by seed: `python benchmarks/large_diff.py`.

Three have twelve entries for all rows: everywhere, for provinces and cities, or for places of every level with zones
among them, which also expire. `many` has a hundred of the last kind, with 40 places each, which begin and end on 200
days; `rows` has as many, each for half of the rows, so that hardly two rows wait for the same. `--write FOLDER` keeps
them as files for `applicability diff --new-register`.
"""

from __future__ import annotations

import argparse
import datetime
import resource
import tempfile
import time
from pathlib import Path
from random import Random

import yaml

from applicability import Rulebook, decisions, load_rulebook

KINDS = ("everywhere", "cities", "zones", "many", "rows")
_ENTRIES = {"many": 100, "rows": 100}  # where not twelve
# How many places of each level, of twelve entries and of a hundred.
_LEVELS = ({"province": 5, "prefecture": 8, "county": 8}, {"province": 7, "prefecture": 12, "county": 12})
_ZONES = (6, 9)
_FIRST = datetime.date(2026, 1, 10)


def register_of_steps(kind: str, rulebook: Rulebook, seed: int = 0, entries: int | None = None) -> dict[str, object]:
    """A register as a file holds it, of one of the kinds."""
    draw = Random(f"{kind} {seed}")
    count = entries or _ENTRIES.get(kind, 12)
    return {"register": [_entry(kind, number, rulebook, draw) for number in range(count)]}


def _entry(kind: str, number: int, rulebook: Rulebook, draw: Random) -> dict[str, object]:
    rows = [one.row for one in rulebook.measures]
    many = kind in _ENTRIES
    day = _FIRST + datetime.timedelta(days=(7 if many else 31) * number)
    entry: dict[str, object] = {
        "id": f"e{number}",
        "date": day,
        "title": {"zh": f"试{number}", "en": f"trial {number}"},
        "source": {"zh": "测", "en": "test"},
        "rows": sorted(draw.sample(rows, len(rows) // 2)) if kind == "rows" else "all",
        "places": "everywhere" if kind == "everywhere" else _places(kind, rulebook, draw),
        **({"effect": "overtakes"} if number % 2 else {"effect": "records", "step": "opt-in"}),
    }
    if many or kind == "zones":
        entry["expires"] = day + datetime.timedelta(days=365 * (1 + number % 3) + (number if many else 0))
    return entry


def _places(kind: str, rulebook: Rulebook, draw: Random) -> list[str]:
    if kind == "cities":
        return draw.sample(rulebook.pilots, draw.randrange(5, 16))
    gazetteer = rulebook.gazetteer
    levels, zones = _LEVELS[kind in _ENTRIES], _ZONES[kind in _ENTRIES]
    divisions = [
        code
        for level, count in levels.items()
        for code in draw.sample(sorted(one for one in gazetteer.divisions if gazetteer.level(one) == level), count)
    ]
    return divisions + draw.sample(sorted(gazetteer.zones), zones)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--entries", type=int)
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    rulebook = load_rulebook()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.write or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for kind in given.kinds:
            register = folder / f"{kind}.yaml"
            made = register_of_steps(kind, rulebook, given.seed, given.entries)
            register.write_text(yaml.safe_dump(made, allow_unicode=True, sort_keys=False), encoding="utf-8")
            if given.write:
                continue
            new = load_rulebook(register=register)
            start = time.process_time()
            found = decisions.diff(rulebook, new)
            took = time.process_time() - start
            most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{kind:12} {len(found.rows):4} rows differ   {took:6.1f} s   {most:5.0f} MB at most so far", flush=True
            )


if __name__ == "__main__":
    main()
