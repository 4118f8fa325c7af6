"""Exit codes, by name: the one table that the program, its help and the docs use."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType

from applicability.text import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from applicability.errors import ApplicabilityError
    from applicability.text import Lang


class ExitCode(IntEnum):
    """The exit code of the process."""

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
        ExitCode.DECIDED: Text("已给出答案，不论内容", "an answer was given, whatever it is"),
        ExitCode.FAULT: Text("程序出错：请报告", "an internal error: please report it"),
        ExitCode.USAGE: Text("命令行有误", "the command line was not understood"),
        ExitCode.INPUT: Text(
            "档案、--set 的值或登记文件无法读取",
            "the profile, a --set value or a register file cannot be read as given",
        ),
        ExitCode.RULEBOOK: Text(
            "规则文件有误或须改正，或没有规则库",
            "a rule file is broken or has a problem, or there is no rulebook",
        ),
        ExitCode.DISAGREEMENT: Text(
            "两个引擎的结果不同：不给答案", "two engines gave different verdicts: no answer is given"
        ),
        ExitCode.ENGINE: Text(
            "所选的引擎在此不能使用，或运行失败", "the engine asked for is not available here, or failed"
        ),
        ExitCode.OUTPUT: Text("结果无法写入", "the result could not be written"),
        ExitCode.CASES: Text("有案例与预期不符", "a case failed"),
        ExitCode.DIFFERENCE: Text("`diff --exit-code` 发现差异", "`diff --exit-code` found a difference"),
        ExitCode.HUNG_UP: Text("筛查期间终端已断开", "the terminal was closed during a screening"),
        ExitCode.INTERRUPTED: Text("已由键盘中断", "interrupted from the keyboard"),
        ExitCode.PIPE_CLOSED: Text("输出的读取方已退出", "the reader of the output closed it"),
        ExitCode.TERMINATED: Text("筛查被系统要求结束", "the system terminated a screening"),
    }
)

_TITLE = Text("退出码：", "Exit codes:")


def code_of(error: ApplicabilityError) -> ExitCode:
    """The code of an error; `fault` for one that the table does not know."""
    from applicability.errors import ArgumentError, DisagreementError, EngineError, ProfileError, RulebookError

    codes = {
        ProfileError: ExitCode.INPUT,
        RulebookError: ExitCode.RULEBOOK,
        DisagreementError: ExitCode.DISAGREEMENT,
        EngineError: ExitCode.ENGINE,
        ArgumentError: ExitCode.USAGE,
    }
    return next((code for kind, code in codes.items() if isinstance(error, kind)), ExitCode.FAULT)


def epilog(lang: Lang) -> str:
    """The table for the help."""
    rows = (f"  {code.value:>3}  {code.name.lower():<13} {told.of(lang)}" for code, told in MEANINGS.items())
    return "\n".join(("\b", _TITLE.of(lang), *rows))
