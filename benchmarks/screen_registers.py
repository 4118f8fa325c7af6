"""Times screening whole registers, from Parquet to Parquet: `python benchmarks/screen_registers.py`.

Each run is a new process: its duration, and the peak memory of it and its own processes (proportional set size, from
/proc; not measured where there is none). The number of processes is the default, and then each run is repeated in a
warm process; `--processes 1 2` sets it, to see the gain of a second core; `--masters local[1] local[2]` does the same
by Spark (needs the extra `spark`, and Java). `--kind untidy` times a register of which much cannot be read against the
same register without that, and one of which no two such cells are alike.
"""

from __future__ import annotations

import argparse
import datetime
import importlib
import itertools
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from company_table import BATCH, SEED, Register

from applicability import load_rulebook
from applicability.bulk.job import LONG, WIDE, Job
from applicability.bulk.output.results import Target
from applicability.bulk.run.screening import pieces_by, screen
from applicability.bulk.run.worker import Worker
from applicability.bulk.sources.open import open_source
from applicability.model.leaf_kinds import FINDING

_OUTPUTS = (
    ("summary only", ()),
    ("long, what is open, a file", ("-o", "out.parquet")),
    ("long, what is open, a folder", ("-o", "out/")),
    ("wide, a file", ("--form", "wide", "-o", "out.parquet")),
    ("wide, a folder", ("--form", "wide", "-o", "out/")),
)


# The kinds of registers: facts in columns of their own, or to be derived from codes, addresses and types.
_KINDS = {
    "real": "facts as a register holds them",
    "distinct": "facts of each unlike any other's",
    "usual": "columns as registers have them, with codes, names, types and addresses",
    "untidy": "the same, a twentieth of the cities and of the shares wrong, free text in a tenth of the activities",
    "unalike": "the same, no two such cells alike",
}
# What people write where a share is asked for, and of what a business scope is made up.
_NO_SHARES = ("约{n}成", "{n}①", "见备注{n}", "1{n}0%", "约一半", "未定", "外方控股", "多数")
_SCOPES = (
    "技术咨询", "技术服务", "计算机系统服务", "依法须经批准的项目", "国内贸易", "文艺创作", "食品销售", "票务代理",
    "会议及展览服务", "企业管理咨询", "信息技术咨询", "物业管理", "餐饮服务", "办公用品销售", "日用百货销售",
    "组织文化艺术交流活动", "货物进出口", "技术进出口", "市场营销策划", "礼仪服务", "图文设计", "摄影扩印",
)  # fmt: skip


def spoilt(row: Sequence[str], draw: random.Random, *, unalike: bool) -> list[str]:
    """A row with what people write: a twentieth of the cities and shares wrong, a tenth of the activities free text."""
    cells, kinds = list(row), 10**7 if unalike else 2000
    if draw.random() < 0.05:
        cells[4] = f"某{draw.randrange(kinds)}市"
    if draw.random() < 0.05:
        cells[6] = (
            f"约{draw.randrange(kinds)}成" if unalike else draw.choice(_NO_SHARES).format(n=draw.randrange(1, 100))
        )
    if draw.random() < 0.1:
        cells[7] = "；".join((*draw.sample(_SCOPES, 3), *([f"许可{draw.randrange(kinds)}"] if unalike else ())))
    return cells


def batches(kind: str, companies: int) -> Iterator[Any]:
    """A register, in batches."""
    if kind not in ("usual", "untidy", "unalike"):
        yield from Register(load_rulebook(), SEED, distinct=kind == "distinct").batches(companies)
        return
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "examples"))
    make_companies = importlib.import_module("make_companies")
    rows = make_companies.companies(load_rulebook(), random.Random(SEED), companies)
    if kind != "usual":
        draw = random.Random(SEED)
        rows = (spoilt(row, draw, unalike=kind == "unalike") for row in rows)
    while held := list(itertools.islice(rows, BATCH)):
        cells = zip(*held, strict=True)
        columns = [pa.array([cell or None for cell in column], pa.string()) for column in cells]
        yield pa.record_batch(columns, list(make_companies.HEADINGS))


def written(path: Path, companies: int, kind: str) -> None:
    """Writes a register as Parquet, and for the usual columns also as CSV."""
    writer = None
    for batch in batches(kind, companies):
        writer = writer or pq.ParquetWriter(path, batch.schema)
        writer.write_batch(batch)
    if writer is not None:
        writer.close()
    if kind in ("usual", "untidy", "unalike"):
        pa_csv.write_csv(pq.read_table(path), path.with_suffix(".csv"))


def timed(command: list[str], folder: Path) -> tuple[float, float, int]:
    """The duration of a command and its processor time in seconds, and its peak memory in bytes; 0 if it cannot be
    measured.
    """
    started, used = time.perf_counter(), _processor_time()
    environment = {**os.environ, "NO_COLOR": "1"}
    running = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    most = 0
    while True:
        try:
            running.wait(1)  # measuring memory takes time itself
            break
        except subprocess.TimeoutExpired:
            most = max(most, sum(_held(one) for one in _family(running.pid)))
    took = time.perf_counter() - started
    if running.returncode:
        raise SystemExit(f"{' '.join(command)}: exit {running.returncode}")
    return took, _processor_time() - used, most


