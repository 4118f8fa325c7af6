"""The command line. Commands parse and print; they decide nothing."""

from __future__ import annotations

import gc
import os
import sys

from applicability.cli.exit_codes import ExitCode
from applicability.cli.streams import give_up, stand_in, use_utf8


def main() -> None:
    """Runs the command line and exits with one of `exit_codes`."""
    gc.disable()  # short-lived process: garbage collection costs a tenth of its time for nothing
    stand_in()
    use_utf8()
    code: int | str | None = ExitCode.FAULT
    try:
        code = _answered()
        if code is None:
            from applicability.cli.run import run  # loads click, which quick answers do not need

            code = run()
    except SystemExit as ended:
        code = ended.code
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # already reported, or there is nobody to report it to
            give_up(number)
    gc.freeze()  # the collection at the interpreter's end has nothing to do
    sys.exit(code)


def _answered() -> int | None:
    """Answer what needs no click; returns the exit code, or None for whatever else is asked."""
    from applicability.cli.quick import answer

    text = answer(sys.argv[1:], os.environ)
    if text is None:
        return None
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        give_up(1)
        return ExitCode.PIPE_CLOSED
    except OSError as error:
        from applicability.cli.language import speaking
        from applicability.cli.run import unwritten_answer

        with speaking(sys.argv[1:]):
            return unwritten_answer(error)
    return ExitCode.DECIDED
