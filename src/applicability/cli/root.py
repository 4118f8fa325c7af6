"""The command `applicability`. A subcommand is imported when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from applicability.cli.command import Bilingual
from applicability.cli.exit_codes import epilog
from applicability.cli.language import language, speaking
from applicability.cli.options import option, silent_lang_option
from applicability.cli.root_help import COMMANDS, COMMANDS_TITLE, MAX_WIDTH, SUMMARY, VERSION_HELP
from applicability.messages import did_you_mean, listed
from applicability.text import Text

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


class LazyGroup(Bilingual, click.Group):
    """A group that imports a command when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"applicability.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table, without importing anything."""
        with formatter.section(COMMANDS_TITLE.of(language())):
            formatter.write_dl([(name, told.of(language())) for name, told in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes the exit codes."""
        self.epilog = epilog(language())
        super().format_epilog(ctx, formatter)

    def main(self, args: Sequence[str] | None = None, *more: Any, **settings: Any) -> Any:
        """Runs a command line, in the language it asks for."""
        given = list(sys.argv[1:] if args is None else args)
        with speaking(given):
            return super().main(given, *more, **settings)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, without importing any."""
        from click.shell_completion import CompletionItem

        found = [
            CompletionItem(n, help=told.of(language())) for n, told in COMMANDS.items() if n.startswith(incomplete)
        ]
        return [*found, *click.Command.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for an unknown one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            raise click.UsageError(_no_command(args[0]), ctx) from None


def _no_command(name: str) -> str:
    """The message for an unknown command, with the nearest known one."""
    known = listed(COMMANDS)
    hint = did_you_mean(name, COMMANDS) or Text(f"可用的命令有{known.zh}", f"the commands are {known.en}")
    return Text(f"没有命令 `{name}`：{hint.zh}", f"there is no command `{name}`: {hint.en}").of(language())


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib import metadata  # only needed for this option

        try:
            number = metadata.version("applicability")
        except metadata.PackageNotFoundError:
            number = Text("（从源代码运行，未安装）", "(run from its source, not installed)").of(language())
        click.echo(f"applicability {number}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    zh=SUMMARY.zh,
    help=SUMMARY.en,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": MAX_WIDTH},
)
@silent_lang_option
@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help=VERSION_HELP,
)
def root() -> None:
    """Which openings of China's services pilots an enterprise can use, on what terms, and why not the others."""
