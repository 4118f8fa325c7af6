"""What a screening says of columns as a whole: what counts as complete, may be a fact, tells too little, or repeats."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from applicability.bulk.job import Job, Summary
from applicability.bulk.register.status_columns import SUSPENDED
from applicability.bulk.sources.headings import clean, cut
from applicability.messages import listed
from applicability.model.column_names import column_called
from applicability.model.conditions import ZoneType, leaves
from applicability.model.headings import fact_of, held_by, may_hold, part_of_city, plain
from applicability.model.partial import YES
from applicability.model.places import Gazetteer, Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.text import Surface, SurfaceText, Text, of_one

# Columns that are told of each.
_SHOWN = 8
_MAY_BE = SurfaceText(
    "可能是事实而未读取的列：{zh}；要读取的，按此改列名，或写入 --mapping（{first}），所用的词见 `applicability facts`",
    "columns that may hold facts and were not read: {en}; to read one, rename it so or say it in --mapping ({first}); "
    "`applicability facts` has the words",
    Text(
        "可能是事实而未读取的列：{zh}；要读取的，按此改列名，所用的词见空白名册的“填写说明”",
        "columns that may hold facts and were not read: {en}; to read one, rename it so; the words are those on the "
        "second sheet of the empty register",
    ),
)
# … as a workbook says it, which is read away from the command line.
_RENAME = Text(
    "可能是事实而未读取的列：{zh}；要读取的，按此改列名",
    "columns that may hold facts and were not read: {en}; to read one, rename it so",
)
# … of columns under merged headings: two that are called the same below them are not read by that.
_UNDER_MERGED = SurfaceText(
    "合并的列名之下可能是事实而未读取的列：{zh}；只改下一行的列名仍不读取，写入 --mapping（{first}），"
    "或另加一列 {called}，把各列的内容用“；”写在一起",
    "columns under merged headings that may hold facts and were not read: {en}; renaming the lower cells is not "
    "enough: say it in --mapping ({first}), or add one column {called} with what they tell, separated by “;”",
    Text(
        "合并的列名之下可能是事实而未读取的列：{zh}；只改下一行的列名仍不读取，另加一列 {called}，"
        "把各列的内容用“；”写在一起",
        "columns under merged headings that may hold facts and were not read: {en}; renaming the lower cells is not "
        "enough: add one column {called} with what they tell, separated by “;”",
    ),
)
_SECTOR_OR = Text(
    "`{sector}`（写的是行业的，如旅行社）或 {called}（写的是业务活动的）",
    "`{sector}` (where it tells sectors, such as travel agency) or {called} (where it tells activities)",
)
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
        "settles nothing without that, and with it only whether they are registered there. Add a column “city” that "
        "tells it, the same place again where it is that one",
    ),
)


_NO_IS_OPEN = Text(
    "（“是”可照抄；“否”只表示不在本{zh}，改写为“外{zh}”）",
    " (a yes can be kept; a no only tells that it is not in this {en}: write “other {en}” there)",
)
_WITH_PART = Text(
    "（须为合计：其中不含 `{other}` 的，先加上）", " (as the total: where `{other}` is not in it, add that first)"
)
_GONE = Text(
    "`{column}` 列写明不再经营的企业也已筛查：{zh}；不应计入的，先从名册中删去",
    "companies that `{column}` says to operate no longer were screened like others: {en}; delete those that should not "
    "count",
)
_RESTING = Text(
    "`{column}` 列写明歇业的企业也已筛查：{zh}；歇业的仍保有营业执照，不必删去",
    "companies that `{column}` says to have suspended business were screened like others: {en}; they keep their "
    "licence and need not be deleted",
)
# A zone that is of a type only by the zone around it, with what tells that it lies there and without.
_AROUND_BY = Text(
    "{zone}（{count}家）在{around}内，因此也按{types}判断（依据：{source}）",
    "{zone} (companies: {count}) lies in {around}, and so counts as a {types} too (by: {source})",
)
_AROUND_IN_DOUBT = Text(
    "{zone}（{count}家）在{around}内，因此也按{types}判断；存疑：{doubt}",
    "{zone} (companies: {count}) lies in {around}, and so counts as a {types} too; in doubt: {doubt}",
)
_AROUND = Text(
    "{zone}（{count}家）在{around}内，因此也按{types}判断",
    "{zone} (companies: {count}) lies in {around}, and so counts as a {types} too",
)

_MORE_AROUND = Text(
    "另有{count}处功能区因在别的功能区内，也按其类型判断",
    "there are {count} more zones that count as the type of a zone that they lie in",
)


def column_notices(job: Job, summary: Summary, *, clerk: bool = False) -> Iterator[Text]:
    """The notices, in both languages, as the surface of the job says them; for a `clerk` with columns by headings."""
    surface: Surface = "page" if clerk and job.surface == "terminal" else job.surface
    for column, count in summary.registered.items():
        yield _filled(_REGISTERED.on(surface), companies=f"{count:,}", column=clean(column))
    yield from _gone(summary)
    if (again := summary.repeated) is not None:
        (one, other), column = again.first, f"`{cut(clean(next(iter(summary.codes))))}`"
        yield Text(
            f"{column} 中有{again.codes:,}个代码各出现在不止一行，共{again.rows:,}行，如第{one}行和第{other}行；"
            "各行都已筛查，可能是同一企业登记了几次",
            f"{column} has the same code in several rows: codes {again.codes:,}, rows {again.rows:,}, such as {one} "
            f"and {other}; each row was screened, though they may be one company several times",
        )
    around = [*_zones_around(job, summary)]
    yield from around[:_SHOWN]
    if (more := len(around) - _SHOWN) > 0:
        yield Text(_MORE_AROUND.zh.format(count=more), of_one(_MORE_AROUND.en.format(count=more)))
    lists = [one.split("\t", 1) for one in summary.lists][:_SHOWN]
    if lists:
        names = listed(f"`{cut(clean(heading))}`" for heading, _ in lists)
        parts = _every(column_called(job.rulebook, f"{fact}.{YES}") for _, fact in lists)
        yield Text(
            f"{names.zh} 按完整清单读取，其中未写的视为没有，空白的仍作未知；只写了一部分的，列名改为 {parts.zh}",
            f"{names.en} counted as complete: what a cell does not list is taken not to be so, and an empty cell "
            f"stays unknown; where a column lists only a part, call it {parts.en}",
        )
    told = ((clean(one), _may_hold(job, summary, one)) for one in summary.ignored)
    near = [(heading, column) for heading, column in told if column is not None]
    under = _under_merged(job, near)
    near = [one for one in near if one not in under][:_SHOWN]
    for column in dict.fromkeys(column for _, column in under):
        own = [cut(heading) for heading, held in under if held == column][:_SHOWN]
        yield _of_merged(own, column_called(job.rulebook, column), _UNDER_MERGED.on(surface))
    if near:
        called = [(cut(heading), _suggested(job, summary, column, heading)) for heading, column in near]
        zh = "、".join(f"`{heading}` 为 {column.zh}" for heading, column in called)
        en = ", ".join(f"`{heading}` as {column.en}" for heading, column in called)
        first = _mapped(cut(near[0][0]), column_called(job.rulebook, near[0][1]))
        told_by = _MAY_BE.on(job.surface) if surface == job.surface else _RENAME
        yield Text(told_by.zh.format(zh=zh, first=first.zh), of_one(told_by.en.format(en=en, first=first.en)))


def _under_merged(job: Job, near: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those of some columns, each with what it may hold, that stand under merged headings, several of one fact."""
    joined = {clean(one) for one in job.joined}
    under = [one for one in near if one[0] in joined]
    return [one for one in under if sum(held == one[1] for _, held in under) > 1]


