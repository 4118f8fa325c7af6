"""The share of foreign investors that a text states, as registers and profiles write it.

A text is read only if it says what all foreign investors hold together: 外方49%、中方51% does, 中方51% and
港资30%+新加坡20% do not. Who is foreign is told by the words that the rulebook has for the origins of investors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.share_numbers import (
    NAMED_RATIO,
    NUMBERED,
    may_be_two_sides,
    numbered_share,
    of_number,
    range_of,
    share_of,
    whole_in_words,
)  # fmt: skip
from applicability.loading.company.share_values import NoShare, Share, ranged
from applicability.loading.company.share_words import (
    ALL,
    BEHIND,
    BOUNDS,
    NOTHING,
    NUMERALS,
    RANGE,
    TYPES,
    in_figures,
    tidied,
)  # fmt: skip
from applicability.loading.company.unread_shares import (
    ABOUT,
    APART,
    BOUND,
    CONTROL,
    DOMESTIC_ONLY,
    EITHER,
    FALLING,
    NOT_WHOLE,
    RATIO,
    SEVERAL,
    WHOSE,
)  # fmt: skip
from applicability.loading.profile.written import is_none
from applicability.model.bilingual import in_both
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook


class Holder(Enum):
    """Whose share a text states: that of the column, foreign investors', those of one origin, or others'."""

    UNSAID, FOREIGN, ORIGIN, DOMESTIC = range(4)


# Cells that are read once, and what stands for one that is not known.
_REMEMBERED = 1 << 13
_UNREAD = object()
_FOREIGN = frozenset(("外方", "外资", "外商", "境外", "外国"))
_DOMESTIC = frozenset(("中方", "内资", "境内", "国内", "国有", "国资", "chinese", "state"))
# Natural persons who are nationals of other countries, whatever else they are.
_NATIONALS = lazy_pattern(r"外籍(?!.*[中内非])[^0-9]{0,6}")
_PLAIN = lazy_pattern(r"([+-]?[0-9]+(?:\.[0-9]+)?)([%％﹪٪]?)")
_SPACED = lazy_pattern(r"[0-9０-９][.．]?\s+[.．]?[0-9０-９]")
_ABOUT_WORDS = lazy_pattern(
    r"[约≈近]|^~|大概|大致|左右|上下|接近|估计|预计|[0-9%成]多|多%|余%|%余|about|around|approx|roughly|circa|^c(?:a)?\.|^ca(?=[0-9])|nearly|almost"
    r"|estimate|orso"
)
_CONTROL_WORDS = lazy_pattern(r"控股|参股|controll|minority")
_RATIO_WORDS = lazy_pattern(r"(?:[^0-9:/()]*)\(?[0-9.]+%?[:比/][0-9.]+%?\)?")
# >50%(51%), as a majority with its number is read.
_BOUND_BESIDE = lazy_pattern(r"[^0-9%]*[<>][0-9.]+(?:%\(?|\()[0-9.]+%?\)?")
_ONE_NUMBER = lazy_pattern(r"[^0-9%]*[0-9]+(?:\.[0-9]+)?%[^0-9%]*")
# What may stand before all else, and between what several hold.
_LEAD = lazy_pattern(r"(?:股比|(?:持股|出资|投资|股权|认缴)?比例|股权结构|股权):|(?:其中|含|包含):?(?=外)")
# A type before the share: 中外合资（外方占49）, JV 49%.
_TYPED = lazy_pattern(
    r"(?:中外合[资作](?:经营)?(?:企业|公司)?|(?:(?:sino|chinese)-?foreign)?(?:equity)?(?:jv|jointventure))[:,]?(?=[^/]*[0-9][^/]*$)"
)
_BETWEEN = lazy_pattern(r"[,;、。+|]|(?<=%)[/和及与]|(?<=[0-9])/(?=[^0-9])")
# 外方（49%）
_IN_BRACKETS = lazy_pattern(r"^([^()0-9%]+)\(([^()]*[0-9][^()]*)\)$")
_BRACKETS = lazy_pattern(r"\(([^()]*)\)")
# What follows at once on the share of another: 外25%中75%, 中75外25.
_NEXT_HOLDER = lazy_pattern(r"(?<=[0-9%])([^0-9%,;、。+|()/:.]{1,12}):?(?=[0-9])")
# 香港独资, 全资（香港）
_ALONE = lazy_pattern(
    r"(?P<before>(?:(?!企业|公司)[^()])*?)(?:全资|独资)(?:企业|公司)?(?:\((?P<behind>[^()]*)\))?|(?:wfoe|wofe)\((?P<of>[^()]*)\)"
)
_HARMLESS = frozenset(
    ("认缴", "认缴出资", "认缴比例", "股权", "股比", "持股", "持股比例", "注册资本", "控股", "相对控股")
)
# Since when it is so: 49%（2025年变更）.
_SINCE = lazy_pattern(
    r"(?:自|于)?(?:19|20)[0-9]{2}(?:年(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[-./][0-9]{1,2}){1,2}"
    r"(?:起|已?变更(?:登记)?|更新|登记)"
)
_SUBSET = lazy_pattern(r"其中:?(.+)")
# 外资合计49%（港资25%、新加坡24%）
_BROKEN_DOWN = lazy_pattern(r"^(?P<all>[^()]*[0-9]%?)\((?P<parts>[^()]*[0-9][^()]*)\)$")
_REST = lazy_pattern(
    r"(?:其余|剩余|余下|余)(?:部分)?(?:股权|股份|比例)?(?:均|都)?(?:由|为|归|是)?(.+?)(?:持有|持股|所有)?"
)
_STEM = lazy_pattern(
    r"(?:股东|投资者|投资方|投资人|一方|企业|公司|所占|所持|投资|-?owned|-?held|-?invested|party|side|investors?|shareholders?"
    r"|partners?|nationals?|equity|capital|stake|ownership)+$"
)
_VERB = lazy_pattern(
    r"(?:合计|共计|总计|共)?(?:持股|持有|占股|占比|占|出资|投资|股权|认缴|(?:相对)?控股)?(?:比例|股比|比)?(?:为|是|在)?:?$"
)
_TAIL = lazy_pattern(r"(?:的)?(?:股权|股份|股比|持股|控股)?|stake|share|shareholding|ownership|interest")
_HELD_BY = lazy_pattern(r"(?:的)?(?:股权|股份)?(?:由|归)(.+?)(?:持有|所有|持股)")


# Short names of origins that stand for nothing else beside a number; of other codes some are words (ca 25%, at 30%).
_SHORT_ORIGINS = frozenset(
    ("us", "usa", "uk", "uae", "bvi", "hk", "hkg", "hmt", "sg", "sgp", "tw", "twn", "cn", "chn", "prc", "fie")
)
_SHORT = lazy_pattern("[a-z]{2,3}")


@dataclass(frozen=True)
class _Clause:
    """One of the parts of a text: whose share it is of, and the share, if it states one."""

    holder: Holder
    share: Share | None


class ShareReader:
    """Reads shares; `origins` has the origin of investors by each word for one, `domestic` are those of this country,
    and `open` those that may be either.
    """

    def __init__(
        self, origins: Mapping[str, str], domestic: frozenset[str], open_: frozenset[str], general: frozenset[str]
    ) -> None:
        self._origins = origins
        self._domestic = domestic
        self._open = open_
        self._general = general
        self._known: BoundedCache[str, Share | NoShare | None] = BoundedCache(_REMEMBERED)

    def read(self, cell: object) -> Share | NoShare | None:
        """The share of foreign investors that a cell states; None if it states none at all."""
        if not isinstance(cell, str):
            return of_number(cell)
        if (plain := _PLAIN.fullmatch(cell)) is not None:
            return share_of(plain[1], percent=bool(plain[2]))
        if len(cell) > 200:
            return None
        # A register's cell is read where it is encoded, where it is told and beside the type of its company.
        found = self._known.get(cell, _UNREAD)
        if found is _UNREAD:
            found = self._known[cell] = self._of_words(cell)
        return found  # type: ignore[return-value]

    def _of_words(self, cell: str) -> Share | NoShare | None:
        """The share that a cell states in words."""
        if _SPACED.search(cell := tidied(cell)):
            return NoShare(APART)
        # No NFKC: that would make a digit of a footnote mark.
        text = "".join(_narrow(one) for one in cell.strip().replace("\n", ";") if not one.isspace()).casefold()
        text = _LEAD.sub("", text.rstrip(";,、。"), count=1) if _LEAD.match(text) else text.rstrip(";,、。")
        if is_none(text) or text in NOTHING:
            return Share(Decimal(0), True)
        if text in ALL:
            return Share(Decimal(100), True)
        if text in TYPES:
            return ranged(TYPES[text])
        if (alone := self._alone(text)) is not None:
            return alone
        if (number := whole_in_words(text)) is not None:
            return Share(number, False)
        if (ratio := NAMED_RATIO.fullmatch(text)) is not None:
            return self._of_ratio(ratio)
        clauses = self._clauses(text := in_figures(_TYPED.sub("", text, count=1) if _TYPED.match(text) else text))
        found = None if clauses is None else self._together(clauses)
        if not isinstance(found, Share) and (both := in_both(cell, self._certain)) is not None:
            return both
        if not isinstance(found, Share) and _BOUND_BESIDE.fullmatch(text):
            return NoShare(BOUND)
        return _unread(text) if found is None else found

    def _certain(self, cell: str) -> Share | None:
        """The share that a cell states, where it does."""
        share = self.read(cell)
        return share if isinstance(share, Share) else None

    def _of_ratio(self, ratio: re.Match[str]) -> Share | NoShare | None:
        """What a ratio says whose sides are named: 51:49（中:外）; the two have to come to 100."""
        sides = [(ratio[f"{one}_side"] or ratio[f"{one}_named"], Decimal(ratio[one])) for one in ("first", "second")]
        if sum(number for _, number in sides) != 100:
            return NoShare(NOT_WHOLE)
        clauses = self._clauses(",".join(f"{holder}{number}%" for holder, number in sides))
        return None if clauses is None else self._together(clauses)

    def _alone(self, text: str) -> Share | None:
        """Everything where one side holds it: 香港独资; 独资 alone does not say which."""
        found = _ALONE.fullmatch(text)
        if found is None:
            return None
        said = [one for one in (found["before"], found["behind"], found["of"]) if one]
        holders = {self._holder(one) for one in said}
        if not holders or None in holders:
            return None
        if Holder.DOMESTIC in holders:
            return Share(Decimal(0), True) if len(holders) == 1 else None
        return Share(Decimal(100), True)

    def _separated(self, text: str) -> str:
        """A text with a comma between what it says of one holder and of the next."""
        if text[:1].isdecimal():  # 49%中方51%: either may be the holder of either
            return text
        return _NEXT_HOLDER.sub(lambda found: f",{found[0]}" if self._holder(found[1]) is not None else found[0], text)

    def _total(self, text: str) -> str:
        """A text without the shares in brackets of those who hold it, where they come to the share of all before them:
        外资49%（港资25%、新加坡24%）, 40%（香港40%）.
        """
        found = _BROKEN_DOWN.match(text)
        parts = self._clauses(found["parts"]) if found is not None else None
        whole = self._clause(found["all"], ()) if found is not None else None
        if found is None or not parts or not whole or whole[0].share is None or whole[0].holder is Holder.DOMESTIC:
            return text
        holders = (Holder.ORIGIN,) if len(parts) > 1 else (Holder.ORIGIN, Holder.FOREIGN)
        stated = [one.share for one in parts if one.share is not None and one.holder in holders]
        if len(stated) < len(parts) or any(one.bound for one in (*stated, whole[0].share)):
            return text
        return found["all"] if sum(one.number for one in stated) == whole[0].share.number else text

    def _clauses(self, text: str) -> list[_Clause] | None:
        """What a text says of each holder; None if a part of it cannot be read."""
        text = self._total(_IN_BRACKETS.sub(r"\1\2", self._separated(text)))
        parts: list[str] = []
        end = 0
        for bracket in _BRACKETS.finditer(text):
            parts += (text[end : bracket.start()], bracket[1])
            end = bracket.end()
        parts.append(text[end:])
        found: list[_Clause] = []
        for place, part in enumerate(parts):
            if place % 2 and (part in _HARMLESS or _SINCE.fullmatch(part)):
                continue
            for words in filter(None, _BETWEEN.split(part)):
                clause = self._clause(words, found)
                if clause is None:
                    return None
                found += clause
        return found

    def _clause(self, words: str, before: Sequence[_Clause]) -> list[_Clause] | None:
        """What a part of a text says; nothing if it says no more than those before it."""
        if (subset := _SUBSET.fullmatch(words)) is not None:
            part, whole = self._clause(subset[1], ()), before[-1].share if before else None
            own = part[0].share if part else None
            return None if own is None or whole is None or max(own.numbers) > max(whole.numbers) else []
        if (rest := _REST.fullmatch(words)) is not None:
            return [] if before and self._holder(rest[1]) is Holder.DOMESTIC else None
        span = RANGE.search(words)
        if span is not None:
            share, head, tail = range_of(span), words[: span.start()], words[span.end() :]
        elif (numbered := NUMBERED.fullmatch(words)) is not None:
            share, head, tail = numbered_share(numbered), numbered["head"], numbered["tail"]
        else:
            holder = self._holder(words)
            return None if holder is None or not before else [_Clause(holder, None)]
        bounds = [(word, bound) for word, bound in BOUNDS if head.endswith(word)][:1]
        if bounds:
            head = head.removesuffix(bounds[0][0])
        if tail in BEHIND:
            bounds.append((tail, BEHIND[tail]))
            tail = ""
        if (held_by := _HELD_BY.fullmatch(tail)) is not None:
            tail = held_by[1]
        said = (_VERB.sub("", head, count=1), tail)
        holders = [self._holder(one) for one in said if not _TAIL.fullmatch(one)]
        if share is None or len(bounds) > (not share.bound) or len(holders) > 1 or None in holders:
            return None
        if span is not None and may_be_two_sides(span) and not holders:
            return None
        if bounds:
            share = Share(share.number, share.percent, bounds[0][1])
        return [_Clause(next(iter(holders), None) or Holder.UNSAID, share)]

    def _holder(self, words: str) -> Holder | None:
        """Who a word stands for; None if that is not known, or may be anybody."""
        if _NATIONALS.fullmatch(words):
            return Holder.FOREIGN
        stem = _STEM.sub("", words)
        for word in (words, stem):
            forms = [word, *([f"{word}资", f"{word}方"] if len(word) == 1 else ())]
            if word[-1:] in ("方", "商", "资", "籍"):
                forms += (f"{word[:-1]}{end}" for end in ("资", "方", ""))
            for form in filter(None, forms):
                if form in _FOREIGN:
                    return Holder.FOREIGN
                if form in _DOMESTIC:
                    return Holder.DOMESTIC
                if (origin := self._origins.get(fold(form))) is not None:
                    return self._of_origin(origin)
        several = {self._holder(one) for one in words.split("/")} if "/" in words else {None}
        # What Hong Kong and Macao hold together is of neither alone, and all of it from abroad.
        return Holder.ORIGIN if several == {Holder.ORIGIN} else None

    def is_abroad(self, words: str) -> bool:
        """Whether a word is for investors of one place abroad: 日资, 港."""
        return self._holder(words) is Holder.ORIGIN

    def _of_origin(self, origin: str) -> Holder | None:
        if origin in self._domestic:
            return Holder.DOMESTIC
        if origin in self._open:
            return None
        return Holder.FOREIGN if origin in self._general else Holder.ORIGIN

    def _together(self, clauses: Sequence[_Clause]) -> Share | NoShare | None:
        """What the parts of a text say of all foreign investors."""
        stated = [(one.holder, one.share) for one in clauses if one.share is not None]
        beside = [one.holder for one in clauses if one.share is None]
        if len(stated) == 1:
            ((holder, share),) = stated
            if beside == [Holder.DOMESTIC] and holder is Holder.UNSAID:
                holder = Holder.DOMESTIC
            elif beside and (Holder.DOMESTIC in beside or holder not in (Holder.UNSAID, Holder.FOREIGN)):
                return NoShare(SEVERAL)
            if holder is not Holder.DOMESTIC:
                return share
            whole = not share.bound and share.number == 100
            return Share(Decimal(0), True) if whole else _domestic_only([share])
        if not stated or beside:
            return None
        if len(stated) == 2 and (one := _of_one_side(*stated)) is not None:
            return one
        domestic = [share.number for holder, share in stated if holder is Holder.DOMESTIC]
        others = [holder for holder, _ in stated if holder is not Holder.DOMESTIC]
        adds_up = sum(share.number for _, share in stated) == 100 and not any(share.bound for _, share in stated)
        # With what the domestic side holds they make up the whole: one foreign side, or each of one origin.
        if domestic and adds_up and (len(others) <= 1 or set(others) == {Holder.ORIGIN}):
            return Share(Decimal(100) - sum(domestic, Decimal(0)), True)
        return NoShare(SEVERAL) if others else _domestic_only([share for _, share in stated])


def _domestic_only(shares: Sequence[Share]) -> NoShare:
    """That a text states these shares, of domestic investors alone."""
    held = sum((one.number for one in shares), Decimal(0))
    whole = held <= 100 and not any(one.bound for one in shares)
    return NoShare(DOMESTIC_ONLY, 100 - held if whole else None)


def numbers_in(cell: object) -> frozenset[float | None]:
    """The numbers from 0 to 100 that an unread share holds; None stands for one in words."""
    text = "".join(map(_narrow, str(cell)[:200]))
    found = {float(one) for one in re.findall(r"-?[0-9]+(?:\.[0-9]+)?", text)[:20]}
    words = re.search(f"[{NUMERALS}半]", text) is not None
    return frozenset((*(one for one in found if 0 <= one <= 100), *((None,) if words else ())))


# By the identity of their rulebooks, which they are made from.
_READERS: BoundedCache[int, tuple[Rulebook, ShareReader]] = BoundedCache(8)


def shares_of(rulebook: Rulebook) -> ShareReader:
    """The reader of shares with the words of a rulebook."""
    found = _READERS.get(id(rulebook))
    if found is None or found[0] is not rulebook:
        found = _READERS[id(rulebook)] = (rulebook, _reader(rulebook))
    return found[1]


def _reader(rulebook: Rulebook) -> ShareReader:
    declared = next((one for one in rulebook.facts.values() if one.type == "investors"), None)
    if declared is None:
        return ShareReader({}, frozenset(), frozenset(), frozenset())
    totals = (one.leave_out for one in rulebook.derivations if one.when is None and one.leave_out)
    domestic: frozenset[str] = next(totals, frozenset())
    several = {key: frozenset(one.may_be) for key, one in declared.values.items() if one.may_be}
    open_ = frozenset(key for key, may_be in several.items() if may_be & domestic)
    abroad = frozenset(declared.values).difference(domestic, several)
    general = frozenset(key for key, may_be in several.items() if may_be >= abroad) - open_
    names = declared.by_name.items()
    origins = {name: one for name, one in names if name in _SHORT_ORIGINS or not _SHORT.fullmatch(name)}
    return ShareReader(origins, domestic, open_, general)


def _narrow(letter: str) -> str:
    if letter in "﹪٪":
        return "%"
    return chr(ord(letter) - 0xFEE0) if 0xFF01 <= ord(letter) <= 0xFF5E else letter


def _of_one_side(first: tuple[Holder, Share], second: tuple[Holder, Share]) -> Share | None:
    """The share of foreign investors where two statements are both about it: its two bounds, or what it leaves."""
    (holder, one), (other_holder, other) = first, second
    if other_holder is Holder.UNSAID and holder is not Holder.DOMESTIC:
        if not one.bound and other.bound:
            # 60%（绝对控股）: two sides cannot hold that much.
            both_sides = one.number + other.number <= 100
            return one if not both_sides and other.interval.holds(one.number) else None
        directions = {bound in ("at_least", "above") for bound, _ in (*one.ends, *other.ends)}
        if len(one.ends) == len(other.ends) == 1 and directions == {True, False}:
            low, high = sorted((*one.ends, *other.ends), key=lambda end: end[0] not in ("at_least", "above"))
            both = one.interval.meet(other.interval)
            # Of 49 and ≤60 without a sign either may be a fraction of one.
            return None if both.empty else ranged((low, high), percent=one.percent and other.percent)
    domestic = [share for held, share in (first, second) if held is Holder.DOMESTIC]
    foreign = [share for held, share in (first, second) if held is not Holder.DOMESTIC]
    if len(domestic) == 1 and foreign[0].bound and foreign[0].ends == domestic[0].mirrored.ends:
        return foreign[0]
    return None


def _unread(text: str) -> NoShare | None:
    """Why a text with a share in it cannot be read, where that is plain."""
    if re.search(f"[0-9{NUMERALS}]", text) is None:
        return NoShare(CONTROL) if _CONTROL_WORDS.search(text) else None
    if _ABOUT_WORDS.search(text):
        return NoShare(ABOUT)
    if (span := RANGE.fullmatch(text)) is not None:
        return NoShare(EITHER if may_be_two_sides(span) else FALLING)
    if _RATIO_WORDS.fullmatch(text):
        return NoShare(RATIO)
    return NoShare(WHOSE) if _ONE_NUMBER.fullmatch(text) else None
