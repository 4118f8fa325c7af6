"""How fast the service answers: `python benchmarks/serve.py [--seconds 8] [--companies 20000] [--only PART]`.

On one machine, loopback, the load generator beside it: checks over 16 connections with two workers against the same
handler called in process by as many processes; the same profile checked by a plain FastAPI handler around zen-engine
with the same rules (`zen_rules.py`; `pip install zen-engine`), once both have told the same verdicts; a batch against
`screen` on the same file; how long a start takes and what memory a worker holds. `screen` reads no Arrow streams from
files: a batch of an Arrow stream is against `screen` on the Parquet file of the same rows.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PROFILE = {"city": "成都", "sector": "7291", "foreign_share": 40, "activities": ["travel-agency"], "zones": []}
BODY = json.dumps(PROFILE, ensure_ascii=False).encode()
CONNECTIONS, WORKERS, STARTS = 16, 2, 7
LINES = "application/x-ndjson"
TABLE, STREAM = "application/vnd.apache.parquet", "application/vnd.apache.arrow.stream"
HERE = Path(__file__).parent
PARTS = ("start", "check", "zen", "batch")
# Batches before they are timed, and how many are timed, each after a screening of the same file.
_WARM, _PAIRS = 4, {"jsonl": 3, "parquet": 9, "arrow": 9}
# Beside that profile, those on which both services must tell the same verdicts.
OTHERS: tuple[dict[str, Any], ...] = (
    {},
    {"city": "Shanghai", "zones": ["Lin-gang"], "sector": "63", "activities": ["domestic-ip-vpn"], "foreign_share": 50},
    {"city": "天津", "zones": ["东疆"], "sector": "6631", "foreign_share": 0, "licences": ["financial_leasing"]},
    {"city": "海口", "entity_kind": "hong_kong_law_office", "sector": "7231", "activities": []},
    {
        "city": "苏州",
        "foreign_share": {"at_least": 10, "below": 50},
        "activities": {"yes": ["生物技术"], "no": ["app-store"]},
    },
    {"city": "成都", "sector": "7291", "activities": ["travel-agency"], "limits": {"57.taiwan": False}},
)


def in_process(path: str, seconds: float) -> int:
    """Answers of the application called without a socket, one after the other."""
    from applicability.web.app import create_app
    from applicability.web.settings import Settings

    app = create_app(Settings(log=False))
    scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8155),
        "headers": [
            (b"host", b"localhost"), (b"content-type", b"application/json"),
            (b"content-length", str(len(BODY)).encode()),
        ],
    }  # fmt: skip

    async def one() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": BODY, "more_body": False}

        async def send(message: Any) -> None:
            return None

        await app({**scope, "state": {}}, receive, send)

    async def run() -> int:
        for _ in range(3):
            await one()
        end, count = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            await one()
            count += 1
        return count

    return asyncio.run(run())


@dataclass(frozen=True)
class Load:
    """What a load came to: answers a second, median and 99th percentile of their times in ms, bytes of each."""

    rate: float
    median: float
    p99: float
    size: int

    def __str__(self) -> str:
        times = f"median {self.median:.0f} ms, p99 {self.p99:.0f} ms ({self.p99 / self.median:.1f} x)"
        return f"{self.rate:.1f}/s, {times}, {self.size:,} bytes"


async def _answered(reader: asyncio.StreamReader) -> int:
    """Read an answer whole: the size of its body."""
    told = await reader.readuntil(b"\r\n\r\n")
    assert b" 200 " in told.split(b"\r\n")[0], told
    found = re.search(rb"content-length: (\d+)", told, re.IGNORECASE)
    assert found is not None
    return len(await reader.readexactly(int(found[1])))


async def load(port: int, path: str, seconds: float) -> Load:
    """One profile asked again and again over 16 connections that are kept open."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    request = head.encode() + f"Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
    times: list[float] = []
    sizes: set[int] = set()
    end = time.perf_counter() + seconds

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        while time.perf_counter() < end:
            started = time.perf_counter()
            writer.write(request)
            sizes.add(await _answered(reader))
            times.append(time.perf_counter() - started)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    times.sort()
    late = times[int(len(times) * 0.99)]
    return Load(len(times) / seconds, statistics.median(times) * 1000, late * 1000, max(sizes))


