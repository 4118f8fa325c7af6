"""The problems of a profile, by code, in both languages.

P101 a key that is none; P102 a value of another kind; P103 an unknown place; P104 a name of several things; P105 places
that do not lie in each other; P106 facts that contradict each other; P107 an unknown word; P108 a number out of range;
P109 a finding that no row asks for; P111 a limit that no row sets; P112 one key in two spellings. The codes below 100
are those of a file that is no profile. `docs/errors.md` explains each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from applicability.loading.profile.finding_mistakes import (
    no_findings as no_findings,
    no_limits as no_limits,
    unknown_finding as unknown_finding,
    unknown_limit as unknown_limit,
)
from applicability.loading.profile.investor_mistakes import (
    no_investor as no_investor,
    no_investors as no_investors,
    no_origin as no_origin,
    no_share as no_share,
    nothing_left as nothing_left,
    shares_over as shares_over,
)
from applicability.loading.profile.mistake import Mistake as Mistake
from applicability.loading.profile.place_mistakes import (
    ditto as ditto,
    no_for_none_in_register as no_for_none_in_register,
    no_name as no_name,
    no_place as no_place,
    no_place_in_address as no_place_in_address,
    no_zone as no_zone,
    other_place as other_place,
    other_place_in_register as other_place_in_register,
    outside as outside,
    part_of_zones as part_of_zones,
    place_within_in_register as place_within_in_register,
    search as search,
    several_places as several_places,
    several_zones as several_zones,
    several_zones_in_register as several_zones_in_register,
    unknown_place as unknown_place,
    unknown_place_in_register as unknown_place_in_register,
    unknown_zone as unknown_zone,
    unknown_zone_in_register as unknown_zone_in_register,
    zone_by_areas_in_register as zone_by_areas_in_register,
    zone_for_place_in_register as zone_for_place_in_register,
)
from applicability.loading.profile.sector_mistakes import (
    other_services as other_services,
    residual_sector as residual_sector,
    sector_at_odds as sector_at_odds,
    several_sectors as several_sectors,
    unknown_sector as unknown_sector,
)
from applicability.loading.profile.word_mistakes import (
    word_not_taken as word_not_taken,
    word_of_limits as word_of_limits,
    word_of_other_fact as word_of_other_fact,
)
from applicability.loading.word_kinds import ACTIVITY, ZONE_TYPE
from applicability.loading.yaml.reader import MAX_DEPTH
from applicability.messages import listed
from applicability.text import SurfaceText, Text

_DIGITS = Text(
    "写数字，如 `50` 或 `33.4`；百分比也可带百分号，如 `49%`",
    "write digits, such as `50` or `33.4`; a percentage may have its sign, as `49%`",
)
# Hints that a workbook words for who fills in cells.
# What is not found yet is left out: written as unknown, it no longer waits for the authority.
NOT_FOUND_YET = Text(
    "主管部门尚未答复的不写（名册中此格留空）",
    "leave it out while the authority has not answered (in a register the cell empty)",
)
TRUTH = Text("写 `true` 或 `false`，名册中也可写“是”或“否”", "write `true` or `false`; in a register also yes or no")
LIST = Text("写作 `[a, b]`；没有则写 `[]`", "write `[a, b]`, or `[]` for none")
ONE_OF = Text("可填 ", "one of ")
# What an assistant reads: a resource of the server.
_FACTS_READ = Text(
    "资源 `plan://facts` 列出事实和可填的词，业务活动用 `search_activities` 查找",
    "the resource `plan://facts` lists the facts and their words, and `search_activities` finds activities",
)
# Where a page has the words that a column takes.
IN_THE_FORM = Text("可填的词见空白名册的“填写说明”", "the words are those on the second sheet of the empty register")
# Where the words of a list are to be found, by the fact.
WORDS_LISTED: Mapping[str, SurfaceText] = MappingProxyType(
    {
        fact: SurfaceText(
            f"`applicability facts {fact}` 列出可用的词",
            f"`applicability facts {fact}` lists the words",
            IN_THE_FORM,
            _FACTS_READ,
        )
        for fact in ("activities", "zone_types")
    }
)
# What a word of these lists is.
_KIND_OF: Mapping[str, Text] = MappingProxyType({"activities": ACTIVITY, "zone_types": ZONE_TYPE})


def no_mapping() -> Mistake:
    """A profile that is a list or a scalar."""
    return Mistake(
        "P011",
        Text("档案应由逐项写明的事实组成", "a profile is a mapping of facts"),
        SurfaceText(
            "一行写一个事实，如 `city: 天津`；`applicability init` 可生成模板",
            "write one fact a line, such as `city: 天津`; `applicability init` makes a profile to start from",
            Text("写成各项事实，如 `city: 天津`", "give it as facts, such as `city: 天津`"),
        ),
    )


# Keys --------------------------------------------------------------------------------------------------------------


def unknown_fact(name: str, near: Text | None) -> Mistake:
    """A key of a profile that is not a fact."""
    hint = SurfaceText(
        "`applicability facts` 列出档案可填写的事实",
        "`applicability facts` lists what a profile may say",
        Text("可填写的事实见空白名册", "the headings of the empty register are what may be said"),
        _FACTS_READ,
    )
    return Mistake("P101", no_fact(name), near or hint)


def no_fact(name: str) -> Text:
    """The text for a name that is not a fact."""
    return Text(f"没有名为 `{name}` 的事实", f"unknown fact `{name}`")


_INVESTOR_KEYS = Text(
    "投资者的键为 `origin`（来源地）、`share`（比例）、`name`（名称）",
    "an investor has an `origin`, a `share` and a `name`",
)


def unknown_key(name: str, near: Text | None) -> Mistake:
    """An unknown key of an investor."""
    return Mistake("P101", Text(f"不应有键 `{name}`", f"unknown key `{name}`"), near or _INVESTOR_KEYS)


def key_twice(first: str, second: str) -> Mistake:
    """Two keys that say the same fact."""
    return Mistake(
        "P112",
        Text(f"`{first}` 和 `{second}` 是同一项", f"`{first}` and `{second}` are one key"),
        Text("只写一次", "write it once"),
    )


def unknown_company_type(written: str, fact: str) -> Mistake:
    """A company type that no wording of the rulebook fits; `fact` is the kind of entity."""
    return Mistake(
        "P107",
        Text(f"认不出企业类型 `{written}`", f"unknown company type `{written}`"),
        SurfaceText(
            f"照营业执照填写；或改写 `{fact}`，见 `applicability facts {fact}`",
            f"copy it from the business licence; or give `{fact}`, see `applicability facts {fact}`",
            Text(
                f"照营业执照填写；或改写 `{fact}`，{IN_THE_FORM.zh}",
                f"copy it from the business licence; or give `{fact}`: {IN_THE_FORM.en}",
            ),
            Text(
                f"照营业执照填写；或改写 `{fact}`，{_FACTS_READ.zh}",
                f"copy it from the business licence; or give `{fact}`: {_FACTS_READ.en}",
            ),
        ),
    )


def against_company_type(written: str, fact: str, held: str) -> Mistake:
    """A company type that a fact of the profile contradicts."""
    return Mistake(
        "P106",
        Text(
            f"企业类型 `{written}` 与 `{fact}` 的 `{held}` 矛盾",
            f"the type `{written}` cannot be so with `{held}` under `{fact}`",
        ),
        Text("改正写错的一处", "correct the one that is wrong"),
    )


# Facts told in part ----------------------------------------------------------------------------------------------


def no_list(name: str) -> Mistake:
    """A list fact that is a mapping or a boolean."""
    return Mistake(
        "P102",
        Text(f"`{name}` 应为列表", f"`{name}` takes a list"),
        LIST,
    )


def no_parts(name: str, keys: Sequence[str]) -> Mistake:
    """A fact of which nothing is said after all."""
    return Mistake("P102", Text(f"`{name}` 没有填写内容", f"`{name}` says nothing"), _parts(name, keys))


def unknown_part(name: str, key: str, keys: Sequence[str], near: Text | None) -> Mistake:
    """A key under which no part of a fact can be said."""
    return Mistake(
        "P101", Text(f"`{name}` 中不应有键 `{key}`", f"`{name}` takes no key `{key}`"), near or _parts(name, keys)
    )


def _parts(name: str, keys: Sequence[str]) -> Text:
    if len(keys) == 2:
        example = f"`{name}: {{yes: [a], no: [b]}}`"
        return Text(
            f"只知道一部分时写作 {example}，其余视为未知",
            f"where only a part is known, write {example}; the rest is unknown",
        )
    example = f"`{name}: {{above: 0, at_most: 50}}`"
    shown = listed([f"`{key}`" for key in keys])
    return Text(f"范围写作 {example}；可用 {shown.zh}", f"write bounds as {example}; they are {shown.en}")


def whole_and_part(name: str, parts: Sequence[str]) -> Mistake:
    """A fact that is told whole and in part."""
    shown = listed([f"`{name}.{part}`" for part in parts])
    return Mistake(
        "P106",
        Text(f"`{name}` 与 {shown.zh} 不能同时填写", f"`{name}` is told whole and in part, by {shown.en}"),
        Text(f"`{name}` 视为完整：二者留其一", f"`{name}` counts as complete: keep the one or the other"),
    )


def yes_and_no(name: str, word: str, follows: Text | None = None) -> Mistake:
    """A word that is said to be in a list and not to be; `follows` is what it is in the list by."""
    what = Text(f"`{name}`：`{word}` 既在 `yes` 又在 `no`", f"`{name}`: `{word}` is under `yes` and under `no`")
    if follows is not None:
        what = Text(
            f"`{name}`：`{word}` 填在 `no` 中，而{follows.zh}已在其内",
            f"`{name}`: `{word}` is under `no`, but {follows.en} is in it",
        )
    return Mistake("P106", what, Text("改正写错的一处", "correct the one that is wrong"))


def no_number_within(name: str, bounds: str) -> Mistake:
    """Bounds that no number keeps to."""
    what = Text(f"`{name}`：没有数能满足 `{bounds}`", f"`{name}`: no number keeps to `{bounds}`")
    return Mistake("P108", what, Text("改正写错的一处", "correct the one that is wrong"))


# Values -----------------------------------------------------------------------------------------------------------


def unknown_word(fact: str, word: str, near: Text | None) -> Mistake:
    """A word that is not in the list of activities or zone types."""
    kind = _KIND_OF[fact]
    what = Text(f"没有 `{word}` 这个{kind.zh}", f"unknown {kind.en} `{word}`")
    return Mistake("P107", what, near or WORDS_LISTED[fact])


def is_unlisted(code: str, mend: Text | None) -> bool:
    """Whether a problem is that of a word of which nothing is known: it is like none of its list, and of no other."""
    return code == "P107" and any(mend == one for one in WORDS_LISTED.values())


def unknown_value(fact: str, word: str, near: Text | None, values: Sequence[str]) -> Mistake:
    """A value that a choice fact does not have; `values` are the valid ones, with their labels."""
    return Mistake(
        "P107",
        Text(f"`{fact}`：没有 `{word}` 这个值", f"`{fact}`: unknown value `{word}`"),
        near or _one_of(fact, values),
    )


def _one_of(fact: str, values: Sequence[str]) -> Text:
    shown, see = listed(values[:8], "；"), f"`applicability facts {fact}`"
    if len(values) <= 8:
        return Text(f"{ONE_OF.zh}{shown.zh}", f"{ONE_OF.en}{shown.en}")
    return SurfaceText(
        f"{ONE_OF.zh}{shown.zh}等，全部见 {see}",
        f"{ONE_OF.en}{shown.en} …, see {see}",
        Text(f"{ONE_OF.zh}{shown.zh}等，{IN_THE_FORM.zh}", f"{ONE_OF.en}{shown.en} …; {IN_THE_FORM.en}"),
        Text(f"{ONE_OF.zh}{shown.zh}等，{_FACTS_READ.zh}", f"{ONE_OF.en}{shown.en} …; {_FACTS_READ.en}"),
    )


def no_truth(name: str, written: object) -> Mistake:
    """A value that is neither yes nor no."""
    what = Text(f"`{name}`：`{written}` 不是“是”或“否”", f"`{name}`: `{written}` is neither true nor false")
    return Mistake("P102", what, TRUTH)


def no_finding(key: str, written: object) -> Mistake:
    """A finding that is neither yes nor no."""
    what = Text(f"{TRUTH.zh}；{NOT_FOUND_YET.zh}", f"{TRUTH.en}; {NOT_FOUND_YET.en}")
    return Mistake("P102", no_truth(key, written).what, what)


def no_number(name: str, written: object) -> Mistake:
    """A value that is not a number."""
    return Mistake(
        "P102",
        Text(f"`{name}`：`{written}` 不是数字", f"`{name}`: `{written}` is not a number"),
        _DIGITS,
    )


def no_share_of_all(name: str, written: str, why: Text) -> Mistake:
    """A share that is not what all foreign investors hold together, or is written with a comma for the point."""
    meant, found = Text("", ""), re.fullmatch(r"(\d{1,2})[,，](\d{1,2}) ?%?", written.strip())
    if found is not None:
        point = f"`{found[1]}.{found[2]}`"
        meant = Text(f"是否指 {point}？不是的，", f"did you mean {point}? If not, ")
    return Mistake(
        "P102",
        Text(
            f"`{name}`：`{written}` 不能作为外资合计比例读取：{why.zh}",
            f"`{name}`: `{written}` is not read as the share of all foreign investors: {why.en}",
        ),
        Text(
            f"{meant.zh}写境外投资者（含港澳台）合计的百分数，如 `49%`",
            f"{meant.en}write the percentage that all investors from abroad hold, Hong Kong, Macao and Taiwan "
            "included, as `49%`",
        ),
    )


def overlong_number(name: str) -> Mistake:
    """An integer with too many digits to print."""
    return Mistake(
        "P102",
        Text(f"`{name}`：数字过长", f"`{name}`: a number of too many digits"),
        _DIGITS,
    )


def no_text_key() -> Mistake:
    """A key that a program gives and that is no text."""
    return Mistake(
        "P009",
        Text("键必须是文字", "a key must be text"),
        Text('写事实的名称，如 `"city"`', 'write the name of a fact, such as `"city"`'),
    )


def unbounded(name: str) -> Mistake:
    """A value nested in itself, or deeper or larger than a file may be."""
    return Mistake(
        "P006",
        Text(
            f"`{name}`：嵌套超过{MAX_DEPTH}层，或值过多、过长",
            f"`{name}`: nested deeper than {MAX_DEPTH} levels, or too many or too long values",
        ),
        Text("没有事实需要几层以上的嵌套", "no fact nests more than a few levels"),
    )


def out_of_range(name: str, written: object, low: Decimal | None, high: Decimal | None, unit: Text) -> Mistake:
    """A number out of its fact's range; the upper limit may be open."""
    limits = Text(f"不小于{low}", f"at least {low}")
    if high is not None and low is not None:
        limits = Text(f"{low}至{high}", f"from {low} to {high}")
    return Mistake(
        "P108",
        Text(f"`{name}`：{written} 超出范围", f"`{name}`: {written} is out of range"),
        Text(f"填{limits.zh}的数字（{unit.zh}）", f"a number {limits.en} ({unit.en})"),
    )


def no_date(name: str, written: object) -> Mistake:
    """A value that is not a date."""
    return Mistake(
        "P102",
        Text(f"`{name}`：`{written}` 不是日期", f"`{name}`: `{written}` is not a date"),
        Text("写作 `2026-01-31`", "write `2026-01-31`"),
    )


REGISTERED = Text("由注册地与所在地得出", "it follows from the place of registration and the place given")


def contradicted(fact: str, held: str, follows: str, reason: Text) -> Mistake:
    """A fact that contradicts what is derived from others."""
    return Mistake(
        "P106",
        Text(
            f"`{fact}` 填的是 `{held}`，而由其他内容得出的是 `{follows}`",
            f"`{fact}` is given as `{held}`, but `{follows}` follows from the rest",
        ),
        Text(reason.zh, f"{reason.zh} / {reason.en}"),
    )
