"""Texts shared by errors, in both languages: nearest words, reasons why a file cannot be opened.

Texts of a single error are where it is raised. In Chinese, English messages from libraries or the system are quoted.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping

from applicability.errors import SIMILAR, nearest
from applicability.text import Text

_REASONS: Mapping[int, str] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENOSPC: "磁盘空间已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EIO: "读写出错",
}


_MEANT = "是否指"

# Where the type of a zone goes that is not in the list; a workbook says which of its sheets has the types.
TYPE_OF_ZONE = Text(
    "在“{types}”列（没有的另加）写明其类型",
    "write its type in the column “{types}” (to be added where there is none)",
)


def type_of_zone(types: Text) -> Text:
    """Where the type of a zone goes that is not in the list; `types` is the label of types of zone."""
    return Text(TYPE_OF_ZONE.zh.format(types=types.zh), TYPE_OF_ZONE.en.format(types=types.en))


def did_you_mean(word: str, known: Iterable[str], limit: int = 3, least: float = SIMILAR) -> Text | None:
    """A hint naming the nearest known words, or None when none is near; `least` is how similar they are, from 0 to 1.

    >>> did_you_mean("ciyt", ["city", "zones"]).zh
    '是否指 `city`？'
    """
    return is_meant(nearest(word, known, limit, least))


def is_meant(words: Iterable[str]) -> Text | None:
    """A hint that asks whether one of some words is meant; None where there is none."""
    names = [f"`{name}`" for name in words]
    if not names:
        return None
    *most, last = names
    return Text(f"{_MEANT} {'、'.join(most)}{' 或 ' if most else ''}{last}？", f"did you mean {' or '.join(names)}?")


def asks_what_is_meant(hint: Text | None) -> bool:
    """Whether a hint begins with the question of `is_meant`."""
    return hint is not None and hint.zh.startswith(_MEANT)


def listed(names: Iterable[str], between: str = "、") -> Text:
    """Joins names, in Chinese with `between`, since names may contain the usual separator themselves."""
    shown = tuple(names)
    return Text(between.join(shown), ", ".join(shown))


def not_installed(library: str) -> Text:
    """The text for a library that is not installed."""
    return Text(f"没有安装 `{library}`", f"`{library}` is not installed")


def install(extra: str) -> Text:
    """How to install the libraries of an extra."""
    command = f"pip install 'applicability[{extra}]'"
    return Text(f"运行：{command}", f"run: {command}")


def no_column(heading: str, headings: Iterable[str]) -> tuple[Text, Text]:
    """The message and hint for a register without a column of that heading; `headings` are those it has."""
    shown = tuple(headings)
    own = listed(shown)
    hint = did_you_mean(heading, shown) or Text(f"名册的列有{own.zh}", f"it has {own.en}")
    return Text(f"名册没有 `{heading}` 列", f"the register has no column `{heading}`"), hint


def reason_of(error: OSError) -> Text:
    """Why the system refuses a file."""
    if error.errno == errno.EBADF:  # only streams that the caller has closed have no file
        return Text("已关闭", "it is closed")
    words = error.strerror or type(error).__name__
    return Text(_REASONS.get(error.errno or 0, f"“{words}”"), words)


def first_line(error: BaseException) -> str:
    """The first line of a library's error message."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