def _of_merged(headings: Sequence[str], called: Text, said: Text) -> Text:
    """The notice on columns of one fact under merged headings."""
    lines = [_mapped(one, called) for one in headings]
    names = "、".join(f"`{one}`" for one in headings), ", ".join(f"`{one}`" for one in headings)
    return Text(
        said.zh.format(zh=names[0], called=f"`{called.zh}`", first="、".join(one.zh for one in lines)),
        said.en.format(en=names[1], called=f"`{called.en}`", first=", ".join(one.en for one in lines)),
    )


def _mapped(heading: str, column: Text) -> Text:
    """The line of a mapping that says what a column holds; YAML takes no bare colon in a heading."""
    key = json.dumps(heading, ensure_ascii=False) if re.search(r"[:#]|^\W", heading) else heading
    return Text(f"`{key}: {column.zh}`", f"`{key}: {column.en}`")


def _may_hold(job: Job, summary: Summary, heading: str) -> str | None:
    """The column that one which is not read may be; by words that it looks like only where no column tells its fact."""
    headings, words = job.rulebook.headings, job.rulebook.by_heading
    known = held_by(words, heading)
    if known is not None and fact_of(known) in summary.held:
        return None  # a part of what that column tells: 其中：外资占比 beside 外资比例
    listed_as = may_hold(headings, words, _unnumbered(heading))
    if listed_as is not None:
        return listed_as
    looks_as = headings.looks_as(heading)
    return None if looks_as is None or fact_of(looks_as) in summary.held else looks_as


