"""Reads the profile of a command, with `--set`."""

from __future__ import annotations

import sys

from applicability import api
from applicability.cli.overrides import overridden, pairs_of
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.profile.keys import as_told
from applicability.messages import reason_of
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_STDIN_LIMIT = 5_000_001  # one byte more than a profile may have, so that the reader notices


def read_profile(profile: str, sets: tuple[str, ...], rulebook: Rulebook) -> Profile:
    """The profile of a file, or of standard input for `-`, with the facts of `--set`."""
    pairs = pairs_of(sets)
    if profile == "-":
        try:
            data = sys.stdin.buffer.read(_STDIN_LIMIT)
        except OSError as error:
            raise unreadable(error) from None
        given = api.read_profile(data, "<stdin>")
    else:
        given = api.read_profile(profile)
    return overridden(as_told(given, rulebook), pairs, rulebook)


def unreadable(error: OSError) -> ProfileError:
    """The error for standard input that cannot be read."""
    why = reason_of(error)
    what = Text(f"无法读取标准输入：{why.zh}", f"standard input cannot be read: {why.en}")
    return ProfileError([Problem("P001", Location("<stdin>"), what, Text("写明一个文件", "name a file"))])
