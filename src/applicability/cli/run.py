"""Runs the command line through click, and reports errors of click and of the system."""

from __future__ import annotations

import contextlib
import sys

import click

from applicability.cli.exit_codes import ExitCode
from applicability.cli.language import speaking
from applicability.cli.output import unwritten
from applicability.cli.root import root
from applicability.cli.streams import give_up
from applicability.credentials import without_secrets


def run() -> int:
    """Run it and flush the output; returns the exit code."""
    with speaking(sys.argv[1:]):
        return _run()


def _run() -> int:
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
        give_up(1)  # the reader is gone: click has replaced the stream
        return ExitCode.PIPE_CLOSED
    except OSError as error:
        if error.filename is not None:
            raise
        return unwritten_answer(error)


def unwritten_answer(error: OSError) -> int:
    """Tell that standard output cannot be written; returns the exit code."""
    give_up(1)
    return _shown(unwritten(None, error))


def _shown(error: click.ClickException) -> int:
    """Report an error on standard error, if that is open; returns the exit code."""
    error.message = without_secrets(error.message)  # type: ignore[misc]  # click repeats arguments
    with contextlib.suppress(OSError):
        error.show()
    return error.exit_code
