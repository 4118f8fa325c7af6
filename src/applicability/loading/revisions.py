"""A rulebook as it stood at a git revision, read through git's own archive and never checked out."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

from applicability.errors import Location, Problem, RulebookError

_RULES = "rules"  # the folder of a revision that is read where none is named


def unpack(revision: str, folder: Path) -> Path:
    """Write the rule files of `REVISION` or `REVISION:FOLDER` below a folder; the rulebook's own folder is returned.

    Raises RulebookError where git is not there, or knows no such revision or folder.
    """
    named, _, inside = revision.partition(":")
    inside = inside or _RULES
    if named.startswith("-"):
        raise _unknown(revision, "a revision does not begin with a dash")
    command = ["git", "archive", "--format=zip", f"{named}:{inside}"]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError as error:
        raise _unknown(revision, f"git cannot be run: {error.strerror}") from None
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().splitlines()
        raise _unknown(revision, told[-1] if told else f"git left with {done.returncode}")
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as archive:  # safe to unpack on every 3.11, unlike tar
        archive.extractall(folder)
    return folder


def _unknown(revision: str, why: str) -> RulebookError:
    hint = "name a folder with a rulebook.yaml, or a git revision, such as HEAD~1 or main:rules"
    return RulebookError([Problem("R005", Location(revision), f"neither a folder nor a revision: {why}", hint)])
