"""The command line. Commands translate, they never decide."""

from __future__ import annotations

import gc
import os
import sys

from applicability.cli.exit_codes import ExitCode
from applicability.cli.streams import give_up, stand_in, use_utf8


def main() -> None:
    """Run the command line and leave with one of `exit_codes`."""
    gc.disable()  # the process lives for one answer: collecting garbage costs a tenth of it and frees nothing it needs
    stand_in()
    use_utf8()
    code: int | str | None = ExitCode.FAULT
    try:
        code = _answered()
        if code is None:
            from applicability.cli.run import run  # click, which the shortest answers do without

            code = run()
    except SystemExit as ended:
        code = ended.code
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except OSError:  # it has been told, or nobody can be told
            give_up(number)
    gc.freeze()  # the last collection, as the interpreter ends, finds nothing to look at
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