def loaded(port: int, path: str, seconds: float) -> Load:
    """A load after one that warms."""
    asyncio.run(load(port, path, 2.0))
    return asyncio.run(load(port, path, seconds))


def started(command: list[str], port: int, path: str) -> tuple[subprocess.Popen[bytes], float]:
    """A service, and how long it took until it answered at that path."""
    # As installed: compiled modules are kept, which a setting of whoever measures may forbid.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    while process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as one:
                one.sendall(asked)
                if b" 200 " in one.recv(200):
                    return process, time.perf_counter() - began
        except OSError:
            time.sleep(0.02)
    raise SystemExit(f"it ended: {' '.join(command)}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def start(*options: str) -> tuple[subprocess.Popen[bytes], int, float]:
    """A service as its command runs it, and how long it took until it was ready."""
    port = free_port()
    command = [sys.executable, "-m", "applicability", "serve", "--port", str(port), "--quiet", *options]
    process, took = started(command, port, "/ready")
    return process, port, took


def start_beside() -> tuple[subprocess.Popen[bytes], int]:
    """The plain handler around zen-engine, as uvicorn runs it by default."""
    port = free_port()
    command = [
        sys.executable, "-m", "uvicorn", "--app-dir", str(HERE), "--factory", "zen_rules:create_app",
        "--port", str(port), "--workers", str(WORKERS), "--no-access-log", "--log-level", "warning",
    ]  # fmt: skip
    return started(command, port, "/openapi.json")[0], port


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a service."""
    process.send_signal(signal.SIGTERM)
    process.wait()


def memory(pid: int) -> list[int]:
    """The memory of a process' workers, or of itself, in MB."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    found = []
    for one in [*children, str(pid)]:
        if not children or b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
            status = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{one}/status").read_text())
            found.append(int(status[1]) // 1024 if status else 0)
    return found


def batch(port: int, file: Path, kind: str) -> float:
    """How long a batch takes, in and out."""
    import httpx2

    began = time.perf_counter()
    with httpx2.Client(timeout=600) as client, file.open("rb") as stream:
        headers = {"content-type": kind, "accept": kind}
        with client.stream(
            "POST", f"http://127.0.0.1:{port}/v1/check/batch", content=stream, headers=headers
        ) as answer:
            assert answer.status_code == 200
            size = sum(len(part) for part in answer.iter_raw())
    assert size
    return time.perf_counter() - began


def screened(file: Path, ending: str) -> float:
    """How long `screen` takes for the same file, in and out, in wide form."""
    from applicability import load_rulebook, screen

    rulebook = load_rulebook()
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        screen(file, rulebook, output=f"{folder}/out.{ending}", form="wide", processes=1)
        return time.perf_counter() - began


def companies(folder: Path, count: int) -> tuple[Path, Path, Path]:
    """Generated companies as JSON Lines, as Parquet and as an Arrow stream."""
    import random

    import pyarrow as pa
    import pyarrow.parquet as pq

    from applicability import load_rulebook

    book, draw = load_rulebook(), random.Random(7)
    codes, cities = sorted(book.sectors.codes), [*book.pilots, "430100", "441900"]
    rows: list[dict[str, Any]] = [
        {
            "name": f"company {number}", "city": draw.choice(cities), "sector": draw.choice(codes),
            "foreign_share": draw.choice([0, 25, 50, 51, 100]), "zones": draw.choice([[], None]),
        }
        for number in range(count)
    ]  # fmt: skip
    lines, table, stream = (folder / f"companies.{ending}" for ending in ("jsonl", "parquet", "arrows"))
    plain = [{name: value for name, value in row.items() if value is not None} for row in rows]
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain), "utf-8")
    made = pa.Table.from_pylist(rows)
    pq.write_table(made, table)
    with pa.ipc.new_stream(stream, made.schema) as writer:
        writer.write_table(made)
    return lines, table, stream


def starts() -> None:
    """Measure starts, after one that fills the caches."""
    times, held = [], []
    for _ in range(STARTS + 1):
        process, _, took = start()
        used = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        times.append((took, (int(used[11]) + int(used[12])) / os.sysconf("SC_CLK_TCK")))
        held.append(memory(process.pid)[0])
        ended(process)
    elapsed, worked = zip(*times[1:], strict=True)
    print(
        f"start: median {statistics.median(elapsed):.2f} s of {STARTS} ({min(elapsed):.2f} to {max(elapsed):.2f}), "
        f"{statistics.median(worked):.2f} s of processor time; memory {held[-1]} MB"
    )


