"""The command of a run for another sheet of its workbook, with the options that the user gave."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import click

from applicability.cli.command import GIVEN
from applicability.files import descriptor_of

_SHEET, _OUTPUT = "sheet", "output"


def command_for_sheets(ctx: click.Context, named: Collection[str]) -> Callable[[str], str]:
    """The function that gives the command for a sheet; the options `named` write files, each sheet its own."""
    from applicability.bulk.sources.sheet_notices import quoted, result_of

    given, arguments, order = ctx.command.make_parser(ctx).parse_args([*ctx.meta[GIVEN]])
    name = str(arguments[0] if arguments else ctx.params["companies"])
    shown = dict.fromkeys(one for one in order if isinstance(one, click.Option) and one.name in given)

    def command(title: str) -> str:
        words = [*(["applicability screen", quoted(name)]), "--sheet", quoted(title)]
        result = result_of(name, title)
        for option in shown:
            value: Any = given[option.name or ""]
            if option.name == _SHEET:
                continue
            if option.name == _OUTPUT:
                result = _of_sheet(str(value), title) or result
            elif option.is_flag:
                words.append(option.opts[-1])
            else:
                for one in value if isinstance(value, list) else (value,):
                    own = _of_sheet(str(one), title) if option.name in named else None
                    words += [option.opts[-1], quoted(own or str(one))]
        return " ".join([*words, *(("-o", quoted(result)) if result is not None else ())])

    return command


def _of_sheet(file: str, title: str) -> str | None:
    """The name of a file or folder with that of a sheet in it; None for what is neither, which all would share."""
    from applicability.bulk.sources.sheet_notices import as_file_name

    if file == "-" or "://" in file or descriptor_of(Path(file)) is not None:
        return None
    path, own = Path(file), as_file_name(title)
    if file.endswith("/"):
        return f"{path}-{own}/"
    return str(path.with_name(re.sub(r"(\.[^.]*)?$", lambda end: f"-{own}{end[0]}", path.name, count=1)))
