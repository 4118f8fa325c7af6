"""Compares the verdicts of this tree with those of another revision: `python tools/same_answers.py REVISION`.

Both trees answer the same questions through their command lines: every example and every case is checked, changed and
compared, the rulebook is mapped, a register of steps and two days are diffed, an interview is held, and `--companies`
generated companies (default 100,000) are screened. Only rows and verdicts are compared: wording and added keys may
differ. Ends with 1 and names what differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from checkout import ROOT, CheckoutProcess, worktree, write_register
from company_table import COMPANY

DAY = "2026-11-23"
WORDS = frozenset(("eligible", "conditional", "needs_info", "pending", "ineligible", "authorities_only", "text_lost"))
INTERVIEWED = ("天津", "成都", "苏州", "北京")


def unlike(one: object, other: object, key: str = "") -> bool:
    """Whether two JSON documents have other rows or verdicts where both have a value: keys may be added."""
    if isinstance(one, dict) and isinstance(other, dict):
        return any(unlike(one[name], other[name], name) for name in one.keys() & other.keys())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) != len(other) or any(unlike(*pair, key) for pair in zip(one, other, strict=True))
    if isinstance(one, (dict, list)) or isinstance(other, (dict, list)):
        return True
    told = key in ("", "row") or any(isinstance(each, str) and each in WORDS for each in (one, other))
    return told and one != other


def told(tree: CheckoutProcess, arguments: list[str]) -> object:
    """The JSON of a command, or how it failed."""
    done = tree.run([*arguments, "--format", "json", "--lang", "en"])
    return json.loads(done.text) if done.succeeded else f"exit {done.code}"


def profiles(folder: Path) -> Iterator[Path]:
    """Every example, and the profile of every case as a file."""
    yield from sorted(one for one in (ROOT / "examples").iterdir() if one.suffix in (".yaml", ".json"))
    for path in sorted((ROOT / "rules" / "cases").glob("*.yaml")):
        for number, case in enumerate(yaml.safe_load(path.read_text("utf-8"))["cases"]):
            own = folder / f"{path.stem}-{number}.json"
            own.write_text(json.dumps(case["profile"], ensure_ascii=False, default=str), "utf-8")
            yield own


def interview(tree: CheckoutProcess, folder: Path, city: str) -> object:
    """The verdicts of the profile after an interview: the city, its sector, then "don't know" to everything."""
    profile = folder / f"{tree.name}-{city}.yaml"
    tree.run(["ask", str(profile), "--as-of", DAY, "--lang", "en"], f"{city}\n72\n" + "d\n" * 40 + "q\n")
    return told(tree, ["check", str(profile), "--as-of", DAY])


def screened(tree: CheckoutProcess, register: Path, folder: Path) -> Any:
    """The verdicts of every company, a column for each measure.

    The unit of shares is said: whether 0.5 is in doubt beside larger numbers is a question of reading, not of deciding.
    """
    result = folder / f"{tree.name}.parquet"
    arguments = ["screen", str(register), "--as-of", DAY, "--form", "wide", "--keep", COMPANY, "-o", str(result)]
    arguments += ["--set-unit", "foreign_share=percent"]
    tree.run(arguments)
    return pq.read_table(result)


def main() -> None:
    """Runs both trees and compares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("revision")
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--cases", type=int, default=0, help="How many of the cases are asked, evenly drawn; 0: all.")
    given = parser.parse_args()
    apart, asked = [], 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with worktree(given.revision, folder / "old") as old:
            every = list(profiles(folder))
            step = max(1, len(every) // given.cases) if given.cases else 1
            examples = [one for one in every if one.parent != folder]
            commands = [["check", str(one), "--as-of", DAY] for one in (*examples, *every[len(examples) :: step])]
            commands += [["change", str(one), "--as-of", DAY] for one in examples]
            commands += [["compare", str(one), "--as-of", DAY, "--across", "city"] for one in examples]
            commands += [
                ["map", "--as-of", DAY],
                ["diff", "--new-register", str(ROOT / "examples" / "suzhou-register.yaml")],
                ["diff", "--old-as-of", "2026-01-01", "--new-as-of", DAY],
            ]
            register = folder / "companies.parquet"
            write_register(register, given.companies, half_distinct=True)
            with CheckoutProcess(old) as earlier, CheckoutProcess(ROOT) as present:
                for arguments in commands:
                    asked += 1
                    if unlike(told(earlier, arguments), told(present, arguments)):
                        apart.append(" ".join(arguments))
                for city in INTERVIEWED:
                    asked += 1
                    if unlike(interview(earlier, folder, city), interview(present, folder, city)):
                        apart.append(f"ask, {city}")
                before, after = screened(earlier, register, folder), screened(present, register, folder)
            apart += [f"screen: {name}" for name in before.column_names if before[name] != after[name]]
            rows = before.num_rows
    if apart:
        sys.exit("differs from " + given.revision + ":\n" + "\n".join(apart))
    print(f"{asked} commands and {rows:,} screened companies: rows and verdicts as at {given.revision}")


if __name__ == "__main__":
    main()