def _processor_time() -> float:
    """That of the processes that have ended; work beside them on the machine does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _family(process: int) -> Iterator[int]:
    """A process and its descendants."""
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
    """The size of a file, or of the Parquet files in a folder, in bytes."""
    return sum(one.stat().st_size for one in (path.glob("*.parquet") if path.is_dir() else [path]))


def whole(companies: int, folder: Path, engines: list[tuple[str, list[str]]], kind: str) -> None:
    """Runs one register in every form, on every engine."""
    register = folder / "companies.parquet"
    written(register, companies, kind)
    print(f"\n{companies:,} companies, {_KINDS[kind]}: {register.stat().st_size / companies:.1f} bytes each")
    for engine, options in engines:
        print(f"  {engine}")
        for title, output in _OUTPUTS:
            once(title, companies, folder, [register.name, *output, *options], folder / (output or ("none",))[-1])
    if engines[0][1] == []:
        print("  again, by a worker that has done it before")
        for (title, _), form in ((_OUTPUTS[1], LONG), (_OUTPUTS[3], WIDE)):
            print(f"    {told(title, companies, again(register, folder / 'out.parquet', form))}", flush=True)
    if kind == "usual":
        csv = register.with_suffix(".csv")
        print(f"  from CSV, {csv.stat().st_size / companies:.1f} bytes each")
        title, output = _OUTPUTS[1]
        once(title, companies, folder, [csv.name, *output], folder / output[-1])


def untidy(companies: int, folder: Path) -> None:
    """Runs a register as it should be, as people write it, and with no two wrong cells alike; from Parquet and CSV."""
    title, output = _OUTPUTS[1]
    clean: dict[str, float] = {}
    for kind in ("usual", "untidy", "unalike"):
        register = folder / f"{kind}.parquet"
        written(register, companies, kind)
        print(f"\n{companies:,} companies, {_KINDS[kind]}")
        for source in (register, register.with_suffix(".csv")):
            print(f"  from {source.suffix[1:]}")
            took = once(title, companies, folder, [source.name, *output], folder / output[-1])
            print(f"      {took / clean.setdefault(source.suffix, took):.2f} times the processor time of the first")
            source.unlink()


def once(title: str, companies: int, folder: Path, arguments: list[str], target: Path) -> float:
    """Runs once, prints a line, and returns the processor time in seconds."""
    took, used, most = timed([sys.executable, "-m", "applicability", "screen", *arguments], folder)
    bytes_each = f", {size(target) / companies:.1f} bytes each" if target.exists() else ""
    print(f"    {told(title, companies, took)}, {used:5.1f} s used, {most / 1e6:5,.0f} MB{bytes_each}", flush=True)
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink(missing_ok=True)
    return used


def told(title: str, companies: int, took: float) -> str:
    """The speed of a run, as text."""
    return f"{title:30} {companies / took:12,.0f} companies/s, {took:5.1f} s"


def again(register: Path, target: Path, form: str) -> float:
    """The median time in seconds of writing a form as a file in this process, with everything loaded and cached."""
    book = load_rulebook()
    job = Job(book, datetime.date(2026, 11, 1), measures=book.measures, forms=frozenset([form]))
    worker = Worker(job, ahead=True)
    coded = {*book.facts, *(f"{FINDING}{key}" for key in book.judgements)}
    found = []
    for _ in range(6):
        started = time.perf_counter()
        source = open_source(str(register), rows=BATCH, coded=coded)
        _, state = screen(source, job, Target(target, "parquet"), pieces=pieces_by(worker))
        found.append(time.perf_counter() - started)
        shutil.rmtree(state)
        target.unlink()
    return statistics.median(found[1:])


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, nargs="*", default=[])
    parser.add_argument("--kind", choices=_KINDS, default=None)
    parser.add_argument("--masters", nargs="+", default=[])
    chosen = parser.parse_args()
    engines = [(f"{n} process{'es' if n > 1 else ''}", ["--processes", str(n)]) for n in chosen.processes]
    if not chosen.processes and not chosen.masters:
        engines = [("as it comes", [])]
    engines += [(f"Spark, {one}", ["--engine", "spark", "--master", one]) for one in chosen.masters]
    pa.set_memory_pool(pa.system_memory_pool())  # as the command does
    with tempfile.TemporaryDirectory() as folder:
        if chosen.kind in (None, "untidy"):
            untidy(chosen.companies, Path(folder))
        kinds = [chosen.kind] if chosen.kind else ["real", "distinct", "usual"]
        for kind in (one for one in kinds if one != "untidy"):
            whole(chosen.companies, Path(folder), engines, kind)


if __name__ == "__main__":
    main()
