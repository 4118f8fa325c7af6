"""Kills screenings at random moments, and looks what the next run makes of it: `python tools/kill_screenings.py`.

A generated register, some of whose cells cannot be read, is screened into every kind of target, from CSV and from
Parquet, in one process and in two. Each run is killed (SIGKILL) after a random share of the time that a whole one
takes, up to three times in a row, and then run to its end. Law: it ends well, or says that the table is there already
where a run had ended before its kill; the result, its notes and the companies' facts are those of a run that nobody
killed, byte for byte (databases: row for row); nothing else is left beside them.

PostgreSQL is a server of its own on loopback, which ends with the script; where there is none to start, the script says
so and leaves that kind out. A seed gives the moments; the machine decides where in its work a run is by then. Ends with
1 if a law was broken.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import csv as pa_csv

sys.path.append(str(Path(__file__).parents[1]))
sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from company_table import Register

from applicability import load_rulebook
from tests.bulk.run import postgres

# By the kind of target, what says it; `{server}` is the URL of PostgreSQL.
TARGETS = {
    "csv": ("-o", "out.csv"),
    "jsonl": ("-o", "out.jsonl"),
    "parquet": ("-o", "out.parquet"),
    "xlsx": ("-o", "out.xlsx", "--measure", "22"),  # a sheet for each of two measures
    "folder of csv": ("-o", "parts/"),
    "folder of jsonl": ("-o", "parts/", "--format", "jsonl"),
    "folder of parquet": ("-o", "parts/", "--format", "parquet"),
    "sqlite": ("-o", "sqlite:///out.db?table=t"),
    "sqlite, replaced": ("-o", "sqlite:///out.db?table=t&replace=yes"),
    "duckdb": ("-o", "duckdb:///out.duckdb?table=t"),
    "duckdb, replaced": ("-o", "duckdb:///out.duckdb?table=t&replace=yes"),
    "postgresql": ("-o", "{server}?table=t"),
    "postgresql, replaced": ("-o", "{server}?table=t&replace=yes"),
}
_ROWS = "select * from t order by 1, 2, 3"
SOURCES = ("companies.csv", "companies.parquet")
_LONGEST = 300
# Kills after which the run says how far it is.
_TOLD = 20


def made(folder: Path, rows: int) -> None:
    """The register, as CSV and as Parquet in row groups."""
    batch = Register(load_rulebook(), 11, distinct=False).batch(rows)
    table = pa.Table.from_batches([batch])
    cities = table.column("city").to_pylist()
    spoilt = [f"无此地{number}" if number % 17 == 0 else city for number, city in enumerate(cities)]
    table = table.set_column(table.schema.get_field_index("city"), "city", pa.array(spoilt, pa.string()))
    flat = [name for name in table.schema.names if not pa.types.is_list(table.schema.field(name).type)]
    pa_csv.write_csv(table.select(flat), folder / SOURCES[0])
    pq.write_table(table, folder / SOURCES[1], row_group_size=max(rows // 8, 1))


def command(source: Path, target: Sequence[str], processes: int) -> list[str]:
    """The command of a run, in its folder."""
    return [
        sys.executable, "-m", "applicability", "screen", str(source), *target, "--only", "all", "--measure", "57",
        "--as-of", "2026-11-23", "--facts", "facts.csv", "--piece", "500", "--processes", str(processes),
    ]  # fmt: skip


def held(folder: Path, server: str | None) -> dict[str, str]:
    """What a run has left: a digest of each file, and of the rows of a database."""
    found = {}
    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        data = path.read_bytes()
        if path.suffix == ".db":
            with contextlib.closing(sqlite3.connect(path)) as database:
                data = repr(database.execute(_ROWS).fetchall()).encode()
        if path.suffix == ".duckdb":
            with duckdb.connect(str(path), read_only=True) as database_:
                data = repr(database_.execute(_ROWS).fetchall()).encode()
        found[path.relative_to(folder).as_posix()] = hashlib.sha256(data).hexdigest()[:16]
    if server is not None:
        with psycopg.connect(server) as connection:
            tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
            for (name,) in tables:
                data = repr(connection.execute(_ROWS).fetchall()).encode() if name == "t" else b""
                found[f"table {name}"] = hashlib.sha256(data).hexdigest()[:16]
    return found


def empty(folder: Path, server: str | None) -> None:
    """The folder with nothing in it, and the database without the table."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if server is not None:
        with psycopg.connect(server) as connection:
            connection.execute("drop table if exists t")


