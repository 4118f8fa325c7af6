"""Base of commands: help and errors in the language of the run, and the right exit code."""

from __future__ import annotations

import inspect
import os
from collections.abc import Mapping
from typing import Any

import click

from applicability.cli.exit_codes import ExitCode, code_of
from applicability.cli.language import bad, language, misused
from applicability.cli.output import narrate
from applicability.cli.root_help import HELP_HELP
from applicability.credentials import without_secrets
from applicability.errors import ApplicabilityError, ArgumentError, Location, Problem, ProfileError
from applicability.files import descriptor_of, is_standard_input, is_text
from applicability.messages import reason_of
from applicability.text import Lang, Text, of_one

# The parameters that name files or folders to read, and the one that names the output.
READ = ("profile", "profiles", "companies", "key_file", "cases", "old", "new", "rules", "mapping", "registers",
        "old_registers", "new_registers")  # fmt: skip
OUTPUT = "output"
# Where a context keeps the arguments as they were given.
GIVEN = "applicability.given"
# All parameters that name files to write, and all that name files.
WRITTEN = (OUTPUT, "file", "rejects", "notes", "facts", "summary", "picture")
_FILES = (*READ, *WRITTEN)
# The extensions of files read from a folder of rules, cases or profiles.
_RULE_FILES = (".yaml", ".yml", ".json", ".csv", ".txt")
_PIECES = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
_PROBLEMS = Text("共 {count} 处须改正", "{count} problems to fix")


class Context(click.Context):
    """A context that formats Chinese help with Chinese line breaking."""

    def make_formatter(self) -> click.HelpFormatter:
        """The formatter for help."""
        if language() == "zh":
            from applicability.cli.chinese import Formatter  # not needed in English

            return Formatter(width=self.terminal_width, max_width=self.max_content_width)
        return super().make_formatter()


class Bilingual(click.Command):
    """A command with help in both languages: the docstring, and `zh`. Examples come from the docstring."""

    context_class = Context

    def __init__(self, *args: Any, zh: str, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.zh = zh

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Parses the arguments."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.MissingParameter as error:
            if language() != "zh":
                raise
            from applicability.cli.chinese import missing

            raise missing(error) from None
        except click.UsageError as error:
            error.message = without_secrets(error.message)  # type: ignore[misc]  # click repeats arguments
            raise

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What follows the name in the usage line."""
        pieces = super().collect_usage_pieces(ctx)
        return [_PIECES.get(piece, piece) for piece in pieces] if language() == "zh" else pieces

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The `--help` option, which click creates once."""
        found = super().get_help_option(ctx)
        if found is not None:
            found.help = HELP_HELP.of(language())
        return found

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the description."""
        if language() != "zh":
            super().format_help_text(ctx, formatter)
            return
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join((self.zh, *self.examples)))

    @property
    def examples(self) -> tuple[str, ...]:
        """The unwrapped paragraphs of the docstring; each begins with a backspace."""
        return tuple(part for part in inspect.cleandoc(self.help or "").split("\n\n") if part.startswith("\b"))


class Command(Bilingual):
    """A command that reports all problems of the user's input, and exits with their exit code."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parses the arguments, and keeps them as they were given."""
        ctx.meta[GIVEN] = tuple(args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command."""
        try:
            self._refuse_what_is_no_text(ctx)
            apart_from_inputs(ctx.params)
            return super().invoke(ctx)
        except ArgumentError as error:
            raise self._usage_error(error) from None
        except ApplicabilityError as error:
            tell(error, language())
            ctx.exit(code_of(error))
        except OSError as error:
            if error.filename is None or isinstance(error, BrokenPipeError):
                raise
            file, why = os.fsdecode(error.filename), reason_of(error)
            what = Text(f"无法打开：{why.zh}", f"cannot be opened: {why.en}")
            hint = Text("检查文件名和权限", "check its name and permissions")
            tell(ProfileError([Problem("P001", Location(file), what, hint)]), language())
            ctx.exit(ExitCode.INPUT)

    def _refuse_what_is_no_text(self, ctx: click.Context) -> None:
        """Rejects arguments with bytes that are not UTF-8, except names of files."""
        for param in self.params:
            value = ctx.params.get(param.name or "")
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, str) and param.name not in _FILES and not is_text(one):
                    shown = one.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
                    what = Text(f"`{shown}` 不是 UTF-8 文本", f"`{shown}` is not UTF-8 text")
                    raise click.BadParameter(what.of(language()), ctx, param)

    def _usage_error(self, error: ArgumentError) -> click.UsageError:
        """The first problem of an ArgumentError, as a usage error of its option."""
        problem = error.problems[0]
        what = Text(problem.told_message("zh"), problem.told_message("en"))
        option = next((one.opts[0] for one in self.params if one.name == problem.location.file), None)
        return misused(what) if option is None else bad(option, what)


def apart_from_inputs(params: Mapping[str, Any]) -> None:
    """Rejects an output that would overwrite an input of the same run. Raises click.UsageError."""
    for name in WRITTEN:
        apart_from_standard_input(params.get(name))
    output = params.get(OUTPUT)
    if not output or output == "-":
        return
    from pathlib import Path  # costs start-up time; most results go to standard output

    if descriptor_of(Path(output)) is not None:
        return
    written = Path(output).resolve()
    for name in READ:
        value = params.get(name)
        for read in value if isinstance(value, tuple) else (value,):
            if not isinstance(read, str) or read == "-":
                continue
            place = Path(read).resolve()
            inside = place in written.parents and written.suffix in _RULE_FILES and written.exists() and place.is_dir()
            if (written == place and not place.is_dir()) or inside:
                raise _takes_the_place(output)


def apart_from_standard_input(written: object) -> None:
    """Rejects a file to write that is standard input as well. Raises click.UsageError."""
    if isinstance(written, str) and written != "-" and is_standard_input(written):
        from pathlib import Path

        if descriptor_of(Path(written)) is None:
            raise _takes_the_place(written)


def _takes_the_place(output: str) -> click.UsageError:
    return misused(
        Text(
            f"`{output}` 会覆盖所读的文件：请另起文件名",
            f"`{output}` would take the place of what is read: give it a name of its own",
        )
    )


def tell(error: ApplicabilityError, lang: Lang) -> None:
    """Prints every problem on standard error as `file:line:column: CODE message` and a hint, in that language."""
    from applicability.report.layout.wrap import printable  # only needed for errors

    for problem in error.problems:
        narrate(printable(problem.told(lang), keep="\n"))
    if len(error.problems) > 1:
        narrate(of_one(_PROBLEMS.of(lang).format(count=len(error.problems))))
