"""Output of a screening: lines, rejects and summary in every form, atomic and reproducible."""

from __future__ import annotations

import csv
import errno
import fcntl
import io
import itertools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Literal

import openpyxl
import pyarrow.parquet as pq
import pytest

from applicability import Profile, check, load_rulebook
from applicability.bulk.job import Job
from applicability.bulk.output.results import Target
from applicability.bulk.run import screening
from applicability.bulk.run.lock import output_lock
from applicability.bulk.sources import jsonl, streams
from applicability.bulk.sources.open import open_source
from applicability.errors import ProfileError
from applicability.model.verdict import Verdict
from applicability.report.language.short_reason import short_reason

from ...cli.conftest import RULES, Done, Run, environment
from .conftest import COLUMNS, COMPANIES, READABLE, cells, write

SMALL = load_rulebook(RULES)
BUSINESS: tuple[Literal["sector", "activities"] | None, ...] = (None, "sector", "activities")
Screen = Callable[..., Done]


def lines_of(path: Path) -> list[dict[str, object]]:
    """The lines of a result in any format except a workbook, as text."""
    match path.suffix:
        case ".csv":
            text = path.read_text("utf-8-sig")
            return [dict(row) for row in csv.DictReader(io.StringIO(text))]
        case ".jsonl":
            found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        case _:
            found = pq.read_table(path).to_pylist()
    return [{key: "" if value is None else str(value) for key, value in row.items()} for row in found]


@pytest.mark.parametrize("form", ["long", "wide"])
def test_every_format_holds_the_same_lines(form: str, screen: Screen, tmp_path: Path) -> None:
    source = write("parquet", tmp_path)
    for ending in ("csv", "jsonl", "parquet"):
        done = screen(source, "--form", form, "--keep", "id", "-o", f"out.{ending}")
        assert done.returncode == 0, done.stderr
    found = lines_of(tmp_path / "out.csv")
    assert found
    assert lines_of(tmp_path / "out.jsonl") == found
    assert lines_of(tmp_path / "out.parquet") == found
    if form == "wide":
        assert [row["id"] for row in found] == [one["id"] for one in COMPANIES]
        assert list(found[0])[2:] == [str(measure.row) for measure in SMALL.measures]
    else:
        assert {row["verdict"] for row in found} <= {"eligible", "conditional"}


def test_a_workbook_tells_what_it_is_and_holds_the_lines(screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path)
    screen(source, "-o", "out.xlsx", "--keep", "id", "--picture", "out.svg")
    screen(source, "-o", "out.csv", "--keep", "id")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == [
        "About", "Line by line", "What to ask next", "Words to answer with", "By measure", "Matrix", "Notes",
    ]  # fmt: skip
    assert "8 rows read, 8 companies screened, 0 rows that are not companies" in book["About"]["A2"].value
    open_rows = list(book["Line by line"].iter_rows(values_only=True))
    assert open_rows[0][:2] == ("Row of the table", "id")
    lines = lines_of(tmp_path / "out.csv")
    lines.sort(key=lambda line: (int(str(line["line"])), line["verdict"] != "eligible"))  # what is open first
    assert [str(row[3]) for row in open_rows[1:]] == [line["row"] for line in lines]
    assert [row[1] for row in book["Matrix"].iter_rows(min_row=2, values_only=True)] == [one["id"] for one in COMPANIES]
    assert {row[0] for row in book["Notes"].iter_rows(min_row=2, values_only=True)} == {5, 6, 8}
    assert "<svg" in (tmp_path / "out.svg").read_text("utf-8")


def test_a_heading_in_two_lines_is_shown_in_one(screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path, [{"企业\n名称": "甲", "城市": "上海", "外资\n比例": "约一半", "备\n注": "无"}])
    done = screen(source, "-o", "out.xlsx")
    assert "外资比例" in done.stdout
    assert "备注" in done.stdout
    assert "\\x0a" not in done.stdout
    heads = [cell.value for cell in openpyxl.load_workbook(tmp_path / "out.xlsx")["Notes"][1]]
    assert heads[1] == "企业名称"


