"""A rulebook as it stood at a git revision, read through git's own archive and never checked out."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from applicability.errors import Location, Problem, RulebookError
from applicability.messages import reason_of
from applicability.text import Text

_RULES = "rules"  # the folder of a revision that is read where none is named


def unpack(revision: str, folder: Path) -> Path:
    """Write the rule files of `REVISION` or `REVISION:FOLDER` below a folder; the rulebook's own folder is returned.

    Raises RulebookError where git is not there, or knows no such revision or folder.
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
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:  # safe to unpack on every 3.11, unlike tar
        archive.extractall(folder)
    return folder


def _unknown(revision: str, why: Text) -> RulebookError:
    hint = Text(
        "写含有 rulebook.yaml 的文件夹，或 git 版本，如 HEAD~1 或 main:rules",
        "name a folder with a rulebook.yaml, or a git revision, such as HEAD~1 or main:rules",
    )
    what = Text(f"既不是文件夹，也不是版本：{why.zh}", f"neither a folder nor a revision: {why.en}")
    return RulebookError([Problem("R017", Location(revision), what, hint)])
