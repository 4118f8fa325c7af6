"""The command line. Commands translate, they never decide."""

from __future__ import annotations

import contextlib
import gc
import sys

import click

from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import speaking
from applicability.cli.output import unwritten
from applicability.cli.root import root
from applicability.cli.streams import give_up, stand_in, use_utf8


def main() -> None:
    """Run the command line and leave with one of `exit_codes`."""
    gc.disable()  # the process lives for one answer: collecting garbage costs a tenth of it and frees nothing it needs
    stand_in()
    use_utf8()
    code: int | str | None = ExitCode.FAULT
    try:
        with speaking(sys.argv[1:]):
            code = _run()
    except SystemExit as ended:
        code = ended.code
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # it has been told, or nobody can be told
            give_up(number)
    gc.freeze()  # the last collection, as the interpreter ends, finds nothing to look at
    sys.exit(code)


def _run() -> int:
    """Run it, and see that all that it said has been written."""
    stdout = sys.stdout
    try:
        code = root.main(prog_name="applicability", standalone_mode=False)
        sys.stdout.flush()
        return code if isinstance(code, int) else ExitCode.DECIDED
    except click.Abort:
        return ExitCode.INTERRUPTED
    except click.ClickException as error:
        return _shown(error)
    except BrokenPipeError:
        give_up(1)
        return ExitCode.PIPE_CLOSED
    except SystemExit:
        if sys.stdout is stdout:
            raise
        give_up(1)  # click has found that nobody reads any more, and put something in the place of the stream
        return ExitCode.PIPE_CLOSED
    except OSError as error:
        if error.filename is not None:
            raise
        give_up(1)
        return _shown(unwritten(None, error))


def _shown(error: click.ClickException) -> int:
    """Tell an error, if anybody can still be told; returns the exit code."""
    with contextlib.suppress(OSError):
        error.show()
    return error.exit_code
