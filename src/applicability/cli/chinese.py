"""Chinese translations of click's own messages, and line breaking for Chinese help.

click looks its messages up with gettext, whose language is the process's rather than one run's, and whose catalogue is
a file. Here the two lookup functions in its modules are replaced by ones that use the language of the run; in English
they return click's own text (docs/decisions/0021).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType, ModuleType

import click
from click import core, decorators, exceptions, formatting, parser, types

from applicability.report.layout.wrap import wrap
from applicability.text import Lang

_MODULES: tuple[ModuleType, ...] = (core, decorators, exceptions, formatting, parser, types)
# By click's English message, some of them as worded by several versions.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "Usage:": "用法：",
        "Options": "选项",
        "Commands": "命令",
        "Arguments": "参数",
        "Positional arguments": "参数",
        "Show this message and exit.": "显示本帮助。",
        "default: {default}": "默认：{default}",
        "env var: {var}": "环境变量：{var}",
        "required": "必填",
        "(dynamic)": "（视情况）",
        "Aborted!": "已中断",
        "Error: {message}": "错误：{message}",
        "Try '{command} {option}' for help.": "可运行 '{command} {option}' 查看帮助",
        "Invalid value: {message}": "值无效：{message}",
        "Invalid value for {param_hint}: {message}": "{param_hint} 的值无效：{message}",
        "Missing command.": "缺少命令",
        "No such option {name!r}.": "没有选项 {name!r}。",
        "No such option: {name}": "没有选项 {name}。",
        "No such command {name!r}.": "没有命令 {name!r}",
        "Did you mean {possibility}?": "是否指 {possibility}？",
        "(Did you mean one of: {possibilities}?)": "（是否指其中之一：{possibilities}？）",
        "(Possible options: {possibilities})": "（相近的选项：{possibilities}）",
        "Got unexpected extra argument ({args})": "多出的参数：{args}",
        "Got unexpected extra arguments ({args})": "多出的参数：{args}",
        "Option {name!r} does not take a value.": "选项 {name!r} 不带值",
        "Option {name!r} requires an argument.": "选项 {name!r} 须带值",
        "Option {name!r} requires {nargs} arguments.": "选项 {name!r} 须带{nargs}个值",
        "Choose from:\n\t{choices}": "可选：\n\t{choices}",
        "{value!r} is not {choice}.": "{value!r} 不可选：只能是 {choice}",
        "{value!r} is not one of {choices}.": "{value!r} 不可选：应为 {choices} 之一",
        "{value!r} is not a valid {number_type}.": "{value!r} 不是整数",
        "{value} is not in the range {range}.": "{value} 不在范围 {range} 之内",
        "{value!r} is not a valid boolean. Recognized values: {states}": "{value!r} 不是真假值：可写 {states}",
    }
)


@functools.cache
def install(language: Callable[[], Lang]) -> None:
    """Replaces the lookup functions in click's modules, once per process."""
    for module in _MODULES:
        for name, made in (("_", _one), ("ngettext", _several)):
            if hasattr(module, name):
                setattr(module, name, made(getattr(module, name), language))


def _one(otherwise: Callable[[str], str], language: Callable[[], Lang]) -> Callable[[str], str]:
    def told(message: str) -> str:
        return (language() == "zh" and SENTENCES.get(message)) or otherwise(message)

    return told


def _several(otherwise: Callable[[str, str, int], str], language: Callable[[], Lang]) -> Callable[[str, str, int], str]:
    def told(singular: str, plural: str, count: int) -> str:
        chosen = singular if count == 1 else plural
        return (language() == "zh" and SENTENCES.get(chosen)) or otherwise(singular, plural, count)

    return told


def missing(error: click.MissingParameter) -> click.UsageError:
    """The error for a missing argument or option, whose text click builds from parts."""
    parameter = error.param
    if parameter is None:
        return error
    kind = "选项" if isinstance(parameter, click.Option) else "参数"
    choices = parameter.type.get_missing_message(parameter, error.ctx)
    named = f"缺少{kind} {parameter.get_error_hint(error.ctx)}"
    return click.UsageError(f"{named}。{choices}" if choices else named, error.ctx)


class Formatter(click.HelpFormatter):
    """Help with line breaks for Chinese, counting a character as two cells."""

    def write_text(self, text: str) -> None:
        """Writes paragraphs; one that begins with a backspace stays unwrapped."""
        room = max(self.width - self.current_indent, 11)
        told = ("".join(f"{line}\n" for line in self._paragraph(part, room)) for part in text.split("\n\n"))
        self.write("\n".join(told))

    def _paragraph(self, text: str, room: int) -> Iterator[str]:
        indent = " " * self.current_indent
        first, _, rest = text.partition("\n")
        lines = rest.split("\n") if first.strip() == "\b" else wrap("".join(text.split("\n")), room)
        return (f"{indent}{line}".rstrip() for line in lines)

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Writes the usage line; the Chinese colon includes its own space."""
        super().write_usage(prog, args, SENTENCES["Usage:"] if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Writes the heading of a section."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Writes two columns: names, which are ASCII, and their meanings."""
        rows = list(rows)
        first = min(max((len(name) for name, _ in rows), default=0), col_max) + col_spacing
        room = max(self.width - first - self.current_indent, 10)
        indent = " " * self.current_indent
        for name, meaning in rows:
            lines = wrap(meaning, room)
            head = f"{indent}{name}"
            if len(name) > first - col_spacing:
                self.write(f"{head}\n")
                head = ""
            for line in lines:
                self.write(f"{head:<{first + self.current_indent}}{line}\n")
                head = ""
