"""What mistakes of users have in common, in both languages: the words that are nearest, why a file cannot be opened.

Sentences of one mistake stand where it is found. In Chinese what a library or the system says in English stands in
quotation marks, since it is nobody's sentence of ours.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Mapping

from applicability.errors import nearest
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


def did_you_mean(word: str, known: Iterable[str], limit: int = 3) -> Text | None:
    """A hint naming the nearest known words, or None when none is near.

    >>> did_you_mean("ciyt", ["city", "zones"]).zh
    '是否指 `city`？'
    """
    names = [f"`{name}`" for name in nearest(word, known, limit)]
    if not names:
        return None
    *most, last = names
    return Text(f"是否指 {'、'.join(most)}{' 或 ' if most else ''}{last}？", f"did you mean {' or '.join(names)}?")


def listed(names: Iterable[str], between: str = "、") -> Text:
    """Names one after the other; `between` them in Chinese, where names may hold the usual mark themselves."""
    shown = tuple(names)
    return Text(between.join(shown), ", ".join(shown))


def not_installed(library: str) -> Text:
    """That a library is not installed."""
    return Text(f"没有安装 `{library}`", f"`{library}` is not installed")


def install(extra: str) -> Text:
    """How to install the libraries of an extra."""
    command = f"pip install 'applicability[{extra}]'"
    return Text(f"运行：{command}", f"run: {command}")


def no_column(heading: str, headings: Iterable[str]) -> tuple[Text, Text]:
    """That a register has no column of that heading, and how to mend it; `headings` are those that it has."""
    shown = tuple(headings)
    own = listed(shown)
    hint = did_you_mean(heading, shown) or Text(f"名册的列有{own.zh}", f"it has {own.en}")
    return Text(f"名册没有 `{heading}` 列", f"the register has no column `{heading}`"), hint


def reason_of(error: OSError) -> Text:
    """Why the system refuses a file."""
    if error.errno == errno.EBADF:  # only streams that the caller has closed are no files
        return Text("已关闭", "it is closed")
    words = error.strerror or type(error).__name__
    return Text(_REASONS.get(error.errno or 0, f"“{words}”"), words)


def first_line(error: BaseException) -> str:
    """What an error of a library says, in its own words and in one line."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
