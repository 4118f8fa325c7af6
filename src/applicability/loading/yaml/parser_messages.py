"""Translates the YAML parser's error messages to Chinese; the English ones are kept."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.text import Text

# Prefixes of messages from libyaml, and from pure PyYAML where libyaml is missing, with translations.
_CHINESE: Mapping[str, str] = {
    "could not find expected ':'": "缺少冒号",
    "mapping values are not allowed": "此处不应再有“键: 值”",
    "mapping keys are not allowed": "此处不应有键",
    "block sequence entries are not allowed": "此处不应有“- ”开头的列表项",
    "sequence entries are not allowed": "此处不应有“- ”开头的列表项",
    "found a tab character": "缩进中有制表符",
    "found unexpected end of stream": "引号没有闭合，文件已到末尾",
    "found unexpected document indicator": "引号没有闭合，遇到了分隔行",
    "found unknown escape character": "双引号内有不认得的转义符",
    "did not find expected hexdecimal number": "双引号内的转义符不完整",
    "did not find expected node content": "此处缺少值",
    "did not find expected '-' indicator": "此处应为“- ”开头的列表项",
    "did not find expected key": "此处应为键",
    "did not find expected ',' or ']'": "缺少“,”或“]”",
    "did not find expected ',' or '}'": "缺少“,”或“}”",
    "expected ',' or ']'": "缺少“,”或“]”",
    "expected ',' or '}'": "缺少“,”或“}”",
    "expected <block end>": "缩进与上文不一致",
    "did not find expected <document start>": "此处应为文件的开头",
    "expected '<document start>'": "此处应为文件的开头",
    "did not find expected alphabetic or numeric character": "“&”“*”之后应为字母或数字",
    "did not find expected comment or line break": "此处应换行",
}


def syntax(what: str) -> Text:
    """The text for a parser message; an unknown one is quoted."""
    chinese = next((words for begin, words in _CHINESE.items() if what.startswith(begin)), f"“{what}”")
    return Text(f"不是有效的 YAML：{chinese}", f"not YAML: {what}")
