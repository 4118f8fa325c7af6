"""Reads a rulebook at a git revision, through `git archive`, without a checkout."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from applicability.errors import Location, Problem, RulebookError
from applicability.messages import reason_of
from applicability.text import Text

_RULES = "rules"  # the default folder in a revision


def unpack(revision: str, folder: Path) -> Path:
    """Extracts the rule files of `REVISION` or `REVISION:FOLDER` below a folder; returns the rulebook's own folder.

    Raises RulebookError if git is missing, or there is no such revision or folder.
    """
    named, _, inside = revision.partition(":")
    inside = inside or _RULES
    if named.startswith("-"):
        raise _unknown(revision, Text("版本名不以连字符开头", "a revision does not begin with a dash"))
    command = ["git", "archive", "--format=zip", f"{named}:{inside}"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        why = reason_of(error)
        raise _unknown(revision, Text(f"无法运行 git：{why.zh}", f"git cannot be run: {why.en}")) from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        why = Text(f"git 的退出码为{done.returncode}", f"git left with {done.returncode}")
        raise _unknown(revision, Text(f"“{told[-1]}”", told[-1]) if told else why)
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:  # safe to extract on every Python 3.11, unlike tar
        archive.extractall(folder)
    return folder


def _unknown(revision: str, why: Text) -> RulebookError:
    hint = Text(
        "写含有 rulebook.yaml 的文件夹，或 git 版本，如 HEAD~1 或 main:rules",
        "name a folder with a rulebook.yaml, or a git revision, such as HEAD~1 or main:rules",
    )
    what = Text(f"既不是文件夹，也不是版本：{why.zh}", f"neither a folder nor a revision: {why.en}")
    return RulebookError([Problem("R017", Location(revision), what, hint)])
