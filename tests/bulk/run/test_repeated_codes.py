"""Credit codes that stand in several rows: told once of the whole register, however it is cut into pieces."""

from __future__ import annotations

import contextlib
import re
import tempfile
from pathlib import Path

import duckdb
import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings, strategies as st

from applicability import load_rulebook
from applicability.bulk.job import Job, RepeatedCodes, Summary
from applicability.bulk.output.pieces import CODES, Files
from applicability.bulk.output.repeated_codes import repeated_codes
from applicability.bulk.output.results import Target
from applicability.bulk.run import screening
from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.source import Progress
from applicability.screening import screen

from ...cli.conftest import Run
from ...examples import drawn
from ..engine.tables import DAY

BOOK = load_rulebook()
DOCS = Path(__file__).parents[3] / "docs"
ONE, OTHER, THIRD = "91130825MAPBK4HYQY", "91330211MA3076WD4C", "91440300MA5FKXX13M"
# The same code in several forms; a wrong code that stands twice is no company's.
ROWS = (
    ("甲", ONE), ("乙", OTHER), ("丙", ""), ("丁", f" {ONE[:8]}-{ONE[8:].lower()} "), ("戊", "91440300MA5FKXX13X"),
    ("己", "91440300MA5FKXX13X"), ("庚", OTHER), ("辛", "".join(chr(ord(one) + 0xFEE0) for one in ONE)),
)  # fmt: skip
TOLD_EN = (
    "`统一社会信用代码` has the same code in several rows: codes 2, rows 5, such as {} and {}; each row was screened, "
    "though they may be one company several times"
)
TOLD_ZH = (
    "`统一社会信用代码` 中有2个代码各出现在不止一行，共5行，如第{}行和第{}行；各行都已筛查，可能是同一企业登记了几次"
)


def register(folder: Path, kind: str) -> Path:
    path = folder / f"register.{kind}"
    headings = ("企业名称", "统一社会信用代码")
    match kind:
        case "csv":
            path.write_text("\n".join(",".join(row) for row in (headings, *ROWS)), "utf-8")
        case "xlsx":
            book = openpyxl.Workbook()
            for row in (headings, *ROWS):
                book.active.append([cell or None for cell in row])
            book.save(path)
        case "parquet":
            names, codes = zip(*ROWS, strict=True)
            pq.write_table(pa.table({"企业名称": names, "统一社会信用代码": codes}), path, row_group_size=2)
    return path


@pytest.mark.parametrize(("kind", "first"), [("csv", (2, 5)), ("xlsx", (2, 5)), ("parquet", (1, 4))])
@pytest.mark.parametrize("options", [(), ("--piece", "1"), ("--piece", "3")])
def test_they_are_told_in_the_summary_and_every_row_is_screened(
    kind: str, first: tuple[int, int], options: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    source = register(tmp_path, kind)
    for lang, told, read in (("en", TOLD_EN, "8 companies screened"), ("zh", TOLD_ZH, "筛查企业8家")):
        done = run("screen", source, "--as-of", DAY, "--lang", lang, *options)
        assert told.format(*first) in done.stdout
        assert read in done.stdout


@pytest.mark.thorough
def test_several_processes_tell_the_same(run: Run, tmp_path: Path) -> None:
    source = register(tmp_path, "parquet")
    done = run("screen", source, "--as-of", DAY, "--lang", "en", "--piece", "1", "--processes", "2")
    assert TOLD_EN.format(1, 4) in done.stdout


def test_a_code_in_one_row_is_not_told(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(f"企业名称,统一社会信用代码\n甲,{ONE}\n乙,{OTHER}\n丙,\n丁,\n", "utf-8")
    assert screen(tmp_path / "r.csv", BOOK, as_of=DAY).summary.notices == ()


def test_a_run_that_goes_on_knows_the_codes_of_its_first_pieces(tmp_path: Path) -> None:
    path, target = register(tmp_path, "csv"), Target(tmp_path / "open.csv", "csv")
    job = Job(BOOK, DAY, measures=BOOK.measures)

    def stop(progress: Progress, total: Summary) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), contextlib.closing(open_source(str(path), rows=2)) as source:
        screening.screen(source, job, target, tell=stop)
    assert target.state is not None
    (target.state / "codes-abcd_012").mkdir()  # of a run that was killed while it sorted them
    with contextlib.closing(open_source(str(path), rows=2)) as source:
        summary, state = screening.screen(source, job, target)
    assert 0 in screening.numbers(state)
    assert summary.repeated == RepeatedCodes(2, 5, (2, 5))


@given(st.lists(st.lists(st.integers(0, 12) | st.integers(0, 2**64 - 1), max_size=9), max_size=9), st.integers(1, 40))
@settings(max_examples=drawn(200))
def test_they_are_found_whatever_is_sorted_at_a_time(pieces: list[list[int]], at_once: int) -> None:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        line, rows = 0, dict[int, list[int]]()
        for number, codes in enumerate(pieces):
            lines = [*range(line + 1, line + 1 + len(codes))]
            line += len(codes)
            for code, at in zip(codes, lines, strict=True):
                rows.setdefault(code, []).append(at)
            if codes:
                with Files(folder, number) as files:
                    files.write(
                        CODES, [pa.table({"code": np.array(codes, np.uint64), "line": np.array(lines, np.int64)})]
                    )
        again = sorted(own for own in rows.values() if len(own) > 1)
        expected = RepeatedCodes(len(again), sum(map(len, again)), (again[0][0], again[0][1])) if again else None
        assert repeated_codes(folder, range(len(pieces)), line, at_once) == expected
        assert not [one for one in folder.iterdir() if one.is_dir()]


def test_the_query_of_the_docs_lists_their_rows(run: Run, tmp_path: Path) -> None:
    english, chinese = re.findall(r"duckdb -c \"(SELECT [^\"]+)\"", (DOCS / "screen.md").read_text("utf-8"))
    assert english == chinese
    run("screen", register(tmp_path, "csv"), "--facts", tmp_path / "facts.csv", "--as-of", DAY)
    with duckdb.connect() as database:
        found = database.execute(english.replace("facts.csv", str(tmp_path / "facts.csv"))).fetchall()
    rows = {code: sorted(lines) for code, lines in found}
    assert rows == {ONE: [2, 5], OTHER: [3, 8], "91440300MA5FKXX13X": [6, 7]}
