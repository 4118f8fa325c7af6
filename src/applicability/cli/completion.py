"""`applicability completion`: a script that lets the shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from applicability.cli import options as shared
from applicability.cli.command import Command
from applicability.cli.language import misused
from applicability.cli.output import emit
from applicability.text import Text

_PROGRAM, _VARIABLE = "applicability", "_APPLICABILITY_COMPLETE"


@click.command(
    "completion",
    cls=Command,
    zh="输出某种 shell 的补全脚本。",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@shared.silent_lang_option
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    eval "$(applicability completion bash)"           # in ~/.bashrc
    eval "$(applicability completion zsh)"            # in ~/.zshrc
    applicability completion fish > ~/.config/fish/completions/applicability.fish
    """
    kind = get_completion_class(shell)
    if kind is None:
        raise misused(Text(f"没有 {shell} 的命令补全", f"no completion for {shell}"))
    script = kind(ctx.find_root().command, {}, _PROGRAM, _VARIABLE)
    # Only the template: click's own `source` would first run the shell to ask for its version.
    emit(script.source_template % script.source_vars() + "\n")
