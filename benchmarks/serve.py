"""How fast the service answers: `python benchmarks/serve.py [--seconds 8] [--companies 20000]`.

On one machine, loopback, the load generator beside it: checks over 16 connections with two workers against the same
handler called in process by as many processes; a batch against `screen` on the same file; how long a start takes and
what memory a worker holds.
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
from pathlib import Path
from typing import Any

PROFILE = {"city": "成都", "sector": "7291", "foreign_share": 40, "activities": ["travel-agency"], "zones": []}
BODY = json.dumps(PROFILE, ensure_ascii=False).encode()
CONNECTIONS, WORKERS = 16, 2
HERE = Path(__file__).parent


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


async def load(port: int, path: str, seconds: float) -> list[float]:
    """The time of each answer over 16 connections that are kept open."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    request = head.encode() + f"Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY
    times: list[float] = []
    end = time.perf_counter() + seconds

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 22)
        while time.perf_counter() < end:
            started = time.perf_counter()
            writer.write(request)
            told = await reader.readuntil(b"\r\n\r\n")
            assert b" 200 " in told.split(b"\r\n")[0]
            found = re.search(rb"content-length: (\d+)", told, re.IGNORECASE)
            assert found is not None
            await reader.readexactly(int(found[1]))
            times.append(time.perf_counter() - started)
        writer.close()

    await asyncio.gather(*(one() for _ in range(CONNECTIONS)))
    return times


def start(*options: str) -> tuple[subprocess.Popen[bytes], int, float]:
    """A service as its command runs it, and how long it took until it was ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    began = time.perf_counter()
    command = [sys.executable, "-m", "applicability", "serve", "--port", str(port), "--quiet", *options]
    # As installed: compiled modules are kept, which a setting of whoever measures may forbid.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=5) as one:
                one.sendall(b"GET /ready HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                if b" 200 " in one.recv(200):
                    return process, port, time.perf_counter() - began
        except OSError:
            time.sleep(0.02)


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


def companies(folder: Path, count: int) -> tuple[Path, Path]:
    """Generated companies as JSON Lines and as Parquet."""
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
    lines, table = folder / "companies.jsonl", folder / "companies.parquet"
    plain = [{name: value for name, value in row.items() if value is not None} for row in rows]
    lines.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain), "utf-8")
    pq.write_table(pa.Table.from_pylist(rows), table)
    return lines, table


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--companies", type=int, default=20_000)
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    process, port, took = start()
    print(f"start: {took:.2f} s; memory {memory(process.pid)[0]} MB")
    process.send_signal(signal.SIGTERM)
    process.wait()
    process, port, took = start("--workers", str(WORKERS))
    try:
        for path in ("/v1/check", "/v1/overview"):
            with ProcessPoolExecutor(WORKERS) as pool:
                counts = list(pool.map(in_process, [path] * WORKERS, [asked.seconds] * WORKERS))
            inside = sum(counts) / asked.seconds
            asyncio.run(load(port, path, 2.0))
            times = sorted(asyncio.run(load(port, path, asked.seconds)))
            rate, middle, late = len(times) / asked.seconds, statistics.median(times), times[int(len(times) * 0.99)]
            print(
                f"{path}: in process {inside:.1f}/s, HTTP {rate:.1f}/s ({rate / inside:.2f}); "
                f"median {middle * 1000:.0f} ms, p99 {late * 1000:.0f} ms ({late / middle:.1f} x)"
            )
        print(f"memory of the workers: {memory(process.pid)} MB")
        with tempfile.TemporaryDirectory() as made:
            lines, table = companies(Path(made), asked.companies)
            for file, ending, kind in (
                (lines, "jsonl", "application/x-ndjson"),
                (table, "parquet", "application/vnd.apache.parquet"),
            ):
                batch(port, file, kind)
                alone, sent = screened(file, ending), batch(port, file, kind)
                print(
                    f"{ending}: screen {asked.companies / alone:,.0f}/s, batch {asked.companies / sent:,.0f}/s "
                    f"({alone / sent:.2f})"
                )
        print(f"memory after batches: {memory(process.pid)} MB")
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


if __name__ == "__main__":
    main()