def test_what_a_register_says_is_never_a_formula(screen: Screen, tmp_path: Path) -> None:
    name = '=HYPERLINK("http://example.invalid","open")'
    company = {"id": name, "city": "天津", "activities": ["ip-vpn"], "foreign_share": "40"}
    source = write("jsonl", tmp_path, [company, {"id": "@SUM(1)", "city": "nowhere"}])
    screen(source, "-o", "out.csv", "--only", "all", "--keep", "id")
    assert {line["id"] for line in lines_of(tmp_path / "out.csv")} == {f"'{name}", "'@SUM(1)"}
    screen(source, "-o", "out.xlsx", "--only", "all", "--keep", "id")
    cell = openpyxl.load_workbook(tmp_path / "out.xlsx")["Line by line"]["B2"]
    assert (cell.data_type, cell.value) == ("s", name)


def test_the_summary_counts_everyone(screen: Screen, tmp_path: Path) -> None:
    screen(write("jsonl", tmp_path), "--summary", "out.json", "--only", "all", "-o", "out.csv")
    found = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert (found["read"], found["companies"], found["rejected"]) == (8, 8, 0)
    lines = lines_of(tmp_path / "out.csv")
    for one in found["measures"]:
        own = [line["verdict"] for line in lines if line["row"] == str(one["row"])]
        assert [own.count(verdict.word) for verdict in Verdict] == [one[verdict.word] for verdict in Verdict]
        assert len(own) == 8
    assert sum(found["verdicts"].values()) == len(lines)


def test_the_reason_is_one_that_a_check_names_or_one_about_the_company(screen: Screen, tmp_path: Path) -> None:
    screen(write("jsonl", tmp_path), "-o", "out.csv", "--only", "all", "--keep", "id")
    told = {(line["id"], line["row"]): line["reason"] for line in lines_of(tmp_path / "out.csv")}
    seen = set()
    for company in COMPANIES:
        if company["id"] in READABLE:
            facts = {name: value for name, value in company.items() if name != "id"}
            for finding in check(Profile.of({**facts, "as_of": "2026-11-01"}), SMALL, engine="reference"):
                if finding.verdict is not None:
                    told_of_it = [one for one in finding.why if one.kind == "fact"]
                    is_open = finding.verdict is Verdict.ELIGIBLE and bool(told_of_it)
                    of_scope = not is_open and finding.scope_verdict is finding.verdict
                    texts = {
                        short_reason(
                            SMALL,
                            finding.measure,
                            one.condition,
                            one.verdict,
                            of_scope=of_scope,
                            business=business,
                            place=gaps,
                        ).en
                        for one in (told_of_it if is_open else finding.why)
                        for gaps in ((), ("city",), ("district",), ("zones",), ("district", "zones"))
                        if all(fact in SMALL.facts for fact in gaps)
                        for business in BUSINESS
                    }
                    reason = str(told[company["id"], str(finding.measure.row)])
                    # What is open for some parts alone says so, and what waits for a finding where it goes.
                    assert reason.split("; once it has")[0].split(" (for this alone")[0] in texts
                    seen.add(finding.verdict)
    assert len(seen) >= 4


def test_chapters_measures_and_verdicts_can_be_chosen(screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path)
    screen(source, "--measure", "1", "--measure", "4", "--only", "ineligible,pending", "-o", "out.csv")
    assert {line["row"] for line in lines_of(tmp_path / "out.csv")} == {"1", "4"}
    assert {line["verdict"] for line in lines_of(tmp_path / "out.csv")} <= {"ineligible", "pending"}
    screen(source, "--chapter", "2", "--form", "wide", "-o", "wide.csv")
    rows = [str(measure.row) for measure in SMALL.measures if measure.chapter == 2]
    assert [name for name in lines_of(tmp_path / "wide.csv")[0] if name.isdigit()] == rows
    assert screen(source, "--only", "maybe").returncode == 2
    assert screen(source, "--measure", "999").returncode == 2


def test_strict_stops_at_the_first_and_leaves_nothing(screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path)
    before = sorted(one.name for one in tmp_path.iterdir())
    done = screen(source, "--strict", "-o", "out.csv")
    assert done.returncode == 3
    assert "亚特兰蒂斯" in done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == before


