"""What the commands share: their options, the language, and how problems are told."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from applicability.cli.exit_codes import code_of
from applicability.cli.language import bad, language, locale_language, misused
from applicability.cli.output import narrate
from applicability.errors import ApplicabilityError, ArgumentError
from applicability.files import descriptor_of
from applicability.text import Lang, Text

F = TypeVar("F", bound=Callable[..., Any])

# The parameters of commands that name files or folders to read, and the one that names where the result goes.
READ = ("profile", "profiles", "companies", "cases", "old", "new", "rules", "mapping", "register", "old_register",
        "new_register")  # fmt: skip
OUTPUT = "output"
# What a folder of rules, cases or profiles is read for.
_RULE_FILES = (".yaml", ".yml", ".json", ".csv", ".txt")
_PROBLEMS = Text("共 {count} 处须改正", "{count} problems to mend")


class Command(click.Command):
    """A command that tells a user's mistakes, all of them, and leaves with their exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        try:
            apart_from_inputs(ctx.params)
            return super().invoke(ctx)
        except ArgumentError as error:
            raise self._usage_error(error) from None
        except ApplicabilityError as error:
            tell(error, language())
            ctx.exit(code_of(error))

    def _usage_error(self, error: ArgumentError) -> click.UsageError:
        """The first problem of an argument, as one of the option that gave it."""
        problem = error.problems[0]
        what = Text(problem.told_message("zh"), problem.told_message("en"))
        option = next((one.opts[0] for one in self.params if one.name == problem.location.file), None)
        return misused(what) if option is None else bad(option, what)


def apart_from_inputs(params: Mapping[str, Any]) -> None:
    """Refuse a result that would take the place of a file that the same run reads. Raises click.UsageError."""
    output = params.get(OUTPUT)
    if not output or output == "-" or descriptor_of(Path(output)) is not None:
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
                raise misused(
                    Text(
                        f"`{output}` 会覆盖所读的文件：请另起文件名",
                        f"`{output}` would take the place of what is read: give it a name of its own",
                    )
                )


def tell(error: ApplicabilityError, lang: Lang) -> None:
    """Every problem, on standard error, as `file:line:column: CODE message` and a hint, in that language."""
    from applicability.report.layout.wrap import printable  # needed only on the way to an error

    for problem in error.problems:
        narrate(printable(problem.told(lang), keep="\n"))
    if len(error.problems) > 1:
        narrate(_PROBLEMS.of(lang).format(count=len(error.problems)))


def as_day(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime.date | None:
    """A calendar day as written YYYY-MM-DD, for an option's callback."""
    if value is None:
        return None
    try:
        if len(value) != 10:
            raise ValueError
        return datetime.date.fromisoformat(value)
    except ValueError:
        what = Text(f"`{value}` 不是日期：写作 2026-01-31", f"`{value}` is not a date: write it as 2026-01-31")
        raise click.BadParameter(what.of(language()), ctx, param) from None


def as_of_option(function: F) -> F:
    """`--as-of`, by default the profile's own day, or today in Beijing."""
    return click.option(
        "--as-of",
        metavar="DATE",
        default=None,
        callback=as_day,
        help="The day asked about [default: the profile's, or today in Beijing].",
    )(function)


def text_or_json_option(function: F) -> F:
    """`--format text|json`."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Form of the result.",
    )(function)


def lang_option(function: F) -> F:
    """`--lang`, by default the locale's. It is read before the others, so that their mistakes are told in it."""
    return click.option(
        "--lang",
        is_eager=True,
        type=click.Choice(["zh", "en"]),
        default=locale_language,
        show_default="the locale's",
        help="Language of the result.",
    )(function)


def rules_option(function: F) -> F:
    """`--rules`, by default the rulebook that comes with the package."""
    return click.option(
        "--rules", metavar="DIR", default=None, help="Another rulebook than the one that comes with the package."
    )(function)


def register_option(function: F) -> F:
    """`--register`, a user's own public steps; all that are named are read."""
    return click.option(
        "--register",
        "registers",
        metavar="FILE",
        multiple=True,
        help="A file of further public steps, such as a city's task list; may be given several times.",
    )(function)


def output_option(function: F) -> F:
    """`-o`, by default standard output."""
    return click.option(
        "-o", "--output", metavar="FILE", default=None, help="Write the result to a file, whole or not at all."
    )(function)
