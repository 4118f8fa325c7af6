"""Exit codes, by name: the one table that the program, its help and the docs go by."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType

from applicability.errors import (
    ApplicabilityError,
    ArgumentError,
    DisagreementError,
    EngineError,
    ProfileError,
    RulebookError,
)  # fmt: skip


class ExitCode(IntEnum):
    """What the process tells its caller."""

    DECIDED = 0
    FAULT = 1
    USAGE = 2
    INPUT = 3
    RULEBOOK = 4
    DISAGREEMENT = 5
    ENGINE = 6
    OUTPUT = 7
    CASES = 8
    DIFFERENCE = 9
    HUNG_UP = 129
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


MEANINGS = MappingProxyType(
    {
        ExitCode.DECIDED: "an answer was given, whatever it says",
        ExitCode.FAULT: "a fault of the program: please report it",
        ExitCode.USAGE: "the command line was not understood",
        ExitCode.INPUT: "the profile, a --set value or a register file cannot be read as given",
        ExitCode.RULEBOOK: "a rule file is broken or has something to mend, or there is no rulebook",
        ExitCode.DISAGREEMENT: "two engines gave different verdicts: no answer is given",
        ExitCode.ENGINE: "the engine asked for is not available here, or failed",
        ExitCode.OUTPUT: "the result could not be written",
        ExitCode.CASES: "a case did not come out as expected",
        ExitCode.DIFFERENCE: "`diff --exit-code` found a difference",
        ExitCode.HUNG_UP: "a screening was told that its terminal is gone",
        ExitCode.INTERRUPTED: "interrupted from the keyboard",
        ExitCode.PIPE_CLOSED: "the reader of the output went away",
        ExitCode.TERMINATED: "a screening was told to end by the system",
    }
)

_OF_ERRORS: tuple[tuple[type[ApplicabilityError], ExitCode], ...] = (
    (ProfileError, ExitCode.INPUT),
    (RulebookError, ExitCode.RULEBOOK),
    (DisagreementError, ExitCode.DISAGREEMENT),
    (EngineError, ExitCode.ENGINE),
    (ArgumentError, ExitCode.USAGE),
)


def code_of(error: ApplicabilityError) -> ExitCode:
    """The code of an error; `fault` for one that the table does not know."""
    return next((code for kind, code in _OF_ERRORS if isinstance(error, kind)), ExitCode.FAULT)


def epilog() -> str:
    """The table as the help shows it."""
    rows = "\n".join(f"  {code.value:>3}  {code.name.lower():<13} {meaning}" for code, meaning in MEANINGS.items())
    return f"\b\nExit codes:\n{rows}"
