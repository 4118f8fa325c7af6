"""A real cluster on loopback, a master and two workers: the same bytes as in one process, even if a worker is killed.

It needs Java and the extra `spark`, which is large; `.ci/run` installs it and runs this.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from applicability import load_rulebook

from ...cli.conftest import RULES, environment
from .conftest import COMPANIES, table, write

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
]
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Cluster:
    """A master and its workers."""

    url: str
    workers: tuple[subprocess.Popen[bytes], ...]


def free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        return int(one.getsockname()[1])


def spark_environment() -> dict[str, str]:
    return environment(SPARK_LOCAL_IP=HOST, SPARK_NO_DAEMONIZE="1")


@contextlib.contextmanager
def daemon(folder: Path, name: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Runs one of Spark's daemons, and ends it with all its children."""
    launcher = Path(pyspark.__file__).parent / "bin" / "spark-class"
    with (folder / f"{name}.log").open("wb") as log:
        started = subprocess.Popen(
            [str(launcher), *arguments], env=spark_environment(), stdout=log, stderr=log, start_new_session=True
        )
    try:
        yield started
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    port, url = free_port(), ""
    url = f"spark://{HOST}:{port}"
    deploy = "org.apache.spark.deploy"
    with contextlib.ExitStack() as stack:
        master = (f"{deploy}.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0")
        stack.enter_context(daemon(tmp_path, "master", *master))
        workers = []
        for number in range(2):
            place = tmp_path / f"worker{number}"
            own = (f"{deploy}.worker.Worker", "--host", HOST, "--webui-port", "0", "--cores", "1", "--memory", "1g")
            workers.append(stack.enter_context(daemon(tmp_path, f"worker{number}", *own, "-d", str(place), url)))
        until = time.monotonic() + 60
        while (tmp_path / "master.log").read_text("utf-8").count("Registering worker") < 2:
            assert time.monotonic() < until, (tmp_path / "master.log").read_text("utf-8")
            time.sleep(0.1)
        yield Cluster(url, tuple(workers))


def screening(source: Path, output: str, *more: str) -> list[str]:
    """The command that screens a source into an output."""
    return [
        sys.executable, "-m", "applicability", "screen", str(source), "--rules", str(RULES), "--as-of",
        "2026-11-01", "--only", "all", "--keep", "id", "--piece", "1", "-o", output, *more,
    ]  # fmt: skip


def partitioned(folder: Path, files: int, groups: int, rows: int) -> Path:
    """A folder of Parquet files, repeating the same companies."""
    folder.mkdir()
    companies = [COMPANIES[number % len(COMPANIES)] for number in range(rows * groups)]
    for number in range(files):
        pq.write_table(table(companies), folder / f"{number}.parquet", row_group_size=rows)
    return folder


def done(command: list[str], folder: Path) -> str:
    found = subprocess.run(command, env=spark_environment(), cwd=folder, capture_output=True, timeout=180, check=False)
    assert found.returncode == 0, found.stderr.decode()[-3000:]
    return found.stdout.decode()


def test_a_cluster_gives_the_same_bytes_even_if_a_worker_is_killed(cluster: Cluster, tmp_path: Path) -> None:
    load_rulebook(RULES)
    source = partitioned(tmp_path / "register", files=6, groups=10, rows=400)
    whole = done(screening(source, "here.parquet"), tmp_path)
    assert "24,000 rows read, 24,000 companies screened, 0 rows that are not companies" in whole
    there = done(screening(source, "there.parquet", "--engine", "spark", "--master", cluster.url), tmp_path)
    assert there.replace("there.", "here.") == whole
    assert (tmp_path / "there.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()
    assert (tmp_path / "there.notes.csv").read_bytes() == (tmp_path / "here.notes.csv").read_bytes()

    state = tmp_path / ".killed.parquet.pieces"
    running = subprocess.Popen(
        screening(source, "killed.parquet", "--engine", "spark", "--master", cluster.url),
        env=spark_environment(), cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while running.poll() is None and len(list(state.glob("*.done.json"))) < 5:
        time.sleep(0.01)
    os.killpg(cluster.workers[0].pid, signal.SIGKILL)
    left = 60 - len(list(state.glob("*.done.json")))
    assert left > 0, "the worker was to be killed on its way"
    out, _ = running.communicate(timeout=180)
    assert running.returncode == 0
    assert out.decode().replace("killed.", "here.") == whole
    assert (tmp_path / "killed.parquet").read_bytes() == (tmp_path / "here.parquet").read_bytes()


def test_a_folder_of_parts_is_written_by_the_tasks(tmp_path: Path) -> None:
    source = partitioned(tmp_path / "register", files=2, groups=2, rows=50)
    done(screening(source, "here/"), tmp_path)
    done(screening(source, "there/", "--engine", "spark", "--master", "local[2]"), tmp_path)
    names = [one.name for one in sorted((tmp_path / "here").iterdir())]
    assert names == [one.name for one in sorted((tmp_path / "there").iterdir())]
    for name in names:
        assert (tmp_path / "here" / name).read_bytes() == (tmp_path / "there" / name).read_bytes()


def test_what_a_cluster_cannot_do_is_told(tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    command = screening(Path(source), "out.csv", "--engine", "spark")
    found = subprocess.run(command, env=spark_environment(), cwd=tmp_path, capture_output=True, check=False)
    assert found.returncode == 3
    assert b"a cluster reads Parquet" in found.stderr
    strict = partitioned(tmp_path / "register", files=1, groups=2, rows=8)
    command = screening(strict, "out.csv", "--engine", "spark", "--strict")
    found = subprocess.run(command, env=spark_environment(), cwd=tmp_path, capture_output=True, check=False)
    assert found.returncode == 3
    assert "亚特兰蒂斯" in found.stderr.decode()
    assert not (tmp_path / "out.csv").exists()
