"""An unfinished run resumes only from valid pieces, and its result equals that of an uninterrupted run."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from applicability import load_rulebook
from applicability.bulk.job import LONG, Job
from applicability.bulk.output.results import Target
from applicability.bulk.run import screening
from applicability.bulk.sources.open import open_source
from applicability.errors import ProfileError
from applicability.model.verdict import Verdict
from applicability.text import Text

from ...cli.conftest import RULES
from .conftest import COMPANIES, write

SMALL = load_rulebook(RULES)
JOB = Job(SMALL, date(2026, 11, 1), measures=SMALL.measures, only=frozenset(Verdict), facts=True)


def target_of(folder: Path, kind: str) -> Target:
    """A file or a folder of results, with every file beside it."""
    path = folder / ("out" if kind == "folder" else "out.csv")
    rejects, notes, facts = (folder / f"{name}.csv" for name in ("rejects", "notes", "facts"))
    return Target(path, "csv", kind == "folder", rejects, notes, facts)


def screened(source: str, target: Target, job: Job = JOB, stop: int | None = None) -> dict[str, bytes]:
    """All files that a run leaves, by name; with `stop` it is interrupted after that many pieces."""
    count = 0

    def tell(*found: object) -> None:
        nonlocal count
        count += 1
        if count == stop:
            raise KeyboardInterrupt

    with closing(open_source(source, rows=2)) as companies:
        _, state = screening.screen(companies, job, target, tell=tell)
    shutil.rmtree(state)
    assert target.path is not None
    files = [*(target.path.iterdir() if target.folder else [target.path]), *target.path.parent.glob("*.csv")]
    return {file.name: file.read_bytes() for file in files}


def interrupted(source: str, target: Target, job: Job = JOB) -> Path:
    """The state left by a run that is interrupted after its third piece."""
    with pytest.raises(KeyboardInterrupt):
        screened(source, target, job, stop=3)
    assert target.state is not None
    assert len(list(target.state.glob("*.done.json"))) >= 3
    return target.state


def _removed(state: Path) -> None:
    for file in state.glob("000000.*.arrow"):
        file.unlink()


def _part_removed(state: Path) -> None:
    for file in [*state.glob("000001.long.arrow"), *state.parent.glob("part-000001.csv")]:
        file.unlink()


def _rejects_removed(state: Path) -> None:
    for file in state.glob("*.rejects.arrow"):
        file.unlink()


def _cut(state: Path) -> None:
    for file in [*state.glob("*.arrow"), *state.parent.glob("part-*.csv")]:
        os.truncate(file, file.stat().st_size // 2)


def _emptied(state: Path) -> None:
    for file in state.glob("*.done.json"):
        file.write_bytes(b"")


def _garbled(state: Path) -> None:
    for file, held in zip(sorted(state.glob("*.done.json")), (b"\xff\xfe", b"{}", b"[1"), strict=False):
        file.write_bytes(held)


def _overwritten(state: Path) -> None:
    for file in state.glob("*.arrow"):
        file.write_bytes(b"x" * file.stat().st_size)


@pytest.mark.parametrize("kind", ["file", pytest.param("folder", marks=pytest.mark.thorough)])
@pytest.mark.parametrize("damage", [_removed, _part_removed, _rejects_removed, _cut, _emptied, _garbled, _overwritten])
def test_pieces_that_were_damaged_meanwhile_are_done_again(
    kind: str, damage: Callable[[Path], None], tmp_path: Path
) -> None:
    source = write("csv", tmp_path)
    (tmp_path / "whole").mkdir()
    (tmp_path / "again").mkdir()
    whole = screened(source, target_of(tmp_path / "whole", kind))
    target = target_of(tmp_path / "again", kind)
    damage(interrupted(source, target))
    assert screened(source, target) == whole


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_register_that_was_changed_is_another_whatever_its_time_says(kind: str, tmp_path: Path) -> None:
    source = Path(write(kind, tmp_path))
    target = Target(tmp_path / "out.csv", "csv", False)
    before = source.stat()
    interrupted(str(source), target)
    changed = write(kind, tmp_path, [{**one, "id": f"D{number}"} for number, one in enumerate(COMPANIES)])
    with source.open("r+b") as file:
        file.truncate(before.st_size)
    os.utime(changed, ns=(before.st_atime_ns, before.st_mtime_ns))
    if kind in ("csv", "jsonl"):
        assert (source.stat().st_size, source.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
        assert b"C1" not in screened(str(source), target)["out.csv"]
    else:
        with contextlib.suppress(ProfileError):
            assert b"C1" not in screened(str(source), target)["out.csv"]


def test_a_strict_run_trusts_no_run_that_was_not(tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    target = Target(tmp_path / "out.csv", "csv", False, tmp_path / "rejects.csv")
    interrupted(source, target)
    with pytest.raises(ProfileError):
        screened(source, target, replace(JOB, strict=True))
    assert not (tmp_path / "out.csv").exists()


def test_everything_that_a_piece_depends_on_is_asked_of_an_unfinished_run() -> None:
    other: dict[str, Any] = {
        "rulebook": load_rulebook(),
        "day": date(2026, 11, 2),
        "lang": "zh",
        "measures": SMALL.measures[:1],
        "only": frozenset((Verdict.ELIGIBLE,)),
        "forms": frozenset(("wide",)),
        "keep": ("id",),
        "mapping": {"a": "city"},
        "units": {"a": "percent"},
        "settled": {"a": "percent"},
        "joined": {"a": Text("B列：b › a", "column B: b › a")},
        "defaults": {"city": "天津"},
        "strict": True,
        "facts": False,
        "asks": True,
        "listed": frozenset(("notes",)),
        "surface": "page",
        "limits": True,
    }
    assert set(other) == set(Job.__dataclass_fields__)
    prints = {replace(JOB, **{name: value}).fingerprint({}, "csv") for name, value in other.items()}
    assert len(prints | {JOB.fingerprint({}, "csv"), JOB.fingerprint({"files": []}, "csv")}) == len(other) + 2


def test_pieces_that_are_removed_while_the_run_goes_on_end_it(tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    target = Target(tmp_path / "out.csv", "csv", False)

    def tell(*found: object) -> None:
        assert target.state is not None
        for file in target.state.glob(f"000000.{LONG}.arrow"):
            file.unlink()

    with closing(open_source(source, rows=2)) as companies, pytest.raises(ProfileError, match="removed or changed"):
        screening.screen(companies, JOB, target, tell=tell)
    assert not (tmp_path / "out.csv").exists()
