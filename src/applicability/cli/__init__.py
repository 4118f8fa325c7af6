"""The command line. Commands parse and print; they decide nothing."""

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
    """Runs the command line and exits with one of `exit_codes`."""
    gc.disable()  # short-lived process: garbage collection costs a tenth of its time for nothing
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
        except OSError:  # already reported, or there is nobody to report it to
            give_up(number)
    sys.exit(code)


def _run() -> int:
    """Runs it, and makes sure that all its output has been written."""
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
        give_up(1)  # click noticed that the reader is gone, and replaced the stream
        return ExitCode.PIPE_CLOSED
    except OSError as error:
        if error.filename is not None:
            raise
        give_up(1)
        return _shown(unwritten(None, error))


def _shown(error: click.ClickException) -> int:
    """Shows an error, if the stream still works; returns the exit code."""
    with contextlib.suppress(OSError):
        error.show()
    return error.exit_code
