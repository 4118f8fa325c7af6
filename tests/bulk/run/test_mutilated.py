"""Mutilated registers end in an answer or in an error of the program's own, and lose no company."""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path
from typing import Any

import pytest

from ...cli.conftest import ROOT

sys.path.append(str(ROOT / "tools"))
mutilate: Any = importlib.import_module("mutilate_registers")


def broken(folder: Path, seeds: range) -> dict[int, str]:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module="openpyxl")
        cases = mutilate.Cases(folder)
        found = {seed: wrong for seed in seeds if (wrong := cases.broken(seed)) is not None}
    kinds = {end.split()[0] for end in cases.ends}
    assert kinds == {"csv", "jsonl", "parquet", "xlsx", "sqlite"}
    assert {end.rsplit(" ", 1)[1] for end in cases.ends} == {"refused", "screened"}
    return found


def test_a_few_mutilated_registers_break_nothing(tmp_path: Path) -> None:
    assert broken(tmp_path, range(1, 45)) == {}


@pytest.mark.thorough
def test_many_mutilated_registers_break_nothing(tmp_path: Path) -> None:
    assert broken(tmp_path, range(45, 400)) == {}


def test_what_breaks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cases = mutilate.Cases(tmp_path)

    def raising(*args: object, **options: object) -> None:
        raise KeyError("lost")

    monkeypatch.setattr(mutilate, "screen", raising)
    assert "KeyError: 'lost'" in cases.broken(1)
