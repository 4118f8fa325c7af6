"""Headings of company registers, and the wordings of company types."""

from __future__ import annotations

import re
import unicodedata
from collections import ChainMap
from collections.abc import Iterable, Mapping
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field
from applicability.model.bilingual import halves, meanings
from applicability.model.composed_headings import Composed, LooksLike, PartOfFact, every_heading, folded
from applicability.model.frozen import FrozenDict, freeze
from applicability.model.partial import YES
from applicability.text import Text

# Columns of a register that are not facts themselves, but imply some.
CREDIT_CODE, NAME, COMPANY_TYPE, ADDRESS = "credit_code", "name", "company_type", "address"
# Columns that tell one fact at a level of their own, the coarsest first; several may stand side by side.
PLACE_LEVELS = ("province", "division")
SECTOR_LEVELS = ("sector_section", "sector_division", "sector_group", "sector_class", "sector_name")
REGISTERED_IN = "registered_in"
REGISTERED_LEVELS = ("registered_province", "registered_city", "registered_district")
LEVELS = FrozenDict(
    {
        **dict.fromkeys(PLACE_LEVELS, "city"),
        **dict.fromkeys(SECTOR_LEVELS, "sector"),
        **dict.fromkeys(REGISTERED_LEVELS, REGISTERED_IN),
    }
)
# The address at which a company is registered, which need not be where it does business.
REGISTERED_ADDRESS = "registered_address"
ROLES = (CREDIT_CODE, NAME, COMPANY_TYPE, ADDRESS, REGISTERED_ADDRESS, *LEVELS)
_IN_PART = f".{YES}"
# Of several columns for these the one whose heading is listed first is read, such as a name and the name matched to it.
FIRST_COUNTS = (NAME, CREDIT_CODE)
# Keys that profiles have and registers do not: whether the entity is only planned, the day, what authorities found,
# limits, and those of an investor.
INVESTOR_KEYS = ("origin", "share", "name")
PROFILE_KEYS = ("planned", "as_of", "determinations", "limits", *INVESTOR_KEYS[:2])


@dataclass(frozen=True)
class CompanyTypeWording:
    """A wording of company types: words of which one must occur, or be the `whole` type, and what it implies.

    `gives` are facts by column, as a register would state them (`foreign_share.above` is a part of one); `presumes` are
    facts that it gives where nothing else tells them; `excludes` are values that it contradicts; `settles` are facts
    that later wordings no longer decide; `note` is a note on companies of that type. `only` are values that a fact must
    have which something else tells, and `usually` those that it nearly always has: `check` is the note on others, and
    on those that it `seldom` has. `unnamed` are facts that have no value for companies of that type, each with a note
    that says so.
    """

    holds: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    gives: Mapping[str, str] = field(default_factory=FrozenDict)
    excludes: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    settles: tuple[str, ...] = ()
    note: Text | None = None
    presumes: Mapping[str, str] = field(default_factory=FrozenDict)
    only: Mapping[str, str] = field(default_factory=FrozenDict)
    usually: Mapping[str, str] = field(default_factory=FrozenDict)
    check: Text | None = None
    unnamed: Mapping[str, Text] = field(default_factory=FrozenDict)
    seldom: Mapping[str, str] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        freeze(self, "gives", "excludes", "presumes", "only", "usually", "unnamed", "seldom")

    @property
    def tells(self) -> tuple[str, ...]:
        """The facts that it may give, by column."""
        return (*self.gives, *self.presumes)