def checks(port: int, seconds: float) -> None:
    """Measure answers over HTTP against the same handler in process."""
    for path in ("/v1/check", "/v1/overview"):
        with ProcessPoolExecutor(WORKERS) as pool:
            counts = list(pool.map(in_process, [path] * WORKERS, [seconds] * WORKERS))
        inside, found = sum(counts) / seconds, loaded(port, path, seconds)
        print(f"{path}: in process {inside:.1f}/s, HTTP {found} ({found.rate / inside:.2f})")


def beside_zen(port: int, seconds: float) -> None:
    """Measure the same profile asked of the service and of a plain handler around zen-engine."""
    process, other = start_beside()
    try:
        rows = agreed(port, other)
        print(f"the same verdicts of {rows} rows on {1 + len(OTHERS)} profiles; zen-engine {version('zen-engine')}")
        for name, where, path in (
            ("plain FastAPI and zen-engine: verdicts by row", other, "/check"),
            ("/v1/overview: rows by verdict, what is open with limits and words, next question", port, "/v1/overview"),
            ("/v1/check: every row with reasons in two languages", port, "/v1/check"),
        ):
            print(f"{name}: {loaded(where, path, seconds)}")
    finally:
        ended(process)


def agreed(port: int, other: int) -> int:
    """How many rows both decide, once they have told the same verdicts of them on every profile."""
    import httpx2

    rows = 0
    with httpx2.Client(timeout=60) as client:
        for profile in (PROFILE, *OTHERS):
            whole = client.post(f"http://127.0.0.1:{port}/v1/check", json=profile).raise_for_status().json()
            glance = client.post(f"http://127.0.0.1:{port}/v1/overview", json=profile).raise_for_status().json()
            line = client.post(
                f"http://127.0.0.1:{port}/v1/check/batch", content=json.dumps(profile), headers={"content-type": LINES}
            )
            zen = client.post(f"http://127.0.0.1:{other}/check", json=profile).raise_for_status().json()
            told = (
                {str(one["measure"]): one["verdict"] for one in whole["findings"]},
                {str(one["measure"]): one["bucket"] for one in glance["rows"]},
                line.raise_for_status().json()["verdicts"],
            )
            for answer in told:
                assert {row: answer[row] for row in zen} == zen, profile
            rows = len(zen)
    return rows


def batches(port: int, count: int) -> None:
    """Measure batches against `screen` on the same files, an Arrow stream's against the Parquet file of its rows."""
    with tempfile.TemporaryDirectory() as made:
        lines, table, stream = companies(Path(made), count)
        for name, beside, ending, file, kind in (
            ("jsonl", lines, "jsonl", lines, LINES),
            ("parquet", table, "parquet", table, TABLE),
            ("arrow", table, "parquet", stream, STREAM),
        ):
            for _ in range(_WARM):  # until each worker is likely to have had one
                batch(port, file, kind)
            pairs = [(screened(beside, ending), batch(port, file, kind)) for _ in range(_PAIRS[name])]
            alone, sent = (statistics.median(one) for one in zip(*pairs, strict=True))
            ratios = sorted(one / other for one, other in pairs)
            read = "screen" if beside == file else f"screen of the {ending} file"
            print(
                f"{name}: {read} {count / alone:,.0f}/s, batch {count / sent:,.0f}/s, "
                f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"
            )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--companies", type=int, default=20_000)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part alone; may be given several times")
    asked = parser.parse_args()
    parts = asked.only or PARTS
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, load {os.getloadavg()[0]:.1f}")
    if "start" in parts:
        starts()
    process, port, _ = start("--workers", str(WORKERS))
    try:
        if "check" in parts:
            checks(port, asked.seconds)
            print(f"memory of the workers: {memory(process.pid)} MB")
        if "zen" in parts and find_spec("zen"):
            beside_zen(port, asked.seconds)
        elif "zen" in parts:
            print("zen-engine is not installed: no comparison")
        if "batch" in parts:
            batches(port, asked.companies)
            print(f"memory after batches: {memory(process.pid)} MB")
    finally:
        ended(process)


if __name__ == "__main__":
    main()
