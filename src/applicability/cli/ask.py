"""`applicability ask`: an interview that asks only what still matters, and saves each answer at once."""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click

from applicability import api
from applicability.analysis.questions import Question
from applicability.cli import options as shared
from applicability.cli.command import Command, apart_from_standard_input
from applicability.cli.exit_codes import ExitCode
from applicability.cli.output import color, width
from applicability.cli.papers import give
from applicability.cli.profile import unreadable
from applicability.cli.profile_file import ChangedMeanwhile, ProfileFile
from applicability.errors import ProfileError
from applicability.files import shown_name
from applicability.interview import Interview
from applicability.loading.profile.written import LISTS
from applicability.loading.yaml.scalars import read_truth
from applicability.model.assessment import provisions_for
from applicability.model.selection import select_measures
from applicability.report.interview.meanings import asked_about, meanings, meant_by
from applicability.report.interview.question import ask, limits, not_offered, say, unasked_line, why
from applicability.report.language.provisions import provision_line
from applicability.report.layout.lines import LineWriter
from applicability.report.layout.wrap import printable
from applicability.text import Lang, Text

_WHY, _UNKNOWN, _BACK, _QUIT = ("?", "？"), ("d", "不知道"), ("b", "上一题"), ("q", "退出")
_NONE = ("[]", "0", "无", "none")
_SKIP = ("", *_UNKNOWN, *_BACK, *_QUIT)
_TRUTHS = {"y": "yes", "n": "no"}
_ENDINGS = {"docx": ".docx", "pdf": ".pdf", "html": ".html"}
# Bytes of a line beyond which it is no answer, and digits beyond which a number is not that of an option.
_LONGEST, _DIGITS = 1 << 16, 10
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


@click.command(
    "ask",
    cls=Command,
    zh=(
        "问能判定最多措施的事实，最有用的先问，直到再问也判定不了更多。\n\n"
        "已有 PROFILE（profile.yaml）则先读取；每答一题即写入该文件，其中的注释不动。"
        "与所填行业、主体类型或牌照一般无关的不问，仍为未填（`--all` 一并询问）。"
        "输入 `?` 看为何要问，`d` 表示不知道，`b` 回上一题，`q` 退出。中途退出不会丢失内容。"
    ),
)
@click.argument("profile", metavar="[PROFILE]", default="profile.yaml")
@shared.option(
    "--all",
    "every",
    is_flag=True,
    help=Text("一般与该主体无关的也问。", "Also ask what is implausible for the entity."),
)
@shared.selection_options()
@shared.as_of_option()
@shared.lang_option
@shared.rules_option
@shared.register_option
def command(
    profile: str,
    every: bool,
    measures: tuple[int, ...],
    chapters: tuple[int, ...],
    as_of: datetime.date | None,
    lang: Lang,
    rules: str | None,
    registers: tuple[str, ...],
) -> None:
    """Ask for the facts that decide most measures, the best first, until no question could settle anything more.

    PROFILE (profile.yaml) is read if it is there, and each answer is added to it at once; comments in it stay.
    What is implausible for the sector, kind or licences given is not asked, and stays missing (`--all` asks it too).
    Answer `?` for the rows and words that a question is asked for, `d` if you do not know, `b` to go back, `q` to
    leave. Interrupting loses nothing.

    \b
    applicability ask company.yaml
    applicability ask company.yaml --chapter 4 --lang zh
    """
    apart_from_standard_input(profile)
    rulebook = api.load_rulebook(rules, registers)
    wanted = select_measures(rulebook, measures or None, chapters or None)
    file = ProfileFile(Path(profile), rulebook)

    def begin(unknown: frozenset[str]) -> Interview:
        return Interview(file.read(), rulebook, measures=wanted, as_of=as_of, unknown=unknown, every=every)

    _Dialogue(begin, file, lang).run()