@pytest.mark.parametrize("piece", [1, 3, 8])
@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_pieces_change_nothing(piece: int, ending: str, screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path)
    screen(source, "-o", f"whole.{ending}", "--only", "all")
    screen(source, "-o", f"parts.{ending}", "--only", "all", "--piece", str(piece))
    assert (tmp_path / f"whole.{ending}").read_bytes() == (tmp_path / f"parts.{ending}").read_bytes()


def test_a_folder_holds_a_file_for_each_piece(screen: Screen, tmp_path: Path) -> None:
    source = write("parquet", tmp_path)
    done = screen(source, "-o", "parts/", "--only", "all", "--piece", "3")
    assert done.returncode == 0, done.stderr
    screen(source, "-o", "whole.parquet", "--only", "all", "--piece", "3")
    parts = sorted((tmp_path / "parts").glob("*.parquet"))
    assert [one.name for one in parts] == ["part-000000.parquet", "part-000001.parquet", "part-000002.parquet"]
    assert [line for one in parts for line in lines_of(one)] == lines_of(tmp_path / "whole.parquet")
    assert (tmp_path / "parts" / "notes.csv").is_file()
    assert not (tmp_path / "parts" / ".pieces").exists()


@pytest.mark.parametrize("kind", ["csv", "sqlite"])
def test_a_folder_keeps_no_file_of_an_earlier_run(kind: str, screen: Screen, tmp_path: Path) -> None:
    screen(write("parquet", tmp_path), "-o", "parts/", "--only", "all")
    (tmp_path / "parts" / "part-mine.parquet").write_bytes(b"")
    screen(write(kind, tmp_path), "-o", "parts/", "--only", "all")
    found = sorted(one.name for one in (tmp_path / "parts").glob("*.parquet"))
    assert found == ["part-000000.parquet", "part-mine.parquet"]


def test_no_file_takes_the_place_of_the_register_or_of_another(screen: Screen, tmp_path: Path) -> None:
    source = Path(write("csv", tmp_path))
    before = source.read_bytes()
    for args in (
        ("-o", "companies.csv"),
        ("-o", "out.csv", "--rejects", str(source)),
        ("-o", "out.csv", "--facts", "./out.csv"),
        ("-o", "out.csv", "--summary", "out.rejects.csv"),
    ):
        done = screen("companies.csv", *args)
        assert done.returncode == 2
        assert "would take the place of" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["companies.csv"]
    assert source.read_bytes() == before


def test_a_folder_of_somebody_else_is_left_alone(screen: Screen, tmp_path: Path) -> None:
    source = write("parquet", tmp_path)
    for name in ("part-000000.parquet", "rejects.csv"):
        folder = tmp_path / name.split(".")[0]
        folder.mkdir()
        (folder / name).write_bytes(b"mine")
        done = screen(source, "-o", f"{folder.name}/")
        assert done.returncode == 3
        assert f"`{name}` is there already, and no screening wrote it" in done.stderr
        assert [one.name for one in folder.iterdir()] == [name]
        assert (folder / name).read_bytes() == b"mine"