@dataclass(frozen=True)
class Headings:
    """The headings of registers, by what their column holds: a role or a fact; and the wordings of company types.

    `profile` are further words for keys of profiles, by the key, and `investor` words that are such inside an investor
    alone. `may_hold` are headings that are not read, by the column that they may be, which only whoever keeps the
    register knows, and `looks_like` words of such headings. `composed` are further headings of columns, put together
    from words; `parts` tell headings of a part of a fact, and `of_which` how one begins that says so: 其中. `answers`
    are words for yes and no in the columns of single facts, by the fact; `yes_only` are headings under which a no
    leaves the fact open, and `leaves_open` parts of cells that are neither, and no yes.
    """

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    types: tuple[CompanyTypeWording, ...] = ()
    profile: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    may_hold: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    answers: Mapping[str, Mapping[str, bool]] = field(default_factory=FrozenDict)
    investor: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    yes_only: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    leaves_open: Mapping[str, tuple[str, ...]] = field(default_factory=FrozenDict)
    composed: Mapping[str, tuple[Composed, ...]] = field(default_factory=FrozenDict)
    parts: Mapping[str, PartOfFact] = field(default_factory=FrozenDict)
    looks_like: Mapping[str, tuple[LooksLike, ...]] = field(default_factory=FrozenDict)
    of_which: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "columns", "profile", "may_hold", "answers", "investor", "yes_only", "leaves_open", "composed")
        freeze(self, "parts", "looks_like")

    @property
    def words(self) -> tuple[str, ...]:
        """Every heading and key, as it is listed."""
        return tuple(word for names in (*self.columns.values(), *self.profile.values()) for word in names)

    @cached_property
    def by_heading(self) -> Mapping[str, str]:
        """The role or fact of each heading, normalised by `plain`."""
        composed = {one: role for role, told in self.composed.items() for one in every_heading(told)}
        return {**composed, **{plain(one): role for role, names in self.columns.items() for one in names}}

    @cached_property
    def may_be(self) -> Mapping[str, str]:
        """The column that a heading which is not read may be, by the heading, normalised by `plain`."""
        return {plain(one): column for column, names in self.may_hold.items() for one in names}

    @cached_property
    def _yes_only(self) -> Mapping[str, frozenset[str]]:
        """The headings of `yes_only`, normalised by `plain`."""
        return {fact: frozenset(map(plain, names)) for fact, names in self.yes_only.items()}

    def is_of_which(self, heading: str) -> bool:
        """Whether a heading says that its column is a part of another: 其中：外资占比."""
        return folded(heading).startswith(self.of_which)

    def parts_beside(self, fact: str, headings: Iterable[str]) -> tuple[str, ...]:
        """Those of some headings that are of a part of a fact: 港澳台占比."""
        part = self.parts.get(fact)
        return () if part is None else tuple(one for one in headings if plain(one) in part.headings)

    def may_be_rest(self, fact: str, heading: str, parts: Iterable[str]) -> str | None:
        """The heading of a part beside which that of a fact may mean the rest alone: 港澳台占比 beside 外资占比. A part
        that is called so, 其中：港澳台占比, is one of what stands without.
        """
        if (part := self.parts.get(fact)) is None or any(word in folded(heading) for word in part.though):
            return None
        of_which = self.is_of_which(heading)
        return next((one for one in parts if self.is_of_which(one) is of_which), None)

    def looks_as(self, heading: str) -> str | None:
        """The column that a heading looks like by its words."""
        words = folded(heading)
        return next((column for column, told in self.looks_like.items() if any(one.fits(words) for one in told)), None)

    def leaves_no_open(self, fact: str, heading: str) -> bool:
        """Whether a no under this heading leaves the fact open, be it of one in two languages."""
        known = self._yes_only.get(fact, frozenset())
        return not known.isdisjoint(map(plain, (heading, *(halves(once(heading)) or ()))))

    def no_value(self, fact: str, word: str) -> Text | None:
        """The note that no value of a fact fits this word, which is a company type: 个体工商户 as a kind of entity."""
        text = plain(word)
        for one in (one for one in self.types if fact in one.unnamed):
            if any(plain(part) in text for part in one.holds) or text in map(plain, one.whole):
                return one.unnamed[fact]
        return None

    def rank(self, role: str, heading: str) -> int:
        """The place of a heading among those of its role; behind all of them for another one."""
        listed = [plain(one) for one in self.columns.get(role, ())]

        def place(name: str) -> int:
            return listed.index(plain(name)) if plain(name) in listed else len(listed)

        return min(place(heading), *(meanings(once(heading), place) or ()), len(listed))


# The parts of a city that a heading may ask of: 是否本县注册.
_PARTS_OF_CITY = (
    Text("街道", "subdistrict"), Text("县", "county"), Text("旗", "banner"), Text("镇", "town"), Text("乡", "township"),
)  # fmt: skip
_DISTRICT = Text("区", "district")


def part_of_city(heading: str) -> Text:
    """The part of a city that a heading asks of, by its word; 区 (district) where it names no other.

    >>> part_of_city("是否本县注册").en, part_of_city("registered in this town").zh, part_of_city("是否本园区注册").zh
    ('county', '镇', '区')
    """
    words = {*re.findall(r"[a-z]+", heading.casefold())}
    return next((one for one in _PARTS_OF_CITY if one.zh in heading or one.en in words), _DISTRICT)


def held_by(words: Mapping[str, str], heading: str) -> str | None:
    """What a heading holds by the words for headings, as `plain` has them; of one in two languages what both say.

    >>> held_by({"城市": "city", "city": "city", "province": "province"}, "City 城市")
    'city'
    """
    held = words.get(plain(heading))
    if held is not None:
        return held
    said = meanings(once(heading), lambda half: words.get(plain(half)))
    if said is None or said[0] == said[1]:
        return None if said is None else said[0]
    # Of a fact and one of its levels, or some of its words, the latter is the narrower: 行业门类 Industry.
    narrower = [one for one in said if one in SECTOR_LEVELS or one.endswith(_IN_PART)]
    return narrower[0] if len(narrower) == 1 and fact_of(said[0]) == fact_of(said[1]) else None


# Several levels of a sector behind a heading: 国民经济行业（大类/小类）.
_LEVELS_BEHIND = re.compile(r"[（(](?:[门大中小]类|代码|名称|[/、,，及和与-])+[）)]$")


def may_hold(headings: Headings, words: Mapping[str, str], heading: str) -> str | None:
    """The column that a heading which is not read may be: its own, or what a part of it holds, such as a half of one in
    two languages.
    """
    own = headings.may_be.get(plain(heading))
    if own is not None:
        return own
    every = halves(once(heading)) or ()
    own = next((held for one in every for told in (words, headings.may_be) if (held := told.get(plain(one)))), None)
    return own or _by_parts(ChainMap(headings.may_be, words), plain(_LEVELS_BEHIND.sub("", heading.strip())))  # type: ignore[arg-type]


