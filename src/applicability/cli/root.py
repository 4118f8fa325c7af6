"""The command `applicability`. A subcommand is imported when it is called, so that none waits for the others."""

from __future__ import annotations

import importlib
from types import MappingProxyType

import click

from applicability.cli.exit_codes import epilog
from applicability.cli.language import locale_language
from applicability.messages import did_you_mean, listed
from applicability.text import Text

# Name, and what it does in one line of each language. Its module is `applicability.cli.NAME`.
COMMANDS = MappingProxyType(
    {
        "check": "What a profile can use, and why not the rest · 检查一份档案",
        "ask": "An interview: only what still matters, best question first · 问答",
        "change": "What would open a measure, and whose it is to do · 怎样才能适用",
        "compare": "Alternatives side by side: places, zones, values, profiles, days · 并列比较",
        "screen": "A whole register of companies at once · 批量筛查企业名册",
        "compile": "The rules as SQL or Polars expressions · 编译为 SQL 或 Polars",
        "map": "Places by measures: where each can be open, and to whom · 全览",
        "diff": "What two rulebooks, registers or days decide differently · 比较规则库",
        "show": "One measure: its words, scope, conditions, doubts · 查看一项任务",
        "places": "Search places and zones by any name · 查找地方和园区",
        "facts": "The facts and words that a profile may use · 档案可填写的事实",
        "lint": "What is wrong with a rulebook, and how to mend it · 检查规则库",
        "test": "Run cases: profiles with the verdicts expected · 运行案例",
        "coverage": "Which words of the documents are claimed by which rule · 原文覆盖情况",
        "init": "Write a commented profile to start from · 生成档案模板",
        "schema": "The JSON Schema of a profile, an assessment or a rule file · 输出 JSON Schema",
        "completion": "Shell completion for bash, zsh or fish · 命令补全",
    }
)


class LazyGroup(click.Group):
    """Knows its commands by name, and imports the one that is called."""

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
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the nearest command for an unknown one."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            raise click.UsageError(_no_command(args[0]), ctx) from None


def _no_command(name: str) -> str:
    """That there is no such command; before one is known, the language is the locale's."""
    known = listed(COMMANDS)
    hint = did_you_mean(name, COMMANDS) or Text(f"可用的命令有{known.zh}", f"the commands are {known.en}")
    return Text(f"没有命令 `{name}`：{hint.zh}", f"there is no command `{name}`: {hint.en}").of(locale_language())


def _version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib import metadata  # needed by this option alone

        try:
            number = metadata.version("applicability")
        except metadata.PackageNotFoundError:
            number = "(run from its source, not installed)"
        click.echo(f"applicability {number}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    epilog=epilog(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=_version, help="Show the version and exit."
)
def root() -> None:
    """Which openings of China's services pilots an enterprise can use, on what terms, and why not the others.

    企业可以适用服务业扩大开放综合试点的哪些任务，条件如何，其余为何不适用。
    """
