"""The problems of a profile's findings and limits, in both languages."""

from __future__ import annotations

from applicability.loading.profile.mistake import Mistake
from applicability.text import SurfaceText, Text


def no_findings() -> Mistake:
    """Findings that are not a mapping."""
    return Mistake(
        "P102",
        Text("`determinations` 应为逐项写明的认定", "`determinations` is a mapping"),
        Text("写作 `determinations: {22.specific-area: true}`", "write `determinations: {22.specific-area: true}`"),
    )


def unknown_finding(key: object, is_limit: bool, near: Text | None) -> Mistake:
    """A finding that no row asks for; for a limit, the hint says where it belongs."""
    hint = SurfaceText(
        "`applicability show ROW` 列出一行中须经认定的事项",
        "`applicability show ROW` names the judgements of a row",
        Text("网页“全部措施”列出每一行中须经认定的事项", "the page “All measures” names the judgements of each row"),
    )
    if is_limit:
        near = Text("这是一项限制：写在 `limits` 之下", "it is a limit: write it under `limits`")
    what = Text(f"没有哪一行须由主管部门认定 `{key}`", f"no row leaves `{key}` to an authority")
    return Mistake("P109", what, near or hint)


def no_limits() -> Mistake:
    """Limits that are not a mapping, or an empty one."""
    return Mistake(
        "P102",
        Text("`limits` 应逐项写明是否遵守", "`limits` is a mapping that says of limits whether they are kept"),
        Text(
            "写作 `limits: {57.taiwan: true}`；未定的不写，全部未定就不写 `limits`",
            "write `limits: {57.taiwan: true}`; leave out what is not decided, and `limits` where nothing is",
        ),
    )


def unknown_limit(key: object, is_finding: bool, near: Text | None) -> Mistake:
    """A limit that no row sets; for a judgement, the hint says where it belongs."""
    hint = SurfaceText(
        "`applicability facts limits` 列出各项限制",
        "`applicability facts limits` lists the limits",
        Text("网页“全部措施”列出每一行的限制", "the page “All measures” lists the limits of each row"),
        Text("`search_limits` 列出各项限制", "`search_limits` lists the limits"),
    )
    if is_finding:
        near = Text(
            "这须由主管部门认定：写在 `determinations` 之下", "an authority finds it: write it under `determinations`"
        )
    return Mistake("P111", Text(f"没有名为 `{key}` 的限制", f"no row sets the limit `{key}`"), near or hint)
