"""The command line. Commands translate, they never decide."""

from __future__ import annotations

import gc
import sys

import click

from applicability.cli.exit_codes import ExitCode
from applicability.cli.output import use_utf8
from applicability.cli.root import root


def main() -> None:
    """Run the command line and leave with one of `exit_codes`."""
    gc.disable()  # the process lives for one answer: collecting garbage costs a tenth of it and frees nothing it needs
    use_utf8()
    try:
        code = root.main(prog_name="applicability", standalone_mode=False)
    except click.Abort:
        sys.exit(ExitCode.INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    sys.exit(code if isinstance(code, int) else ExitCode.DECIDED)