def _by_parts(known: Mapping[str, str], heading: str) -> str | None:
    """What a heading may hold that is known without the levels behind it, or is made of two headings of one fact:
    资质牌照.
    """
    if heading in known:
        return known[heading] if known[heading] not in ROLES else None
    for at in range(2, len(heading) - 1):
        one, other = known.get(heading[:at]), known.get(heading[at:])
        if one is not None and other is not None and fact_of(one) == fact_of(other):
            return one if one.endswith(_IN_PART) or not other.endswith(_IN_PART) else other
    return None


# What stands in brackets behind the heading of a list of which a column has a part.
_PARTLY = ("部分", "in part", "partly", "partial", "part", "incomplete", "不完整", "未写全")


def in_part(words: Mapping[str, str]) -> dict[str, str]:
    """What the headings of lists hold that say that a column has a part of the list: 业务活动（部分）.

    >>> in_part({"业务活动": "activities", "园区": "zones.yes"})["园区(部分)"]
    'zones.yes'
    """
    return {
        plain(f"{word} ({partly})"): f"{fact_of(held)}{_IN_PART}" for word, held in words.items() for partly in _PARTLY
    }


def fact_of(held: str) -> str:
    """The fact that a column tells at one of its levels, or of which it names some words; else what it holds.

    >>> fact_of("province"), fact_of("zones.yes"), fact_of("address")
    ('city', 'zones', 'address')
    """
    return LEVELS.get(held, held.removesuffix(_IN_PART))


# What stands in brackets behind a heading and does not change what it means: a unit, a level, a standard.
_UNIT = re.compile(
    r"\((?:%|percent|百分比|百分数|单位(?::[^()]*)?|(?:亿|万)?(?:元|美元|人民币)|人|个|家|必填|选填|可选|required|optional"
    r"|省级|地级市|地级|县级|gb/?t?4754[^()]*|国标|代码|名称|[0-9]{1,2}(?:位(?:数字?|码|代码)?|-?(?:digits?|characters?|chars?))"
    r"|如有|若有|如适用|ifany|ifapplicable)\)$"
)


# What else a level of divisions is called, behind it: 省（直辖市、自治区）, 市（州）, 区（市、县）, 区、县.
_AND = "、,/及和或与"
_LEVELS = [
    re.compile(rf"^((?:所[在属])?(?:{level}))(?:\((?:{also}|[{_AND}])+\)|(?:[{_AND}](?:{beside}))+)$")
    for level, also, beside in (
        ("省份?|省级", "省|自治区|直辖市|特别行政区|区|市", "自治区|直辖市|特别行政区"),
        ("城市|地级市|地市|市", "自治州|地区|州|盟|地", "自治州|地区|州|盟"),
        ("区县?|县区?", "自治县|县|区|市|旗", "县|区|旗|县级市"),
    )
]


_PERCENT = re.compile(r"%|\((?:单位:)?(?:百分比|百分数|percent)\)")


def says_percent(heading: str) -> bool:
    """Whether a heading says that its numbers are percentages.

    >>> says_percent("外资比例（％）"), says_percent("外资比例")
    (True, False)
    """
    return _PERCENT.search(unicodedata.normalize("NFKC", heading).casefold()) is not None


# Words that ask yes or no without the percent sign behind them.
_ASKS = ("foreign", "foreignowned")


# The number of a column whose heading stands in a table more than once.
_AGAIN = re.compile(r" \([2-9]\)$| \([1-9][0-9]+\)$")


def numbered(heading: str, number: int) -> str:
    """The heading of a column that is one of several of a name, from the second on.

    >>> numbered("城市", 2), once(numbered("城市", 2))
    ('城市 (2)', '城市')
    """
    return f"{heading} ({number})"


def once(heading: str) -> str:
    """A heading without the number of its column among those of its name."""
    return _AGAIN.sub("", heading)


# What users write between the cells of a heading of several rows; messages have the last.
_BETWEEN_ROWS = re.compile(r"\s*[/／>›]\s*")


def joined(heading: str) -> str:
    """A heading of several rows, as users may write it, as it is joined from its cells.

    >>> joined("所在地 › 市"), joined("所在地/市")
    ('所在地市', '所在地市')
    """
    return _BETWEEN_ROWS.sub("", heading)


# What stands behind the word for a part: 其中：外资占比 is 其中外资占比.
_OF_WHICH = re.compile(r"^(其中|ofwhich)[:,、]")


def plain(text: str) -> str:
    """Normalises a heading: no full-width forms, case, spaces, underscores and invisible characters, no unit in
    brackets at its end, and no number of a column among those of its name.
    """
    found = _OF_WHICH.sub(r"\1", folded(once(text)).strip(":*"))
    while (shorter := _UNIT.sub("", found)) and shorter != found:
        found = shorter
    for levels in _LEVELS:
        found = levels.sub(r"\1", found)
    bare = found.rstrip("%")
    return f"{bare}%" if bare in _ASKS and bare != found else bare or found
