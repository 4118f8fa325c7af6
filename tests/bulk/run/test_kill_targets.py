"""The tool that kills screenings knows every kind of target that a screening can write."""

from __future__ import annotations

import importlib
import sys
from typing import Any, get_args

import click

from applicability.bulk.sources.connection import DatabaseKind
from applicability.cli.root import root

from ...cli.conftest import ROOT

sys.path.append(str(ROOT / "tools"))


def test_every_kind_of_target_is_killed() -> None:
    kill: Any = importlib.import_module("kill_screenings")
    assert isinstance(root, click.Group)
    screen = root.get_command(click.Context(root), "screen")
    assert screen is not None
    (form,) = (one for one in screen.params if one.name == "format_")
    assert isinstance(form.type, click.Choice)
    files = set(form.type.choices)
    folders = {f"folder of {one}" for one in files - {"xlsx"}}  # a folder has no workbooks
    databases = set(get_args(DatabaseKind))
    assert set(kill.TARGETS) == files | folders | databases | {f"{one}, replaced" for one in databases}
