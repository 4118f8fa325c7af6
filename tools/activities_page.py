"""Every activity with its definition, as the table of docs/activities.md: `python tools/activities_page.py [--write]`.

With `--write` the table of the page is put in order; without, it is printed. A test holds the page to it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from applicability import Rulebook, load_rulebook

PAGE = Path(__file__).resolve().parent.parent / "docs" / "activities.md"


def rows(rulebook: Rulebook) -> Iterator[str]:
    """A line for each activity, in the order of the file."""
    for id, one in rulebook.sectors.activities.items():
        part = " ".join(f"`{general}`" for general in one.part_of)
        zh, en = (one.means.zh, one.means.en) if one.means else ("", "")
        yield f"| `{id}` | {one.label.zh}<br>{one.label.en} | {part} | {zh}<br>{en} |"


def main() -> None:
    """Print the table, or put it into the page."""
    table = "\n".join(rows(load_rulebook()))
    if "--write" not in sys.argv[1:]:
        print(table)
        return
    page = PAGE.read_text("utf-8")
    PAGE.write_text(re.sub(r"(?:^\| `.*\n)+", lambda _: table + "\n", page, count=1, flags=re.MULTILINE), "utf-8")


if __name__ == "__main__":
    main()
