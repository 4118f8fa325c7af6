"""What commands about a profile share: reading it, with `--set`, and refusing rows that are not there."""

from __future__ import annotations

import sys

from applicability import api
from applicability.cli.language import bad, misused
from applicability.cli.overrides import overridden, pairs_of
from applicability.errors import Location, Problem, ProfileError
from applicability.messages import listed, reason_of
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_STDIN_LIMIT = 5_000_001  # one byte more than a profile may have, so that the reader sees it is too large


def read_profile(profile: str, sets: tuple[str, ...], rulebook: Rulebook) -> Profile:
    """The profile of a file, or of standard input for `-`, with the facts of `--set` in place of its own."""
    pairs = pairs_of(sets)
    if profile == "-":
        try:
            data = sys.stdin.buffer.read(_STDIN_LIMIT)
        except OSError as error:
            raise unreadable(error) from None
        given = api.read_profile(data, "<stdin>")
    else:
        given = api.read_profile(profile)
    return overridden(given, pairs, rulebook)


def unreadable(error: OSError) -> ProfileError:
    """That standard input cannot be read, as where it is closed."""
    why = reason_of(error)
    what = Text(f"无法读取标准输入：{why.zh}", f"standard input cannot be read: {why.en}")
    return ProfileError([Problem("P001", Location("<stdin>"), what, Text("写明一个文件", "name a file"))])


def known_rows(rulebook: Rulebook, measures: tuple[int, ...], chapters: tuple[int, ...]) -> None:
    """Refuse rows and chapters that are not there, all of them at once."""
    rows = {measure.row for measure in rulebook.measures}
    parts = {number for document in rulebook.documents.values() for number in document.chapters}
    for option, asked, known in (("--measure", measures, rows), ("--chapter", chapters, parts)):
        wrong = [str(number) for number in asked if number not in known]
        if wrong:
            limits, shown = Text("一个也没有", "there are none"), listed(wrong)
            if known:
                first, last = min(known), max(known)
                limits = Text(f"应在{first}至{last}之间", f"they run from {first} to {last}")
            raise bad(option, Text(f"{shown.zh}：没有此编号，{limits.zh}", f"{shown.en}: no such number; {limits.en}"))
    if measures and chapters and not any(one.row in measures and one.chapter in chapters for one in rulebook.measures):
        raise misused(
            Text(
                "--measure 所列的行都不在 --chapter 所列的章内",
                "no row that --measure names stands in a chapter that --chapter names",
            )
        )
