"""The problems of a profile's sector, in both languages."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.loading.profile.mistake import Mistake
from applicability.model.catalogue import Named
from applicability.text import SurfaceText, Text

# Where codes of sectors are found.
SEARCH = SurfaceText(
    "`applicability facts sector --search WORDS` 按代码、名称和常用说法查找",
    "`applicability facts sector --search WORDS` finds codes by number, name and everyday word",
    Text(
        "换一个说法写明做什么，如 旅行社，或填国标代码，再从列表中选",
        "say in other words what the company does (travel agency), or give its code, and choose from the list",
    ),
    Text(
        "`search_sectors` 按代码、名称和常用说法查找",
        "`search_sectors` finds codes by number, name and everyday word",
    ),
)


def several_sectors(name: str, found: Sequence[Named], around: str | None) -> Mistake:
    """A word for several sectors; `around` is the finest code that contains them all, None if there is none."""
    codes = _sectors(found)
    whole = Text(f"；都可能时写 `{around}`", f"; or `{around}`, if it may be any of them")
    if around is None:
        whole = Text("", "")
    return Mistake(
        "P104",
        Text(f"`{name}` 可以指多个行业", f"`{name}` names several sectors"),
        SurfaceText(
            f"填其中的代码：{codes.zh}{whole.zh}",
            f"write the code of the one meant: {codes.en}{whole.en}",
            Text(f"选其中一个：{codes.zh}{whole.zh}", f"choose one: {codes.en}{whole.en}"),
        ),
    )


def sector_at_odds(written: str, code: Named, named: Named) -> Mistake:
    """A code with the letter or name of another sector, or names in two languages of two sectors."""
    codes = _sectors([code, named])
    return Mistake(
        "P106",
        Text(f"`{written}`：其中的代码、门类、名称不一致", f"`{written}`: the codes, letters or names in it disagree"),
        Text(f"改正写错的一处：{codes.zh}", f"correct the one that is wrong: {codes.en}"),
    )


def unknown_sector(word: str, near: Sequence[Named]) -> Mistake:
    """A word that is not a sector's code, name or everyday word."""
    meant = _sectors(near)
    return Mistake(
        "P107",
        Text(f"没有 `{word}` 这个行业（GB/T 4754-2017）", f"unknown GB/T 4754-2017 sector `{word}`"),
        Text(f"是否指 {meant.zh}？", f"did you mean {meant.en}?") if near else SEARCH,
    )


def residual_sector(word: str, near: Sequence[Named]) -> Mistake:
    """A word for what other sectors leave over, such as 其他, which says of no sector that it is meant."""
    meant = _sectors(near)
    return Mistake(
        "P107",
        Text(f"`{word}` 没有说明是哪个行业", f"`{word}` does not say which sector"),
        Text(f"写出行业的代码或名称，例如 {meant.zh}", f"write its code or name, such as {meant.en}")
        if near
        else unknown_sector(word, ()).mend,
    )


def other_services(word: str, division: Named) -> Mistake:
    """The name of a division that is also written for any service that a list lacks."""
    code = division.code
    return Mistake(
        "P107",
        Text(
            f"`{word}` 没有说明是哪个行业：可能是第{code}大类，也可能是其他任何服务业",
            f"`{word}` does not say which sector: it may be division {code}, or any other service",
        ),
        Text(
            f"指第{code}大类（{division.zh}）的，写 `{code}`；否则写出行业的代码或名称",
            f"write `{code}` if division {code} ({division.en}) is meant, or else the code or name of the sector",
        ),
    )


def _sectors(found: Sequence[Named]) -> Text:
    return Text(
        "；".join(f"`{one.code}` {one.zh}" for one in found),
        ", ".join(f"`{one.code}` {one.en}" for one in found),
    )
