"""What a screening says of the columns of a register: lists that count as complete, and columns that may be facts."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.bulk.job import Job, Summary
from applicability.bulk.sources.headings import clean, cut
from applicability.messages import listed
from applicability.model.headings import plain
from applicability.model.partial import YES
from applicability.text import Text

# Columns that are told of each.
_SHOWN = 8


def column_notices(job: Job, summary: Summary) -> Iterator[Text]:
    """The notices, in both languages."""
    lists = [one.split("\t", 1) for one in summary.lists][:_SHOWN]
    if lists:
        names = listed(f"`{cut(clean(heading))}`" for heading, _ in lists)
        parts = listed(dict.fromkeys(f"`{fact}.{YES}`" for _, fact in lists))
        yield Text(
            f"{names.zh} 按完整清单读取，未写的视为没有；只写了一部分的，列名改为 {parts.zh}",
            f"{names.en} counted as complete: what is not listed there is taken not to be so; where a column "
            f"lists only a part, call it {parts.en}",
        )
    may_be = job.rulebook.headings.may_be
    near = [(clean(one), may_be[plain(one)]) for one in summary.ignored if plain(one) in may_be][:_SHOWN]
    if near:
        zh = "、".join(f"`{cut(heading)}` 为 `{column}`" for heading, column in near)
        en = ", ".join(f"`{cut(heading)}` as `{column}`" for heading, column in near)
        first = f"`{cut(near[0][0])}: {near[0][1]}`"
        yield Text(
            f"可能是事实而未读取的列：{zh}；要读取的，按此改列名，或写入 --mapping（{first}），"
            "所用的词见 `applicability facts`",
            f"columns that may hold facts and were not read: {en}; to read one, rename it so or say it in --mapping "
            f"({first}); `applicability facts` has the words",
        )
