"""`applicability report`: a whole case as a paper to hand over."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from applicability import api, decisions
from applicability.cli import options as shared
from applicability.cli.alternatives import across as alternatives
from applicability.cli.command import Command
from applicability.cli.language import language, misused
from applicability.cli.papers import FORMATS, give, refuse_terminal
from applicability.cli.profile import read_profile
from applicability.text import Text

if TYPE_CHECKING:
    from applicability.model.rulebook import Rulebook
    from applicability.report.layout.paper import Paper, Speech

_ENDINGS = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".md": "markdown"}


def form_of(format_: str | None, output: str | None) -> str:
    """The format asked for, or the one that the name of the file says."""
    if format_ is not None:
        return format_
    found = _ENDINGS.get(Path(output).suffix.lower()) if output else None
    if found is None:
        raise misused(
            Text(
                "写 --format，或让 -o 的文件名以 .docx、.pdf、.html、.md 结尾",
                "say --format, or let the name after -o end in .docx, .pdf, .html or .md",
            )
        )
    return found


@click.command(
    "report",
    cls=Command,
    zh=(
        "把一个案例写成可以交付的报告：依据哪些事实，现可使用什么、条件如何、向谁办理，须待什么，不适用的及原因，附原文。\n\n"
        "PROFILE 为档案；也可以是 `applicability screen --summary` 写出的汇总，报告即为名册的汇总。"
        "--across city=上海,苏州 另把各地并列比较。"
    ),
)
@click.argument("profile", metavar="PROFILE")
@shared.option(
    "--format",
    "format_",
    type=click.Choice(FORMATS),
    default=None,
    help=Text("报告的格式 [默认：看 -o 的文件名]。", "Form of the report [default: by the name of -o]."),
)
@shared.option(
    "--lang",
    is_eager=True,
    type=click.Choice(["zh", "en", "both"]),
    default=language,
    show_default=Text("随系统", "the locale's"),
    help=Text("报告所用的语言；both 为中英并列。", "Language of the report; both sets the two side by side."),
)
@shared.option(
    "--across",
    "spec",
    metavar="FACT=A,B",
    default=None,
    help=Text(
        "另并列比较各地或各种取值，写法同 compare。", "Lay places or values side by side as well, as compare does."
    ),
)
@shared.set_option
@shared.as_of_option()
@shared.rules_option
@shared.register_option
@shared.output_option
def command(
    profile: str,
    format_: str | None,
    lang: Speech,
    spec: str | None,
    sets: tuple[str, ...],
    as_of: datetime.date | None,
    rules: str | None,
    registers: tuple[str, ...],
    output: str | None,
) -> None:
    """Write a case as a paper to hand over: the facts, what is open and on what terms, whom to ask, what waits, what is
    shut and why, with the words.

    PROFILE is a profile, or a summary written by `applicability screen --summary`. --across city=上海,苏州 lays places
    side by side as well.

    \b
    applicability report company.yaml -o report.docx
    applicability report company.yaml --lang both --format pdf -o report.pdf
    applicability report company.yaml --across city=上海,苏州 -o report.html
    """
    form = form_of(format_, output)
    refuse_terminal(form, output)
    rulebook = api.load_rulebook(rules, registers)
    paper = _summary(profile, rulebook) or _case(profile, spec, sets, as_of, rulebook)
    give(paper, form, lang, output)


def _case(
    profile: str, spec: str | None, sets: tuple[str, ...], as_of: datetime.date | None, rulebook: Rulebook
) -> Paper:
    from applicability.report import whole
    from applicability.report.papers.case import case_paper

    given = read_profile(profile, sets, rulebook)
    assessment = api.check(given, rulebook, as_of=as_of)
    compared = None if spec is None else decisions.compare(alternatives(spec, given, rulebook, as_of), rulebook)
    return case_paper(whole(assessment), decisions.change(assessment).prospects, compared)


def _summary(file: str, rulebook: Rulebook) -> Paper | None:
    """The paper of a screening's summary; None for any other file."""
    if not file.lower().endswith(".json") or not Path(file).is_file():
        return None
    from pydantic import ValidationError

    from applicability.report.contract import id_of
    from applicability.report.papers.screening import screening_paper
    from applicability.report.screening.json import SummaryModel

    try:
        summary = SummaryModel.model_validate_json(Path(file).read_bytes())
    except ValidationError:
        return None  # it may be a profile in JSON: the reader of profiles reports what is wrong
    return screening_paper(summary, rulebook) if summary.contract.id == id_of("screening") else None
