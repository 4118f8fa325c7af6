"""Screens many generated companies and checks each of them too: `python tools/agreement.py [--companies 100000]`.

Every verdict of every company is compared, and every company that cannot be read; half of the companies are as a
register holds them, half are each unlike any other. With `--parts` they also have lists and numbers that are known in
part (`F.yes`, `F.no`, `F.above`), and investors that leave something open. Ends with 1 at the first difference.
"""

from __future__ import annotations

import argparse
import datetime
import functools
import multiprocessing
import os
import sys
import time
from pathlib import Path

from applicability import load_rulebook
from applicability.api import screener
from applicability.bulk.engine.row_profiles import profile_of
from applicability.engines.select import decide
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.model.profile import Profile

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from company_table import COMPANY, SEED, Register

DAY = datetime.date(2026, 11, 1)
# Companies per task; each task has its own seed.
PIECE = 2500


def differences(piece: int, parts: bool = False) -> tuple[list[str], int]:
    """The first differences in one task, and how many companies contradict themselves."""
    book = load_rulebook()
    batch = Register(book, SEED + piece, distinct=piece % 2 == 1, parts=parts).batch(PIECE)
    facts = [name for name in batch.schema.names if name != COMPANY]
    found = screener(facts, book, as_of=DAY).screen(batch).decided
    keys = [(measure.document, measure.row, "measure") for measure in found.measures]
    columns = [found.verdicts(index).tolist() for index in range(len(keys))]
    unlike = []
    for row, given in enumerate(batch.select(facts).to_pylist()):
        told = profile_of(given)
        try:
            verdicts = decide(book, read_facts(Profile.of(told), book, DAY), "reference")[1].verdicts
        except ProfileError as error:
            if not found.unreadable[row]:
                unlike.append(f"{told}: screened, but {error}")
            continue
        if found.unreadable[row]:
            unlike.append(f"{told}: checked, but rejected")
        for key, column in zip(keys, columns, strict=True):
            if column[row] != verdicts[key]:
                unlike.append(f"{told}: row {key[1]} screened {column[row]}, checked {int(verdicts[key])}")
    return unlike[:5], int(found.unreadable.sum())


def main() -> None:
    """Compares, with a process per core."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--parts", action="store_true", help="with what is known in part")
    chosen = parser.parse_args()
    pieces, rejected = range(-(-chosen.companies // PIECE)), 0
    load_rulebook()  # fills the cache once
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
        screened = pool.imap(functools.partial(differences, parts=chosen.parts), pieces)
        for piece, (unlike, own) in enumerate(screened):
            rejected += own
            if unlike:
                sys.exit(f"piece {piece}:\n" + "\n".join(unlike))
    measures = sum(one.condition is not None for one in load_rulebook().measures)
    companies = len(pieces) * PIECE
    seconds = time.perf_counter() - started
    kind = ", many known in part" if chosen.parts else ""
    print(
        f"{companies:,} companies{kind} × {measures} measures: every verdict as a check gives it, and the same "
        f"{rejected:,} that cannot be read ({seconds:.0f} s)"
    )


if __name__ == "__main__":
    main()