class _Dialogue:
    """The interview on standard input and output."""

    def __init__(self, begin: Callable[[frozenset[str]], Interview], file: ProfileFile, lang: Lang) -> None:
        self.interview, self.file, self.lang = begin(frozenset()), file, lang
        self._begin = begin

    def run(self) -> None:
        self._tell("start", file=shown_name(self.file.shown))
        self._tell("undecided", count=str(len(self.interview.undecided)))
        try:
            while (question := self.interview.question) is not None:
                if not self._turn(question):
                    break
            else:
                self._tell("done")
                self._ask_for_report()
        except (KeyboardInterrupt, click.Abort):
            click.echo()
            self._leave()
            click.get_current_context().exit(ExitCode.INTERRUPTED)
        self._leave()
        self._offer_report()

    def _ask_for_report(self) -> None:
        """What decides nothing and a report bears comes last: whether the entity is set up, and its name."""
        if not self.file.there:
            return
        if "planned" not in self.interview.profile.facts:
            self._ask_whether_planned()
        if not self.interview.profile.facts.get("name"):
            self._tell("name")
            line = self._line()
            if line is not None and line not in _SKIP:
                self.interview.name(line)
                self._saved()

    def _ask_whether_planned(self) -> None:
        self._tell("planned")
        while (line := self._line()) is not None and line not in _SKIP:
            planned = read_truth(_TRUTHS.get(line.lower(), line))
            if planned is not None:
                self.interview.set_up(not planned)
                self._saved()
                return
            self._tell("no_truth")

    def _offer_report(self) -> None:
        """Write the answers as a paper beside the profile, if that is wanted."""
        if not self.file.there or self.interview.question is not None or not self.interview.asked:
            return
        self._tell("report")
        while (line := self._line()) is not None and line not in _SKIP:
            if line.lower() not in _ENDINGS:
                self._tell("no_such")
                continue
            self._report(line.lower())
            return

    def _report(self, form: str) -> None:
        from applicability import decisions
        from applicability.report import whole
        from applicability.report.papers.case import case_paper  # loaded for papers only

        assessment = api.check(self.interview.profile, self.interview.rulebook, as_of=self.interview.as_of)
        paper = case_paper(whole(assessment), decisions.change(assessment).prospects)
        path = self.file.path.with_name(f"{self.file.path.stem}-report{_ENDINGS[form]}")
        give(paper, form, self.lang, str(path))
        self._tell("written", file=printable(shown_name(str(path))))

    def _turn(self, question: Question) -> bool:
        """Asks until the question is answered, skipped or left; returns whether to go on."""
        options = self.interview.options(question)
        out = self._page()
        left = not_offered(self.interview.not_offered(question), self.interview.plausibility, self.lang)
        ask(out, self.interview.rulebook, question, options, self.interview.asked + 1, self.lang, left)
        click.echo(out.text(), nl=False)
        while True:
            line = self._line()
            if line is None or line in _QUIT:
                return False
            if not line:
                continue
            if line in _WHY:
                page = self._page()
                reasons = self.interview.reasons(question)
                why(page, self.interview.rulebook, question.fact, reasons, self.lang)
                if self.interview.declaration(question).type == "activities":
                    meanings(page, self.interview.rulebook, asked_about(reasons, self.interview.rulebook), self.lang)
                click.echo(page.text(), nl=False)
            elif line[0] in _WHY and self.interview.declaration(question).type == "activities":
                page = self._page()
                found = meant_by(line[1:].strip(), options, self.interview.rulebook)
                meanings(page, self.interview.rulebook, found, self.lang)
                click.echo(page.text(), nl=False)
            elif line in _UNKNOWN:
                self.interview.pass_over()
                self._tell("passed", left=str(len(self.interview.undecided)))
                return True
            elif line in _BACK:
                if self.interview.back():
                    self._saved()
                    return True
                self._tell("first")
            elif self._take(question, options, line):
                return True

    def _take(self, question: Question, options: tuple[str, ...], line: str) -> bool:
        """Whether the line was a valid answer; if not, prints the problem."""
        declaration = self.interview.declaration(question)
        value: object = line
        if declaration.type in LISTS:
            # Names of sectors may contain commas.
            whole = declaration.type == "sector" and self.interview.rulebook.sectors.sectors_of(line)
            parts = [line] if whole else [part.strip() for part in re.split("[,，、]", line) if part.strip()]
            value = [] if line in _NONE and options else [self._named(part, options) for part in parts]
        elif options:
            value = self._named(line, options)
        if value is None or (isinstance(value, list) and None in value):
            self._tell("unclear", number=line)
            return False
        before = self.interview.facts.notes
        try:
            settled = self.interview.answer(value)
        except ProfileError as error:
            for problem in error.problems:
                click.echo(printable(f"   {problem.told_message(self.lang)}\n   {problem.told_hint(self.lang)}", "\n"))
            return False
        if not self._saved():
            return True
        for note in self.interview.facts.notes:
            if note not in before:
                page = self._page()
                page.line(note.message.of(self.lang), lead="   ")
                click.echo(page.text(), nl=False)
        self._tell("settled", count=str(settled), left=str(len(self.interview.undecided)))
        return True

    def _named(self, part: str, options: tuple[str, ...]) -> str | None:
        """The value of an option's number, or a name unchanged; None for a number that is not offered."""
        if not options or not part.isdecimal():
            return part
        # No list is that long, and Python refuses to parse thousands of digits.
        place = int(part) if len(part) < _DIGITS else 0
        return options[place - 1] if 0 < place <= len(options) else None

    def _line(self) -> str | None:
        """The line typed; None at the end of input."""
        while True:
            click.echo("> ", nl=False)
            sys.stdout.flush()
            try:
                line = sys.stdin.buffer.readline(_LONGEST)
            except OSError as error:
                raise unreadable(error) from None
            if not line:
                return None
            if (text := _text(line)) is not None:
                return text
            while len(line) == _LONGEST and not line.endswith(b"\n"):
                line = sys.stdin.buffer.readline(_LONGEST)
            self._tell("unreadable")

    def _saved(self) -> bool:
        """Saves the answers; if the file was changed by somebody else, starts again from its new content."""
        try:
            self.file.save(self.interview.profile)
        except ChangedMeanwhile:
            self._tell("changed", file=shown_name(self.file.shown))
            self.interview = self._begin(self.interview.unknown)
            return False
        return True

    def _leave(self) -> None:
        unasked = self.interview.plan.unasked
        left = len(self.interview.undecided) - len(unasked)
        if left and self.interview.question is None:
            self._tell("open", count=str(left))
        if unasked:
            page = self._page()
            page.line(unasked_line(unasked, self.interview.plausibility, self.lang), lead="   ")
            click.echo(page.text(), nl=False)
        self._limits()
        self._provisions()
        self._tell("saved" if self.file.there else "unsaved", file=shown_name(self.file.shown))

    def _limits(self) -> None:
        open_ = self.interview.limits
        if open_:
            page = self._page()
            limits(page, self.interview.rulebook, open_, self.lang)
            click.echo(page.text(), nl=False)

    def _provisions(self) -> None:
        page = self._page()
        for one in provisions_for(self.interview.facts, self.interview.rulebook):
            page.line(provision_line(one, self.interview.rulebook).of(self.lang), lead="   ")
        click.echo(page.text(), nl=False)

    def _tell(self, key: str, **slots: str) -> None:
        page = self._page()
        page.line(say(key, self.lang, **slots), lead="   ")
        click.echo(page.text(), nl=False)

    def _page(self) -> LineWriter:
        return LineWriter(width(), color(False))


def _text(line: bytes) -> str | None:
    """A line as stripped text; None if it is not valid text."""
    if len(line) == _LONGEST:
        return None
    try:
        text = line.decode(sys.stdin.encoding).removeprefix("\ufeff").strip()
    except UnicodeDecodeError:
        return None
    return None if _CONTROL.search(text) else text
