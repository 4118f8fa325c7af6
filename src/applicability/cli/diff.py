"""`applicability diff`: what two rulebooks, registers or days decide differently."""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path
from typing import Literal

import click

from applicability import api, decisions, report
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import bad
from applicability.cli.output import color, emit, width
from applicability.errors import ProfileError
from applicability.loading.revisions import unpack
from applicability.model.rulebook import Rulebook
from applicability.report.difference.json import difference_json
from applicability.report.difference.text import ProfileMove, markdown, render
from applicability.text import Lang, Text

_PACKAGED = "packaged"
_SUFFIXES = (".yaml", ".yml", ".json")


@click.command(
    "diff",
    cls=Command,
    zh=(
        "列出结论会因规则不同而改变的每一行，并为每种不同给出一份档案。\n\n"
        "OLD 和 NEW 为文件夹、git 版本（`HEAD~1`、`main:rules`）或 `packaged`（默认，"
        "即随软件附带的规则库）。不抽样：规则能区分的每一类档案都经过比较，并说明其中多少类不同。"
        "比较不了的（如投资者的持股怎样相加）另行列出。措辞的改动不算不同。"
    ),
)
@click.argument("old", metavar="OLD", default=_PACKAGED)
@click.argument("new", metavar="NEW", default=_PACKAGED)
@shared.option(
    "--old-register",
    "old_registers",
    metavar="FILE",
    multiple=True,
    help=Text("OLD 另附的官方步骤；可写多次。", "Further official steps for OLD; may be given several times."),
)
@shared.option(
    "--new-register",
    "new_registers",
    metavar="FILE",
    multiple=True,
    help=Text("NEW 另附的官方步骤；可写多次。", "Further official steps for NEW; may be given several times."),
)
@shared.option(
    "--old-as-of",
    metavar="DATE",
    default=None,
    callback=shared.as_day,
    help=Text("取 OLD 在某日的内容。", "OLD as it stands on a day."),
)
@shared.option(
    "--new-as-of",
    metavar="DATE",
    default=None,
    callback=shared.as_day,
    help=Text("取 NEW 在某日的内容。", "NEW as it stands on a day."),
)
@shared.option(
    "--profiles",
    metavar="DIR",
    default=None,
    help=Text("同时说明这些档案中哪些结果会变。", "Also list which of these profiles change."),
)
@shared.option("--exit-code", is_flag=True, help=Text("有不同时以9退出。", "Exit with 9 if anything differs."))
@shared.lang_option
@shared.format_option(
    ["text", "json", "markdown"],
    Text("markdown 适合作合并请求的评论", "markdown suits a comment on a pull request"),
)
@shared.output_option
def command(
    old: str,
    new: str,
    old_registers: tuple[str, ...],
    new_registers: tuple[str, ...],
    old_as_of: datetime.date | None,
    new_as_of: datetime.date | None,
    profiles: str | None,
    exit_code: bool,
    lang: Lang,
    format_: Literal["text", "json", "markdown"],
    output: str | None,
) -> None:
    """Tell every row whose verdict differs for some entity, with a profile for each way it differs.

    OLD and NEW are folders, git revisions (`HEAD~1`, `main:rules`), or `packaged`, which is also the default.
    Nothing is sampled: every class of profiles that the rules can tell apart is gone through, and how many of them
    differ is told. What cannot be compared, such as how shares of investors add up, is named. Wording makes no
    difference.

    \b
    applicability diff HEAD~1 rules
    applicability diff --new-register our-city.yaml --profiles clients/
    applicability diff --old-as-of 2025-12-17 --new-as-of 2025-12-18
    """
    with tempfile.TemporaryDirectory() as scratch:
        before = _rulebook(old, old_registers, Path(scratch) / "old")
        after = _rulebook(new, new_registers, Path(scratch) / "new")
    found = decisions.diff(before, after, old_as_of=old_as_of, new_as_of=new_as_of)
    moved = None if profiles is None else _moved(Path(profiles), before, after, old_as_of, new_as_of)
    options = report.Options(lang, width=width(), color=color(output is not None))
    if format_ == "json":
        emit(difference_json(found, moved).to_json(), output)
    else:
        emit((markdown if format_ == "markdown" else render)(found, moved, options), output, styled=format_ == "text")
    if exit_code and (found.rows or found.vocabulary or found.uncompared):
        click.get_current_context().exit(ExitCode.DIFFERENCE)


def _rulebook(named: str, registers: tuple[str, ...], scratch: Path) -> Rulebook:
    if named == _PACKAGED:
        return api.load_rulebook(None, registers)
    if os.path.isdir(named):  # false for a path that cannot be accessed
        return api.load_rulebook(named, registers)
    scratch.mkdir()
    return api.load_rulebook(unpack(named, scratch), registers)


def _moved(
    folder: Path, old: Rulebook, new: Rulebook, old_day: datetime.date | None, new_day: datetime.date | None
) -> tuple[ProfileMove, ...]:
    if not folder.is_dir():
        raise bad("--profiles", Text(f"`{folder}` 不是档案文件夹", f"`{folder}` is not a folder of profiles"))
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file())
    return tuple(_move(path, old, new, old_day, new_day) for path in files)


def _move(
    path: Path, old: Rulebook, new: Rulebook, old_day: datetime.date | None, new_day: datetime.date | None
) -> ProfileMove:
    shown = path.name
    found = []
    for side, book, day in (("old", old, old_day), ("new", new, new_day)):
        try:
            found.append(api.check(api.read_profile(path), book, as_of=day, engine="reference"))
        except ProfileError as error:
            return ProfileMove(shown, problem=(side, error.problems[0]))
    before = {finding.measure.key: finding for finding in found[0]}
    rows = tuple(
        (finding.measure.row, finding.measure.title, before[finding.measure.key].bucket, finding.bucket)
        for finding in found[1]
        if finding.measure.key in before and before[finding.measure.key].bucket != finding.bucket
    )
    return ProfileMove(shown, rows)