def _suggested(job: Job, summary: Summary, column: str, heading: str) -> Text:
    """What to call a column; where none tells a sector, what a company does in a word or two is one as well."""
    headings = job.rulebook.headings
    called = _every([column_called(job.rulebook, column)])
    if headings.leaves_no_open(column, heading):
        part = part_of_city(heading)
        return Text(called.zh + _NO_IS_OPEN.zh.format(zh=part.zh), called.en + _NO_IS_OPEN.en.format(en=part.en))
    beside = headings.parts_beside(column, summary.ignored)
    if (other := headings.may_be_rest(column, heading, beside)) is not None:
        shown = cut(clean(other))
        return Text(called.zh + _WITH_PART.zh.format(other=shown), called.en + _WITH_PART.en.format(other=shown))
    sectors = [name for name, one in job.rulebook.facts.items() if one.type == "sector"]
    if fact_of(column) not in _activities(job.rulebook) or not sectors or sectors[0] in summary.held:
        return called
    sector = job.rulebook.facts[sectors[0]].label
    zh = _SECTOR_OR.zh.format(sector=sector.zh, called=called.zh)
    return Text(zh, _SECTOR_OR.en.format(sector=sector.en, called=called.en))


def _activities(rulebook: Rulebook) -> set[str]:
    return {name for name, one in rulebook.facts.items() if one.type == "activities"}


def _every(names: Iterable[Text]) -> Text:
    every = list(dict.fromkeys(names))
    return Text("、".join(f"`{one.zh}`" for one in every), ", ".join(f"`{one.en}`" for one in every))


def _gone(summary: Summary) -> Iterator[Text]:
    """The notices on companies that operate no longer, and on those that have only suspended business, for each column
    that says so, the most frequent word first.
    """
    told: dict[tuple[str, bool], list[tuple[str, int]]] = {}
    for key, count in sorted(summary.gone.items(), key=lambda item: (-item[1], item[0])):
        heading, word = key.split("\t", 1)
        told.setdefault((heading, word in SUSPENDED), []).append((word, count))
    for (heading, suspended), counts in sorted(told.items(), key=lambda item: item[0][1]):
        zh = "、".join(f"`{word}` {count:,}家" for word, count in counts[:_SHOWN])
        en = ", ".join(f"`{word}` {count:,}" for word, count in counts[:_SHOWN])
        yield _filled(_RESTING if suspended else _GONE, column=cut(clean(heading)), zh=zh, en=en)


def _zones_around(job: Job, summary: Summary) -> Iterator[Text]:
    """The notices on zones that count for a measure as a type of zone that they are only by a zone around them."""
    gazetteer = job.rulebook.gazetteer
    every = (leaf for one in job.measures if one.condition is not None for leaf in leaves(one.condition))
    asked = dict.fromkeys(kind for leaf in every if isinstance(leaf, ZoneType) for kind in sorted(leaf.types))
    for zone, companies in sorted(summary.around.items(), key=lambda item: (-item[1], item[0])):
        counts_by: dict[str, list[Text]] = {}
        for kind in asked:
            by = gazetteer.type_by_around(Whereabouts(zones=frozenset((zone,))), frozenset((kind,)))
            if by is not None:
                counts_by.setdefault(by[1], []).append(_place(gazetteer, kind))
        source, doubt = gazetteer.zones[zone].source, gazetteer.zones[zone].doubt
        for around, kinds in counts_by.items():
            names = {"zone": _place(gazetteer, zone), "around": _place(gazetteer, around), "types": _each(kinds)}
            told, slots = (_AROUND, names) if source is None else (_AROUND_BY, {**names, "source": source})
            if doubt is not None:  # which names the instrument too
                told, slots = _AROUND_IN_DOUBT, {**names, "doubt": Text(doubt.zh.rstrip("。"), doubt.en.rstrip("."))}
            count = f"{companies:,}"
            zh, en = ({name: getattr(one, lang) for name, one in slots.items()} for lang in ("zh", "en"))
            yield Text(told.zh.format(count=count, **zh), of_one(told.en.format(count=count, **en)))


def _each(names: Iterable[Text]) -> Text:
    every = [*names]
    return Text("、".join(one.zh for one in every), ", ".join(one.en for one in every))


def _place(gazetteer: Gazetteer, place: str) -> Text:
    return Text(gazetteer.name(place), gazetteer.name(place, "en"))


def _unnumbered(heading: str) -> str:
    """A heading as it is looked up, without the number of one of several columns: 国别2."""
    return plain(heading).rstrip("0123456789")


def _filled(text: Text, **slots: str) -> Text:
    return Text(text.zh.format(**slots), of_one(text.en.format(**slots)))
