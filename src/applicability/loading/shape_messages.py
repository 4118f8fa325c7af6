"""Translates pydantic's error messages to Chinese; the English ones are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from applicability.text import Text

# The type of an error of a shape's own rule: its context is the message, `zh` and `en`.
RULE = "rule"
# By the type of the error, with the slots of its context. An unlisted type gets a general message.
_CHINESE: Mapping[str, str] = {
    "string_type": "应为文本",
    "string_too_short": "至少{min_length}个字符",
    "string_pattern_mismatch": "不符合格式 `{pattern}`",
    "list_type": "应为列表",
    "dict_type": "应由逐项写明的键组成",
    "model_type": "应由逐项写明的键组成",
    "model_attributes_type": "应由逐项写明的键组成",
    "too_short": "至少{min_length}项",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "decimal_type": "应为数字",
    "decimal_parsing": "应为数字",
    "greater_than_equal": "不得小于{ge}",
    "date_type": "应为日期，如 2026-01-31",
    "date_parsing": "应为日期，如 2026-01-31",
    "date_from_datetime_parsing": "应为日期，如 2026-01-31",
    "date_from_datetime_inexact": "应为日期，如 2026-01-31",
    "literal_error": "不在可填的值之内",
}


def misfit(name: str, detail: Mapping[str, Any]) -> Text:
    """The message of one pydantic error about the key of that name."""
    message = str(detail["msg"])
    chinese = _CHINESE.get(detail["type"], "写法不对").format(**detail.get("ctx", {}))
    return Text(f"`{name}`：{chinese}", f"`{name}`: {message[:1].lower()}{message[1:]}")


def expected(context: Mapping[str, Any]) -> Text:
    """The expected values, if pydantic gives them."""
    if "expected" not in context:
        return Text("写法见规则文件的格式说明", "see the guide on the files' format")
    words = str(context["expected"])
    return Text(f"应为 {words.replace(' or ', ' 或 ').replace(', ', '、')}", f"expected {words}")