def runs(kinds: Sequence[str], draw: random.Random) -> Iterator[tuple[str, str, int]]:
    """Targets, sources and numbers of processes, every kind of target as often as any other."""
    while True:
        for kind in kinds:
            source = draw.choice(SOURCES)
            yield kind, source, draw.choice((1, 2)) if source.endswith("parquet") else 1


def main() -> None:
    """Kills until so many runs have been killed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--rows", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", action="append", choices=TARGETS, help="these kinds of target alone")
    asked = parser.parse_args()
    kinds = list(asked.target or TARGETS)
    with contextlib.ExitStack() as opened:
        server = None
        if any(kind.startswith("postgresql") for kind in kinds):
            if reason := postgres.why_none():
                print(f"left out: postgresql ({reason})", flush=True)
                kinds = [kind for kind in kinds if not kind.startswith("postgresql")]
            else:
                server = opened.enter_context(postgres.server())
        base = Path(opened.enter_context(tempfile.TemporaryDirectory(prefix="killed-")))
        made(base, asked.rows)
        broken = kill(base, kinds, server, asked.kills, random.Random(asked.seed)) if kinds else 0
    sys.exit(1 if broken else 0)


def kill(base: Path, kinds: Sequence[str], server: str | None, most: int, draw: random.Random) -> int:
    """Kills so many runs in a folder that holds the sources; how often the law was broken."""
    wholes: dict[tuple[str, str, int], tuple[dict[str, str], float]] = {}
    kills, broken, ended = Counter[str](), 0, 0
    folder = base / "run"
    for kind, source, processes in runs(kinds, draw):
        if kills.total() >= most:
            break
        used = server if kind.startswith("postgresql") else None
        words = command(base / source, [one.format(server=used) for one in TARGETS[kind]], processes)
        if (kind, source, processes) not in wholes:
            empty(folder, used)
            begun = time.monotonic()
            subprocess.run(words, cwd=folder, check=True, capture_output=True, timeout=_LONGEST)
            wholes[kind, source, processes] = held(folder, used), time.monotonic() - begun
        whole, seconds = wholes[kind, source, processes]
        before = kills.total()
        empty(folder, used)
        for _ in range(draw.randint(1, 3)):
            running = subprocess.Popen(
                words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            time.sleep(draw.uniform(0.1, 1.0) * seconds)
            if running.poll() is None:
                running.send_signal(signal.SIGKILL)
                kills[kind] += 1
            else:
                ended += 1
            running.wait()
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=_LONGEST)
        found = held(folder, used)
        # One that had ended before its kill: whoever runs it again is told that there is a table.
        complete = done.returncode == 3 and "S105" in done.stderr and found == whole
        if found != whole or (done.returncode and not complete):
            broken += 1
            unlike = {name for name in {*whole, *found} if whole.get(name) != found.get(name)}
            print(f"{kind} from {source} in {processes}: exit {done.returncode}, unlike: {sorted(unlike)}")
            print(done.stderr[-300:])
        if kills.total() // _TOLD > before // _TOLD:
            print(f"{kills.total()} killed so far, {broken} broken", flush=True)
    told = ", ".join(f"{kind} {number}" for kind, number in sorted(kills.items()))
    print(f"{kills.total()} killed ({told}); {ended} had ended before; {broken} broken")
    return broken


if __name__ == "__main__":
    main()
