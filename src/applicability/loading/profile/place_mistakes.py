"""The problems of a profile's places, in both languages: unknown names, names of several places, places apart."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.loading.profile.mistake import Mistake
from applicability.text import SurfaceText, Text


def no_name(fact: str) -> Mistake:
    """A place that is a list or a mapping."""
    return Mistake(
        "P102",
        Text(f"`{fact}` 应填名称或代码", f"`{fact}` takes a name or a code"),
        Text("只写一个，如 `天津`", "write it as one text, such as `天津`"),
    )


def several_places(name: str, found: Sequence[tuple[str, Sequence[str]]]) -> Mistake:
    """An ambiguous place name; for each place its code, and its names from the province down."""
    codes = Text(
        "、".join(f"`{code}` {''.join(names)}" for code, names in found),
        ", ".join(f"`{code}` {'/'.join(names)}" for code, names in found),
    )
    return Mistake(
        "P104",
        Text(f"`{name}` 可以指多个地方", f"`{name}` names several places"),
        Text(
            f"填其中一个代码，或补充所在城市：{codes.zh}", f"write one code, or add the city: {codes.en}"
        ),
    )  # fmt: skip


def several_zones(name: str, found: Sequence[tuple[str, Sequence[str]]]) -> Mistake:
    """A name of several zones: the id of each, and its name."""
    ids = "、".join(f"`{id}` {''.join(names)}" for id, names in found)
    return Mistake(
        "P104",
        Text(f"`{name}` 可以指多个功能区", f"`{name}` names several zones"),
        Text(
            f"填所在的每一个（包含它的功能区不必另填）：{ids}",
            f"write each that it stands in (those around one need not be listed): {ids.replace('、', ', ')}",
        ),
    )


def unknown_place(name: str, near: Text | None) -> Mistake:
    """A name that is not a division."""
    return Mistake("P103", no_place(name), near or search(name))


def no_place(name: str) -> Text:
    """The text for a name that is not a place."""
    return Text(f"查不到地名 `{name}`", f"unknown place `{name}`")


def unknown_zone(name: str, near: Text | None) -> Mistake:
    """A name that is not a zone; a profile can do without."""
    found = search(name)
    listed = Text("网页“查询”列出一个城市的功能区；", "The page “Check” lists the zones of a city.")
    first = near or SurfaceText(f"{found.zh}；", f"{found.en}.", listed)
    return Mistake("P103", no_zone(name), SurfaceText(*_by_its_type(first), Text(*_by_its_type(first.on("page")))))


def _by_its_type(first: Text) -> tuple[str, str]:
    return (
        f"{first.zh}表中没有的功能区可在 `zone_types` 中填写其类型",
        f"{first.en} A zone that is not in the table can be given by its type, under `zone_types`",
    )


def no_zone(name: str) -> Text:
    """The text for a name that is not a zone."""
    return Text(f"查不到功能区 `{name}`", f"unknown zone `{name}`")


def other_place(what: Text, name: str, kind: str) -> Mistake:
    """A zone where a division is expected (`kind` is `division`), or the reverse."""
    keys = Text("`zones`", "`zones`") if kind == "division" else Text("`city` 或 `district`", "`city` or `district`")
    return Mistake("P103", what, Text(f"`{name}` 应填在 {keys.zh} 中", f"`{name}` goes under {keys.en}"))


def no_place_in_address(address: str) -> Mistake:
    """An address that begins with no place that is certain."""
    return Mistake(
        "P103",
        Text(f"地址 `{address}` 不以能确定的地名开头", f"the address `{address}` begins with no place that is certain"),
        Text(
            "以省市开头，或改写 `city` 和 `district`",
            "begin it with the province or city, or give `city` and `district`",
        ),
    )


def search(name: str) -> SurfaceText:
    """The hint for how to search for a place."""
    command = f"`applicability places {name[:2]}`"
    return SurfaceText(
        f"可用 {command} 查找",
        f"{command} searches the table",
        Text("可在网页“查询”的“城市”一栏查找", "“City” on the page “Check” searches the table"),
    )


def outside(place: str, other: str, around: Sequence[str]) -> Mistake:
    """Two places of which one should be inside the other; `around` contains the first, from the province down."""
    return Mistake(
        "P105",
        Text(f"`{place}` 不在 `{other}` 内", f"`{place}` does not lie in `{other}`"),
        Text(
            f"它位于{''.join(around)}：请改正写错的一处",
            f"it lies in {' / '.join(around)}: correct the one that is wrong",
        ),
    )


# Values ------------------------------------------------------------------------------------------------------------
