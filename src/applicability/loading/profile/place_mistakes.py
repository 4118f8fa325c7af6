"""The problems of a profile's places, in both languages: unknown names, names of several places, places apart."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.loading.company.dittos import names_column
from applicability.loading.profile.mistake import Mistake
from applicability.messages import is_meant, type_of_zone
from applicability.model.places import Gazetteer
from applicability.text import Surface, SurfaceText, Text

_WITHOUT_COMMANDS: tuple[Surface, ...] = ("page", "assistant")


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
    return Mistake("P103", no_place(name), near or _no_such_place(name))


def _no_such_place(name: str) -> SurfaceText:
    """The hint for a name that no division is like; the page searches the table already while it is typed."""
    found = search(name)
    return SurfaceText(
        found.zh,
        found.en,
        Text(
            "中国内地没有叫这个名称的省、市、区县：填企业所在或将要登记的城市",
            "No city, district or county in mainland China has this name: give the city where the company is or "
            "will be registered",
        ),
        found.assistant,
    )


def part_of_zones(name: str, zones: Sequence[Text]) -> Mistake:
    """A name that is not a division and stands in those of zones."""
    zh, en = "、".join(f"“{one.zh}”" for one in zones), ", ".join(f"“{one.en}”" for one in zones)
    return Mistake(
        "P103",
        no_place(name),
        SurfaceText(
            f"功能区{zh}的名称里有它：如指功能区，填在 `zones` 中，此处填其所在城市",
            f"it stands in the name of a zone: {en}; if that is meant, give it under `zones` and here its city",
            Text(
                f"功能区{zh}的名称里有它：如指功能区，请从列表中选",
                f"it stands in the name of a zone: {en}; if that is meant, choose it from the list",
            ),
        ),
    )


def no_place(name: str) -> Text:
    """The text for a name that is not a place."""
    return Text(f"查不到地名 `{name}`", f"unknown place `{name}`")


def unknown_zone(name: str, near: Text | None) -> Mistake:
    """A name that is not a zone; a profile can do without."""
    found = search(name)
    listed = Text("从所在城市的功能区中选；", "Choose it among the zones of the city.")
    tool = found.on("assistant")
    first = near or SurfaceText(f"{found.zh}；", f"{found.en}.", listed, Text(f"{tool.zh}；", f"{tool.en}."))
    page, assistant = (Text(*_by_its_type(first.on(surface))) for surface in _WITHOUT_COMMANDS)
    return Mistake("P103", no_zone(name), SurfaceText(*_by_its_type(first), page, assistant))


def _by_its_type(first: Text) -> tuple[str, str]:
    return (
        f"{first.zh}表中没有的功能区可在 `zone_types` 中填写其类型",
        f"{first.en} A zone that is not in the table can be given by its type, under `zone_types`",
    )


def no_zone(name: str) -> Text:
    """The text for a name that is not a zone."""
    return Text(f"查不到功能区 `{name}`", f"unknown zone `{name}`")


def ditto(cell: str) -> Mistake:
    """A cell that points to another one, in another row or in another column of its own."""
    what = Text(
        f"`{cell}` 指的是另一格，名册排序、筛选后可能已不是那一格，不照抄",
        f"`{cell}` points to another cell, which sorting and filtering may have changed: it is not followed",
    )
    if names_column(cell):
        what = Text(
            f"`{cell}` 指的是同一行的另一列，但看不出该列写明何处，不照抄",
            f"`{cell}` points to another column of the row, of which the place cannot be told: it is not followed",
        )
    return Mistake("P103", what, Text("写出地点", "write the place out"))


def unknown_place_in_register(name: str, similar: Sequence[str] = ()) -> Mistake:
    """A cell of a register that is not a division; `similar` are divisions that it may be meant for."""
    meant = meant_first(similar)
    return Mistake(
        "P103",
        no_place(name),
        Text(f"{meant.zh}写出省、市、区县的全称", f"{meant.en}write the full names of province, city and district"),
    )


def meant_first(similar: Sequence[str]) -> Text:
    """The question whether one of some names is meant, which other words follow; empty where there is none."""
    meant = is_meant(similar)
    return Text("", "") if meant is None else Text(meant.zh, f"{meant.en} ")


def zone_for_place_in_register(name: str, similar: Sequence[str]) -> Mistake:
    """A cell of a register that names a functional zone that is in no table, where a place is asked for; `similar` are
    zones that it may be meant for.
    """
    meant = meant_first(similar)
    return Mistake(
        "P103",
        Text(
            f"查不到地名 `{name}`，像是功能区，各地可能同名",
            f"unknown place `{name}`: it looks like a functional zone, of which several cities may have one",
        ),
        Text(
            f"{meant.zh}此列写所在的市、区县，功能区另填在“所在功能区”列",
            f"{meant.en}write the city or district here, and the zone in the column “zones”",
        ),
    )


def place_within_in_register(name: str, within: str) -> Mistake:
    """A cell of a register that names a division and more beside it."""
    hint = Text(f"指的就是它的，只写 `{within}`", f"write `{within}` alone, if that is meant")
    return Mistake("P103", no_place(name), hint)


def unknown_zone_in_register(name: str, similar: Sequence[str], types: Text) -> Mistake:
    """A cell of a register that is not a zone; `similar` are zones that it may be meant for, `types` is the label of
    types of zone, which may have been copied out of a hint.
    """
    meant, typed = meant_first(similar), type_of_zone(types)
    if name.strip().lower() in {one.lower() for one in (types.zh, types.en)}:
        return Mistake(
            "P103",
            Text(f"`{name}` 是另一列的列名，不是功能区", f"`{name}` is the heading of another column, and no zone"),
            Text(f"此格留空，{typed.zh}", f"leave this cell empty and {typed.en}"),
        )
    return Mistake(
        "P103",
        no_zone(name),
        Text(
            f"{meant.zh}写出功能区的全称，不要改填相近的另一功能区；在名录没有的功能区内的，此格留空，{typed.zh}",
            f"{meant.en}write the full name of the zone, and not that of another nearby; where it is in one that is "
            f"not in the list, leave this cell empty and {typed.en}",
        ),
    )


def zone_by_areas_in_register(name: str, areas: Sequence[Text], types: Text, kind: Text) -> Mistake:
    """A free trade zone in a register that is listed by its areas; `types` is the label of types of zone, and `kind`
    the type of this one.
    """
    shown = Text("、".join(one.zh for one in areas), "; ".join(one.en for one in areas))
    return Mistake(
        "P104",
        Text(
            f"名录按片区列出 `{name}`，没有写明是哪一片区",
            f"the list has `{name}` by its areas, and which of them is not said",
        ),
        Text(
            f"写明所在片区：{shown.zh}；在其他片区的，在“{types.zh}”列填“{kind.zh}”（没有这一列的另加）",
            f"write the area that it is in: {shown.en}; if it is in another, write “{kind.en}” under “{types.en}”, a "
            "column to add if it is not there",
        ),
    )


def no_for_none_in_register(name: str, zones: Text, types: Text) -> Mistake:
    """A no in a column of zones of a register; `zones` and `types` are the labels of zones and of their types."""
    return Mistake(
        "P103",
        no_zone(name),
        Text(
            f"若指不在任何功能区，在“{zones.zh}”列填“无”（没有这一列的另加）；在某一功能区内的，写出其全称，"
            f"名录没有的在“{types.zh}”列填其类型",
            f"if it is in no zone at all, write “none” under “{zones.en}”, a column to add if it is not there; if it "
            f"is in one, write its full name, or its type under “{types.en}” where it is not in the list",
        ),
    )


def several_zones_in_register(name: str, zones: Sequence[Text], apart: tuple[Text, Text] | None = None) -> Mistake:
    """A cell of a register that may mean several zones, by their names; where all of them lie apart from the place that
    the row tells, `apart` is their city and that place.
    """
    shown = Text("、".join(one.zh for one in zones), "; ".join(one.en for one in zones))
    if apart is None:
        return Mistake(
            "P104",
            Text(f"`{name}` 可以指多个功能区", f"`{name}` names several zones"),
            Text(
                f"填所在的每一个（包含它的功能区不必另填）：{shown.zh}",
                f"write each that it stands in (those around one need not be listed): {shown.en}",
            ),
        )
    there, here = apart
    return Mistake(
        "P104",
        Text(
            f"`{name}` 可以指多个功能区，都在{there.zh}，不在所填的{here.zh}内",
            f"`{name}` names several zones, all in {there.en} and none in {here.en}, which the row gives",
        ),
        Text(
            f"改正写错的一处；确在{there.zh}的，填所在的每一个：{shown.zh}",
            f"correct the one that is wrong; if it is in {there.en}, write each zone that it stands in: {shown.en}",
        ),
    )


def other_place_in_register(what: Text, kind: str) -> Mistake:
    """A zone in a column of divisions (`kind` is `division`), or the reverse."""
    column = Text("城市或区县一列", "the column of cities or districts")
    if kind == "division":
        column = Text("“所在功能区”列", "the column “zones”")
    return Mistake("P103", what, Text(f"应填在{column.zh}", f"it belongs in {column.en}"))


def no_place_in_cell(address: str) -> Mistake:
    """An address in a register that begins with no place that is certain."""
    return Mistake(
        "P103",
        no_place_in_address(address).what,
        Text("以省、市、区县的名称开头", "begin it with the names of the province, the city and the district"),
    )


def zone_elsewhere(gazetteer: Gazetteer, name: str, zone: str, place: str) -> Mistake:
    """The name of a zone in short, whose zone lies elsewhere than the place that is told."""
    where = gazetteer.city_of(gazetteer.areas(zone)[0])
    here, there, full = (Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in (place, where, zone))
    return Mistake(
        "P103",
        Text(
            f"{here.zh}内查不到 `{name}`；{there.zh}的{full.zh}简称 `{name}`",
            f"no `{name}` is known in {here.en}; in {there.en}, {full.en} is called `{name}` for short",
        ),
        Text(
            f"写出功能区的全称；如指{full.zh}，改正另一处的地点",
            f"write the full name of the zone; if {full.en} is meant, correct the place in the other column",
        ),
    )


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
        Text("可用 `search_places` 查找", "`search_places` searches the table"),
    )


def outside(place: str, other: str, around: Sequence[Sequence[str]]) -> Mistake:
    """Two places of which one should be inside the other; `around` are the divisions that the first lies in, each from
    the province down.
    """
    shown = ["".join(names) for names in around], [" / ".join(names) for names in around]
    return Mistake(
        "P105",
        Text(f"`{place}` 不在 `{other}` 内", f"`{place}` does not lie in `{other}`"),
        Text(
            f"它位于{'、'.join(shown[0])}：请改正写错的一处",
            f"it lies in {', '.join(shown[1])}: correct the one that is wrong",
        ),
    )