def test_results_stand_apart_from_a_folder_that_is_read(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    source = Path(write("parquet", tmp_path / "register"))
    for target in ("register/", "register/open.parquet", "register/more/"):
        done = screen("register", "-o", target)
        assert done.returncode == 2, target
        assert "would" in done.stderr
    done = screen(str(source), "-o", "register/")
    assert done.returncode == 2
    assert "`companies.parquet` stands in the folder `register`" in done.stderr
    assert [one.name for one in (tmp_path / "register").iterdir()] == ["companies.parquet"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_pipes_and_devices_are_written_to_and_stay_what_they_are(screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    screen(source, "-o", "expected.csv")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        read = pool.submit(pipe.read_bytes)
        assert screen(source, "--format", "csv", "-o", "pipe", "--notes", os.devnull).returncode == 0
        assert read.result(timeout=60) == (tmp_path / "expected.csv").read_bytes()
    assert pipe.is_fifo()
    (tmp_path / "sure.csv").write_text("city\n上海\n", "utf-8")
    assert screen("sure.csv", "-o", "out.csv", "--rejects", os.devnull, "--notes", os.devnull).returncode == 0
    assert Path(os.devnull).is_char_device()


def test_a_link_stays_a_link(screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    (tmp_path / "real.csv").write_text("", "utf-8")
    (tmp_path / "real.csv").chmod(0o640)
    (tmp_path / "out.csv").symlink_to("real.csv")
    assert screen(source, "-o", "out.csv").returncode == 0
    assert (tmp_path / "out.csv").is_symlink()
    assert lines_of(tmp_path / "real.csv")
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o640


def test_nothing_open_to_anyone_is_still_a_table(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("city\n", "utf-8")
    for ending in ("csv", "jsonl", "parquet", "xlsx"):
        assert screen("mine.csv", "-o", f"out.{ending}").returncode == 0
    assert (tmp_path / "out.csv").read_text("utf-8-sig").startswith('"line","document","row","title"')
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 0


def test_a_summary_alone_writes_no_file(screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    done = screen(source)
    assert done.returncode == 0
    assert "keep them with --notes FILE or -o FILE" in done.stdout
    assert [one.name for one in tmp_path.iterdir()] == ["companies.csv"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("-o", "out"), "name it .csv, .jsonl, .parquet or .xlsx"),
        (("-o", "-"), "say what to write to standard output"),
        (("-o", "-", "--format", "xlsx"), "say what to write to standard output"),
        (("-o", "out/", "--format", "xlsx"), "name it .csv"),
        (("--master", "local"), "--master is for --engine spark"),
        (("--picture", "out.bmp"), "a picture's name ends in .png or .svg"),
    ],
)
def test_what_cannot_be_written_is_refused_before_anything_is_read(
    arguments: tuple[str, ...], says: str, screen: Screen, tmp_path: Path
) -> None:
    source = write("jsonl", tmp_path)
    done = screen(source, *arguments)
    assert done.returncode == 2
    assert says in done.stderr


@pytest.mark.parametrize("first", [40, 1 << 20])  # bytes: one profile, or all of them
def test_profiles_that_tell_other_things_piece_by_piece_have_the_columns_of_the_first(
    first: int, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "SNIFFED", first)
    monkeypatch.setattr(jsonl, "SNIFFED", first)
    told = [{"name": "A", "city": "天津"}, {"city": "上海"}, {"city": "北京", "zones": []}]
    told.append({"统一社会信用代码": "91120000", "city": "nowhere"})
    (tmp_path / "companies.jsonl").write_text("\n".join(json.dumps(one) for one in told), "utf-8")
    for ending in ("csv", "jsonl", "parquet"):
        for name, piece in (("whole", "9"), ("parts", "1")):
            options = ("--only", "all", "--measure", "1", "--piece", piece, "--facts", f"{name}.facts.csv")
            assert screen("companies.jsonl", "-o", f"{name}.{ending}", *options).returncode == 0
        whole, parts = (lines_of(tmp_path / f"{name}.{ending}") for name in ("whole", "parts"))
        assert whole == parts
        assert [(line["line"], line["name"]) for line in parts] == [("1", "A"), ("2", ""), ("3", ""), ("4", "")]
    facts = lines_of(tmp_path / "parts.facts.csv")
    assert [(line["name"], line["city"], line["zones"]) for line in facts] == [
        ("A", "天津", ""), ("", "上海", ""), ("", "北京", "[]"), ("", "", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("library", "target"), [("xlsxwriter", "-o"), ("matplotlib", "--picture")])
def test_what_only_the_results_need_is_asked_for_before_the_work(
    library: str, target: str, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    done = screen("nobody.parquet", target, "out.xlsx" if target == "-o" else "out.png")
    assert done.returncode == 6
    assert f"{'XlsxWriter' if library == 'xlsxwriter' else library} is not installed" in done.stderr


def test_a_folder_that_is_not_there_to_write_to_is_told(screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path)
    (tmp_path / "file").write_text("", "utf-8")
    done = screen(source, "-o", "file/out.csv")
    assert done.returncode == 3
    assert "cannot be written" in done.stderr


def register(folder: Path, rows: int) -> Path:
    """A register of many rows, repeating the same companies."""
    path = folder / "many.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(rows):
            writer.writerow([f"N{number}", *cells(COMPANIES[number % len(COMPANIES)])[1:]])
    return path


@pytest.mark.thorough
def test_a_killed_run_goes_on_where_it_stopped_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    source = register(tmp_path, 4000)
    command = [sys.executable, "-m", "applicability", "screen", str(source), "--rules", str(RULES), "--as-of",
               "2026-11-01", "--only", "all", "--piece", "40"]  # fmt: skip
    for kind in ("csv", "parquet"):
        output = ["-o", str(tmp_path / f"killed.{kind}")]
        state = tmp_path / f".killed.{kind}.pieces"
        running = subprocess.Popen(
            [*command, *output], env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        while running.poll() is None and len(list(state.glob("*.done.json"))) < 10:
            time.sleep(0.005)
        os.kill(running.pid, signal.SIGKILL)
        running.wait()
        kept = {path.name: path.stat().st_mtime_ns for path in state.glob("*.done.json")}
        assert 10 <= len(kept) < 100, "it was to be killed on its way"
        assert not (tmp_path / f"killed.{kind}").exists()
        again = subprocess.run([*command, *output], env=environment(), capture_output=True, check=True)
        assert b"4,000 rows read, 4,000 companies screened, 0 rows that are not companies" in again.stdout
        assert not state.exists()
        subprocess.run(
            [*command, "-o", str(tmp_path / f"whole.{kind}")], env=environment(), capture_output=True, check=True
        )
        assert (tmp_path / f"killed.{kind}").read_bytes() == (tmp_path / f"whole.{kind}").read_bytes()


def test_an_unfinished_run_of_something_else_is_not_continued(screen: Screen, tmp_path: Path) -> None:
    source = write("jsonl", tmp_path)
    state = tmp_path / ".out.csv.pieces"
    state.mkdir()
    (state / "identity").write_text("another", "utf-8")
    (state / "000000.done.json").write_text("{}", "utf-8")
    assert "8 rows read" in screen(source, "-o", "out.csv").stdout


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_an_unfinished_run_in_other_pieces_is_not_continued(kind: str, tmp_path: Path) -> None:
    source = str(tmp_path / write(kind, tmp_path))
    job = Job(SMALL, date(2026, 11, 1), measures=SMALL.measures, only=frozenset(Verdict))

    def screened(target: str, rows: int, tell: screening.Tell | None = None) -> bytes:
        path = tmp_path / target
        with closing(open_source(source, rows=rows)) as companies:
            _, state = screening.screen(companies, job, Target(path, "csv", notes=Path(f"{path}.n")), tell=tell)
        shutil.rmtree(state)
        return path.read_bytes() + Path(f"{path}.n").read_bytes()

    def interrupted(*found: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screened("out.csv", 3, interrupted)
    assert list((tmp_path / ".out.csv.pieces").glob("*.done.json"))
    assert screened("out.csv", 6) == screened("whole.csv", 6)


def test_a_source_that_is_read_in_another_way_is_another(tmp_path: Path) -> None:
    ways: list[dict[str, Any]] = [{"rows": 5}, {"rows": 6}, {"encoding": "gb18030"}, {"kind": "tsv"}, {}]
    source = write("csv", tmp_path)
    found = [_identity(str(tmp_path / source), **way) for way in ways]
    book = str(tmp_path / write("xlsx", tmp_path))
    found += [_identity(book), _identity(book, sheet="Sheet")]
    assert all(one != other for one, other in itertools.combinations(found, 2))


def _identity(source: str, **way: Any) -> object:
    with closing(open_source(source, **way)) as companies:
        return companies.identity


def test_two_runs_do_not_write_one_result(screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    lock = tmp_path / ".out.csv.pieces.lock"
    own = f"{socket.gethostname()} {os.getpid()}"
    with lock.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        for said in ("", own):
            lock.write_text(said, "utf-8")
            done = screen(source, "-o", "out.csv")
            assert done.returncode == 3
            assert "another run is writing this result" in done.stderr
            assert not (tmp_path / "out.csv").exists()
            assert lock.exists()
    half = tmp_path / ".out.csv.abc01_xy.part"
    for said in (
        "",
        own,
        f"{socket.gethostname()} 999999999",
    ):  # left by a killed run, or a full disk
        lock.write_text(said, "utf-8")
        half.write_bytes(b"half")
        assert screen(source, "-o", "out.csv").returncode == 0
        assert not lock.exists()
        assert not half.exists()
    lock.write_text("elsewhere 1", "utf-8")
    assert "process 1 on elsewhere" in screen(source, "-o", "out.csv").stderr


@pytest.mark.parametrize("said", [b"\xff\x00\xfe", b"mine", b"here 10000000000000000000000"])
def test_a_file_in_the_place_of_the_lock_that_is_none_stays(said: bytes, screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    lock = tmp_path / ".out.csv.pieces.lock"
    lock.write_bytes(said)
    done = screen(source, "-o", "out.csv")
    assert done.returncode == 3
    assert "is not the lock of a screening" in done.stderr
    assert lock.read_bytes() == said


def test_a_full_disk_leaves_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target(tmp_path / "out.csv", "csv")

    def full(*said: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("applicability.bulk.run.lock.os.pwrite", full)
        with pytest.raises(ProfileError, match="No space left on device"), output_lock(target):
            pytest.fail("the lock was taken")
    assert [*tmp_path.iterdir()] == []
    for _ in range(2):  # nothing is held: the next runs take it
        with output_lock(target):
            assert (tmp_path / ".out.csv.pieces.lock").read_text("utf-8").endswith(f" {os.getpid()}")


def test_of_many_runs_one_takes_over_a_lock_that_was_left(tmp_path: Path) -> None:
    target = Target(tmp_path / "out.csv", "csv")
    (tmp_path / ".out.csv.pieces.lock").write_text(f"{socket.gethostname()} 999999999", "utf-8")
    inside, most, refused = 0, 0, 0
    guard, together = threading.Lock(), threading.Barrier(8)

    def run() -> None:
        nonlocal inside, most, refused
        together.wait()
        try:
            with output_lock(target):
                with guard:
                    inside += 1
                    most = max(most, inside)
                time.sleep(0.2)
                with guard:
                    inside -= 1
        except ProfileError:
            refused += 1

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, refused) == (1, 7)


def test_the_summary_counts_every_kind_of_note(run: Run, tmp_path: Path) -> None:
    heads = ["企业名称", *(f"determinations.{key}" for key in [*load_rulebook().judgements][:15]), "外资比例", "城市"]
    rows = [heads, ["甲", *["maybe"] * 15, "about", "nowhere"]]
    (tmp_path / "r.csv").write_text("\n".join(map(",".join, rows)), "utf-8")
    out = run("screen", tmp_path / "r.csv", "--as-of", "2026-11-01", "--lang", "en").stdout
    assert all(f"  1  {head}: such as" in out for head in heads[1:]), out
    assert "more kinds of notes" not in out


@pytest.mark.parametrize("option", ["--facts", "--notes", "--rejects"])
@pytest.mark.parametrize("name", ["beside.xlsx", "beside.XLS", "beside.parquet", "beside.jsonl"])
def test_a_file_of_csv_is_not_called_anything_else(screen: Screen, tmp_path: Path, option: str, name: str) -> None:
    done = screen(write("csv", tmp_path), "-o", "out.csv", option, name)
    assert done.returncode == 2
    assert f"`{name}`: facts, notes and rows that are no company are written as CSV" in done.stderr
    assert not (tmp_path / name).exists()


def test_csv_has_one_set_of_column_names_and_words_in_the_language_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,外资比例\n甲,没有的市,见备注\n", "utf-8")
    heads, words = [], []
    for lang in ("zh", "en"):
        options = ("--notes", tmp_path / "n.csv", "--as-of", "2026-11-01", "--lang", lang)
        assert run("screen", tmp_path / "r.csv", *options).returncode == 0
        told = lines_of(tmp_path / "n.csv")
        heads.append([*told[0]])
        words.append([str(line[name]) for line in told for name in ("note", "hint")])
    assert heads[0] == heads[1] == ["line", "企业名称", "column", "fact", "value", "code", "note", "hint"]
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for text in words[0])
    assert all(text.split("`")[0].isascii() for text in words[1])
