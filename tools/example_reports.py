"""Makes the papers of docs/examples: `python tools/example_reports.py [--check]`.

A leasing company in Chinese, a travel agency among four cities in English, a register's summary in both languages, each
as DOCX and PDF. With --check nothing is written, and what has changed is named: the same input gives the same bytes of
DOCX; a PDF also depends on the version of what sets it.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "examples"
DAY = "2026-11-23"
PAPERS: dict[str, tuple[str, ...]] = {
    "leasing-dongjiang.zh": ("examples/financial-leasing-dongjiang.yaml", "--as-of", DAY, "--lang", "zh"),
    "travel-agency-four-cities.en": (
        "examples/travel-agency-german-investor.yaml", "--as-of", DAY, "--lang", "en",
        "--across", "city=上海,苏州,北京,海口",
    ),
}  # fmt: skip
REGISTER = "register-summary.both"


def run(*arguments: str) -> None:
    """Run the command line in the root of the checkout."""
    subprocess.run([sys.executable, "-m", "applicability", *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def make(folder: Path) -> None:
    """Write every paper into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        summary = str(Path(scratch) / "summary.json")
        run("screen", "examples/zone-register.xlsx", "--as-of", DAY, "--summary", summary)
        papers = {**PAPERS, REGISTER: (summary, "--lang", "both")}
        for name, arguments in papers.items():
            for ending in ("docx", "pdf"):
                run("report", *arguments, "-o", str(folder / f"{name}.{ending}"))


def main() -> int:
    """Write the papers, or compare them with those that are there."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", action="store_true", help="compare, and write nothing")
    if not options.parse_args().check:
        make(OUT)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        make(Path(scratch))
        changed = [
            one.name
            for one in sorted(Path(scratch).glob("*.docx"))
            if one.read_bytes() != (OUT / one.name).read_bytes()
        ]
    for name in changed:
        print(f"{name} is not what the rules give: python tools/example_reports.py")
    return 1 if changed else 0


if __name__ == "__main__":
    sys.exit(main())
