"""The command `applicability`. A subcommand is imported when it is called."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

import click

from applicability.cli.command import Bilingual
from applicability.cli.exit_codes import epilog
from applicability.cli.language import language, speaking
from applicability.cli.options import option, silent_lang_option
from applicability.messages import did_you_mean, listed
from applicability.text import Text

_TITLE = Text("命令", "Commands")
# Name, and a one-line description. Its module is `applicability.cli.NAME`.
COMMANDS = MappingProxyType(
    {
        "check": Text("检查一份档案：哪些可适用，其余为何不适用", "What a profile can use, and why not the rest"),
        "ask": Text("问答：只问仍有影响的，最有用的先问", "An interview: only what still matters, best question first"),
        "change": Text("怎样才能适用，由谁来做", "What would open a measure, and whose it is to do"),
        "compare": Text(
            "并列比较：不同地方、功能区、取值、档案或日期",
            "Alternatives side by side: places, zones, values, profiles, days",
        ),
        "screen": Text("批量筛查企业名册", "A whole register of companies at once"),
        "compile": Text("把规则编译为 SQL 或 Polars 表达式", "The rules as SQL or Polars expressions"),
        "map": Text("各地可适用任务一览：在哪里、对谁", "Places by measures: where each can be open, and to whom"),
        "diff": Text(
            "两个规则库、登记册或日期的判断有何不同", "What two rulebooks, registers or days decide differently"
        ),
        "show": Text("查看一项任务：原文、范围、条件、疑点", "One measure: its words, scope, conditions, doubts"),
        "places": Text("按任何名称查找地方和功能区", "Search places and zones by any name"),
        "facts": Text("档案可填的事实及其取值", "The facts and words that a profile may use"),
        "lint": Text("检查规则库有何错误，如何改正", "What is wrong with a rulebook, and how to mend it"),
        "test": Text("运行案例：档案及其预期结果", "Run cases: profiles with the verdicts expected"),
        "coverage": Text("文件原文由哪些规则引用", "Which words of the documents are claimed by which rule"),
        "init": Text("生成带说明的档案模板", "Write a commented profile to start from"),
        "schema": Text(
            "输出档案、结果或规则文件的 JSON Schema", "The JSON Schema of a profile, an assessment or a rule file"
        ),
        "completion": Text("输出 bash、zsh 或 fish 的补全脚本", "Shell completion for bash, zsh or fish"),
    }
)


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
        """Writes the table of commands, without importing them."""
        with formatter.section(_TITLE.of(language())):
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
            number = "(run from its source, not installed)"
        click.echo(f"applicability {number}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    zh="企业可以适用服务业扩大开放综合试点的哪些任务，条件如何，其余为何不适用。",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@silent_lang_option
@option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_version,
    help=Text("显示版本。", "Show the version and exit."),
)
def root() -> None:
    """Which openings of China's services pilots an enterprise can use, on what terms, and why not the others."""
