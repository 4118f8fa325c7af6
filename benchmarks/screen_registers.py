"""How fast whole registers are screened, from Parquet to Parquet: `python benchmarks/screen_registers.py`.

A process each, started anew: time from its start to its end, and the most memory that it and its own processes held
at once (proportional set size, from /proc; not measured where there is none). With `--processes 1 2` the same with so
many processes, for what a core more is worth.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
from company_table import SEED, Register

from applicability import load_rulebook

_OUTPUTS = (
    ("summary only", ()),
    ("long, what is open, a file", ("-o", "out.parquet")),
    ("long, what is open, a folder", ("-o", "out/")),
    ("wide, a file", ("--form", "wide", "-o", "out.parquet")),
    ("wide, a folder", ("--form", "wide", "-o", "out/")),
)


def written(path: Path, companies: int, *, distinct: bool) -> None:
    """A register as Parquet."""
    register = Register(load_rulebook(), SEED, distinct=distinct)
    writer = None
    for batch in register.batches(companies):
        writer = writer or pq.ParquetWriter(path, batch.schema)
        writer.write_batch(batch)
    if writer is not None:
        writer.close()


def timed(command: list[str], folder: Path) -> tuple[float, int]:
    """Seconds that a command took, and the most memory in bytes; 0 where it cannot be measured."""
    started = time.perf_counter()
    environment = {**os.environ, "NO_COLOR": "1"}
    running = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    most = 0
    while running.poll() is None:
        most = max(most, sum(_held(one) for one in _family(running.pid)))
        time.sleep(0.05)
    took = time.perf_counter() - started
    if running.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {running.returncode}")
    return took, most


def _family(process: int) -> Iterator[int]:
    """A process and those it started."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*"):
        try:
            found = (task / "children").read_text().split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _held(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def size(path: Path) -> int:
    """The bytes of a file, or of the Parquet files in a folder."""
    return sum(one.stat().st_size for one in (path.glob("*.parquet") if path.is_dir() else [path]))


def whole(companies: int, folder: Path, processes: list[int], *, distinct: bool) -> None:
    """One register in every form."""
    name = "each unlike any other" if distinct else "as a register holds them"
    register = folder / "companies.parquet"
    written(register, companies, distinct=distinct)
    print(f"\n{companies:,} companies {name}, {register.stat().st_size / companies:.1f} bytes each")
    for several in processes:
        print(f"  {several} process{'es' if several > 1 else ''}")
        for title, output in _OUTPUTS:
            command = [sys.executable, "-m", "applicability.cli", "screen", register.name, *output]
            took, most = timed([*command, "--processes", str(several)], folder)
            target = folder / (output[-1] if output else "none")
            told = f", {size(target) / companies:.1f} bytes each" if target.exists() else ""
            print(
                f"    {title:30} {companies / took:12,.0f} companies/s, {took:5.1f} s, {most / 1e6:5,.0f} MB{told}",
                flush=True,
            )
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, nargs="+", default=[os.cpu_count() or 1])
    parser.add_argument("--kind", choices=["real", "distinct"], default=None)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("real", "distinct"):
            if chosen.kind in (None, kind):
                whole(chosen.companies, Path(folder), chosen.processes, distinct=kind == "distinct")


if __name__ == "__main__":
    main()
