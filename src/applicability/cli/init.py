"""`applicability init`: a commented profile to start from, or a workbook for companies to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from applicability import api
from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.output import OutputError, emit, emit_bytes, narrate
from applicability.report.interview import register_form
from applicability.report.interview.profile_template import profile_template
from applicability.text import Lang, Text

_WRITTEN = Text(
    "已写入 {file}：按说明填写后运行 applicability check {file}",
    "wrote {file}: fill it in, then run applicability check {file}",
)
_FORM_WRITTEN = Text(
    "已写入 {file}：请各企业按“填写说明”填写，收回后运行 applicability screen {file}",
    "wrote {file}: have it filled in as its second sheet says, then run applicability screen {file}",
)
_THERE = Text(
    "已有 {file}：另指定一个文件，或加 --force 覆盖",
    "{file} is already there: name another file, or add --force to overwrite it",
)


@click.command(
    "init",
    cls=Command,
    zh="生成一份档案写入 FILE（默认 profile.yaml；`-` 表示显示在屏幕上），每项事实都有中英文说明。"
    "FILE 以 .xlsx 结尾时，生成供企业填写的名册工作簿：每项事实一列，有下拉列表和填写说明。",
)
@click.argument("file", default="profile.yaml")
@shared.option("--force", is_flag=True, help=Text("文件已存在时覆盖。", "Overwrite the file if it is there."))
@shared.lang_option
@shared.rules_option
def command(file: str, force: bool, lang: Lang, rules: str | None) -> None:
    """Write a profile with every fact as a comment, in both languages, to FILE (profile.yaml; `-` for the screen).

    If FILE ends in .xlsx, write a workbook for companies to fill in: a column for each fact, with drop-down lists, and
    a sheet that explains them.
    """
    rulebook = api.load_rulebook(rules)
    form = Path(file).suffix.lower() == ".xlsx"
    if file != "-" and Path(file).exists() and not force:
        raise OutputError(_THERE.of(lang).format(file=file))
    if form:
        emit_bytes(register_form.register_form(rulebook, lang), file)
        narrate(_FORM_WRITTEN.of(lang).format(file=file))
        return
    emit(profile_template(rulebook), file)
    if file != "-":
        narrate(_WRITTEN.of(lang).format(file=file))
