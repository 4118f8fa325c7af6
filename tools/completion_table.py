"""Writes the table for completion: `python tools/completion_table.py --write`; else says whether it is current.

What each command takes is defined where click reads it; a shell that asks is answered from this table, without loading
click. Ends with 1 where the table is not what it should be.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import click

from applicability.cli.root import root
from applicability.cli.root_help import COMMANDS

TABLE = Path(__file__).parents[1] / "src" / "applicability" / "cli" / "completion_table.py"
HEAD = '''"""What each command takes, for completion without click, as `tools/completion_table.py` writes it."""

from __future__ import annotations

# The names of an option, whether a value follows, whether it may be given again, its choices, what it does.
OptionEntry = tuple[tuple[str, ...], bool, bool, tuple[str, ...], str]
# How many values an argument takes (-1: any number), and its choices.
Argument = tuple[int, tuple[str, ...]]
Parameters = tuple[tuple[OptionEntry, ...], tuple[Argument, ...]]

'''


def parameters(command: click.Command) -> tuple[object, object]:
    """The options and the arguments of a command."""
    options, arguments = [], []
    for one in command.get_params(click.Context(command, help_option_names=["-h", "--help"])):
        choices = tuple(map(str, one.type.choices)) if isinstance(one.type, click.Choice) else ()
        if isinstance(one, click.Option):
            names = (*one.opts, *one.secondary_opts)
            if not one.hidden:
                options.append((names, not (one.is_flag or one.count), one.multiple, choices, one.help or ""))
        else:
            arguments.append((one.nargs, choices))
    return tuple(options), tuple(arguments)


def table() -> str:
    """The module, as the formatter has it."""
    commands = {}
    for name in COMMANDS:
        found = root.get_command(click.Context(root), name)
        assert found is not None
        commands[name] = parameters(found)
    plain = f"{HEAD}ROOT: Parameters = {parameters(root)!r}\nCOMMANDS: dict[str, Parameters] = {commands!r}\n"
    command = [sys.executable, "-m", "ruff", "format", "--stdin-filename", str(TABLE), "-"]
    return subprocess.run(command, input=plain, capture_output=True, text=True, check=True, encoding="utf-8").stdout


def main() -> int:
    """Write the table, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table anew")
    if parser.parse_args().write:
        TABLE.write_text(table(), "utf-8")
    elif TABLE.read_text("utf-8") != table():
        print("completion_table.py is not current: run `python tools/completion_table.py --write`")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
