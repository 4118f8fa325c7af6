"""Searchable lists: places and zones, facts, and the values of a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from applicability.loading.profile.parts import part_names
from applicability.messages import listed
from applicability.model.catalogue import Hit
from applicability.model.facts import LISTS_IN_PART
from applicability.model.former import Former
from applicability.model.leaf_kinds import LIMITS
from applicability.model.measure import Measure
from applicability.model.place_notes import read_as
from applicability.model.rulebook import Rulebook
from applicability.model.sectors import Sectors
from applicability.model.word_match import holds
from applicability.report import Options
from applicability.report.language.definitions import activity_list
from applicability.report.language.labels import FACT_TYPES
from applicability.report.layout.lines import LineWriter
from applicability.report.layout.wrap import pad, printable, text_width
from applicability.text import Lang, Text

BUILT_IN: dict[str, Text] = {
    "name": Text("企业名称，只用于显示", "the entity's name, only shown"),
    "planned": Text(
        "企业只是拟设立、尚未登记的，填 true；只用于报告的措辞",
        "true for a company not set up yet; only reports word it",
    ),
    "as_of": Text("按哪一天判断，默认北京时间今天", "the day asked about, by default today in Beijing"),
    "determinations": Text("主管部门已作的认定", "what authorities have found, by row and judgement"),
    "limits": Text("各项用途是否遵守限制", "whether uses keep limits, by row and limit"),
}
_MORE = Text(
    "一项事实的说明和可填值见 applicability facts 名称", "for one fact and its values: applicability facts NAME"
)
_PLACES = Text("地名和功能区见 applicability places 词语", "for names of places: applicability places WORDS")
_COLUMNS = Text(
    "名册中的列：`{name}` 写全部；只知一部分的，`{name}.yes` 写有的，`{name}.no` 写没有的，其余未知",
    "columns of a register: `{name}` for all; where only some are known, `{name}.yes` for those it has and `{name}.no` "
    "for those it has not, the rest being unknown",
)
_BOUNDS = Text(
    "名册中的列：`{name}`；只知范围的，写 {parts}",
    "columns of a register: `{name}`; where only a range is known, {parts}",
)
_NONE = Text("没有匹配的值", "no value matches")
_VALUES = Text("可填的值", "Values")
_SECTORS = Text(
    "这里只列门类和大类；按代码、名称或常用说法查找中类和小类用 --search 词语",
    "sections and divisions only; --search WORDS finds groups and classes by code, name or everyday word",
)
_ENGLISH = Text(
    "英文名由本规则库自行译出，并非官方译名；以中文为准",
    "English names are an unofficial translation; the Chinese prevails",
)
_NEAREST = Text("没有匹配的值，写法相近的有", "no value matches; spelt alike are")
# Results of a search: with the fact's own lines they fit on a screen.
_SCREEN = 15
_PLACES_SHOWN = 20

TableRow = tuple[str, ...]


def places_table(rulebook: Rulebook, found: Iterable[str], former: Iterable[Former], lang: Lang) -> str:
    """Code or id, names, container and type of each place; then former divisions with their current ones."""
    gazetteer = rulebook.gazetteer
    every, before = list(found), list(former)
    shown, left = every[:_PLACES_SHOWN], max(0, _PLACES_SHOWN - len(every))
    rows = []
    for place in shown:
        zone = gazetteer.zones.get(place)
        if zone is not None:
            around = [*zone.part_of, *zone.divisions]
            kinds = [gazetteer.name(kind, lang) for kind in zone.types]
            rows.append((place, zone.zh, zone.en, _joined([gazetteer.name(one, lang) for one in around] + kinds, lang)))
        else:
            division = gazetteer.divisions[place]
            above = [gazetteer.name(one, lang) for one in gazetteer.path(place)[1:]]
            rows.append((place, division.zh, division.en, _joined(above, lang)))
    text = _table(rows) + _table([(one.code, one.zh, read_as(gazetteer, one).of(lang)) for one in before[:left]])
    hidden = len(every) - len(shown) + len(before) - len(before[:left])
    if hidden:
        more = Text(f"另有{hidden}个；词语写得更具体，列出的就更少", f"{hidden} more; a more specific word finds fewer")
        text += f"{more.of(lang)}\n"
    return text


def facts_table(rulebook: Rulebook, options: Options) -> str:
    """Every fact: its name, label and type."""
    lang = options.lang
    rows = [(name, one.label.of(lang), FACT_TYPES[one.type].of(lang)) for name, one in rulebook.facts.items()]
    rows += [(name, text.of(lang), "") for name, text in BUILT_IN.items()]
    return f"{_table(rows)}\n{_MORE.of(lang)}\n"


def fact_page(
    rulebook: Rulebook, name: str, search: str | None, options: Options, measures: Sequence[Measure] | None = None
) -> str:
    """One fact: its question, help, type and values."""
    out = LineWriter(options.width, options.color)
    declaration = rulebook.facts.get(name)
    if declaration is None:
        out.line(BUILT_IN[name].of(options.lang), "bold", f"{name}  ", "bold")
    else:
        out.line(declaration.label.of(options.lang), "bold", f"{name}  ", "bold")
        out.line(declaration.question.of(options.lang))
        out.line(declaration.help.of(options.lang), "dim")
        out.line(FACT_TYPES[declaration.type].of(options.lang), "dim")
        if declaration.type in ("place", "zones", "registration"):
            out.line(_PLACES.of(options.lang), "dim")
        if parts := part_names(declaration):
            told = _COLUMNS if declaration.type in LISTS_IN_PART else _BOUNDS
            shown = listed(f"`{one}`" for one in parts if not one.endswith(".equals")).of(options.lang)
            out.line(told.of(options.lang).format(name=name, parts=shown), "dim")
        if declaration.type == "sector":
            out.line(_ENGLISH.of(options.lang), "dim")
    if declaration is not None and declaration.type == "sector" and search is not None:
        return out.text() + _sectors(rulebook.sectors, search, options)
    wanted = search or ""
    if declaration is not None and declaration.type == "activities":
        return _activities(out, rulebook.sectors, wanted, options)
    every = list(
        _limits(rulebook.measures if measures is None else measures) if name == LIMITS else _values(rulebook, name)
    )
    found = [row for row in every if any(holds(word, wanted) for word in row)]
    text = out.text()
    if declaration is not None and declaration.type == "sector" and len(found) > 200:
        found = [row for row in found if len(row[0]) < 3]  # sections and divisions only; a search finds the rest
        text += f"{_SECTORS.of(options.lang)}\n"
    if found:
        text += f"\n{_VALUES.of(options.lang)}\n{_table(found)}"
    elif search is not None:
        text += f"\n{_NONE.of(options.lang)}\n"
    return text


def _activities(out: LineWriter, sectors: Sectors, wanted: str, options: Options) -> str:
    """The activities that a search finds, each with its definition."""
    ids = [id for id, one in sectors.activities.items() if any(holds(word, wanted) for word in one.words)]
    named = {id for id in ids if any(holds(word, wanted) for word in sectors.activities[id].names)}
    ids.sort(key=lambda id: id not in named)  # a definition also says what is not in it
    out.blank()
    out.line((_VALUES if ids else _NONE).of(options.lang))
    activity_list(out, sectors, ids, options.lang)
    return out.text()


def _sectors(sectors: Sectors, search: str, options: Options) -> str:
    """The sectors that a search finds, best first, limited to a screen."""
    hits = sectors.catalogue.search(search)
    code, odds = sectors.sectors_of(search), sectors.at_odds(search)
    text = ""
    if not hits and (nearest := sectors.near(search)):
        text += f"\n{_NEAREST.of(options.lang)}\n"
        hits = tuple(Hit(one) for one in nearest)
    if not hits and (code or odds):
        listed = [sectors.nearest_listed(one) for one in code or (odds or ())]
        hits = tuple(Hit(sectors.named(one)) for one in dict.fromkeys(listed))
        if code and listed[0] not in code:
            unlisted = Text(
                f"表中没有{code[0]}，按{listed[0]}的一部分读取",
                f"{code[0]} is not in the table and counts as a part of {listed[0]}",
            )
            text += f"\n{unlisted.of(options.lang)}\n"
    if not hits:
        return f"\n{_NONE.of(options.lang)}\n"
    shown = hits[:_SCREEN]
    text += f"\n{_VALUES.of(options.lang)}\n"
    text += _table(
        [(one.sector.code, one.sector.zh, one.sector.en, _joined(one.words[:3], options.lang, "、")) for one in shown]
    )
    if len(hits) > len(shown):
        left = len(hits) - len(shown)
        further = Text(f"另有{left}个；词语写得更具体，列出的就更少", f"{left} more; a more specific word finds fewer")
        text += f"{further.of(options.lang)}\n"
    return text


def _values(rulebook: Rulebook, name: str) -> Iterator[TableRow]:
    """The values of a fact, with all their names."""
    if name == "determinations":
        yield from ((key, one.about.zh, one.about.en) for key, one in rulebook.judgements.items())
    declaration = rulebook.facts.get(name)
    if declaration is None:
        return
    for key, choice in declaration.values.items():
        yield key, choice.label.zh, choice.label.en, "、".join(choice.aliases)
    match declaration.type:
        case "boolean":
            yield from (("true", "是", "yes"), ("false", "否", "no"))
        case "zones":
            yield from (
                (id, zone.zh, zone.en, "、".join(zone.aliases)) for id, zone in rulebook.gazetteer.zones.items()
            )
        case "zone_types":
            kinds = rulebook.gazetteer.zone_types
            yield from ((id, kind.zh, kind.en, "、".join(kind.aliases)) for id, kind in kinds.items())
        case "sector":
            yield from ((code, sector.zh, sector.en) for code, sector in rulebook.sectors.codes.items())
        case _:
            return


def _limits(measures: Sequence[Measure]) -> Iterator[TableRow]:
    """The limits of some measures: key, label, and quote."""
    found = dict.fromkeys(limit for measure in measures for limb in measure.usable for limit in limb.limits)
    for one in found:
        yield one.key, one.label.zh, one.label.en, f"“{one.ground.quote}”"


def _joined(names: Iterable[str], lang: Lang, between: str = "，") -> str:
    return (between if lang == "zh" else ", ").join(dict.fromkeys(names))


def _table(rows: Sequence[TableRow]) -> str:
    """Rows with aligned columns; an empty last column adds no spaces."""
    count = max((len(row) for row in rows), default=0)
    full = [(*(printable(cell) for cell in row), *[""] * (count - len(row))) for row in rows]
    widths = [max((text_width(row[index]) for row in full), default=0) for index in range(count)]
    lines = ("  ".join(pad(cell, size) for cell, size in zip(row, widths, strict=True)) for row in full)
    return "".join(f"{line.rstrip()}\n" for line in lines)
