"""What of a whole register its summary tells, beside what the source passed over."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.bulk.job import Summary
from applicability.bulk.sources.headings import clean
from applicability.text import Surface, SurfaceText, Text

_REGISTERED = SurfaceText(
    "有{companies}家没有写明在哪里办理业务：`{column}` 只说明在哪里注册，写明所在地之前什么都不能据此判断，"
    "之后也只据此判断是否在当地注册。都在注册地办理业务的，加 `--set city=registered_in`",
    "no column tells where {companies} companies do business: `{column}` tells where they are registered, which "
    "settles nothing without that, and with it only whether they are registered there. If they all do business where "
    "they are registered, add `--set city=registered_in`",
    Text(
        "有{companies}家没有写明在哪里办理业务：`{column}` 只说明在哪里注册，写明所在地之前什么都不能据此判断，"
        "之后也只据此判断是否在当地注册。请另加一列“城市”写明；注册地与此相同的，照抄即可",
        "no column tells where {companies} companies do business: `{column}` tells where they are registered, which "
        "settles nothing without that, and with it only whether they are registered there. Add a column `city` that "
        "tells it, the same place again where it is that one",
    ),
)


def notices(summary: Summary, surface: Surface) -> Iterator[Text]:
    """What the rows of a register together come to, as that surface says it."""
    said = _REGISTERED.on(surface)
    for column, count in summary.registered.items():
        told = {"companies": f"{count:,}", "column": clean(column)}
        yield Text(said.zh.format(**told), said.en.format(**told))
