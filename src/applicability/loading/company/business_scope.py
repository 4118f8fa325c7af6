"""Parses business scopes as licences print them: items under headings, with what they exclude and standard phrases.

Only an item that a scope states plainly is one that it tells. What is excluded, forbidden, limited or of another time
is none, nor is anything that could be part of such a statement; a standard phrase says nothing of any item.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern

# What shows that a text is written as a scope and not as a list of words.
_MARKS = lazy_pattern(
    r"[()（）\[\]【】:：。]|不含|不包[括含]|不得|不从事|禁止|除外|以外|除.{1,40}外|exclud|except", re.IGNORECASE
)
# The beginning of a part whose items are carried on. A scope that is one text may run into the next one.
_PART = lazy_pattern(
    r"(?<![；;。])(?=(?:许可|一般|前置许可|后置许可)(?:经营)?(?:项目|事项|范围)\s*[:：])"
    r"|(?<=[.)] )(?=(?:licen[cs]ed|general|permitted)(?: business)? (?:items|activities|scope)\s*:)",
    re.IGNORECASE,
)
_CARRIED_ON = lazy_pattern(
    r"(?:本?公司|本?企业|许可|一般|前置|后置|主要|主营|兼营|经营|业务|项目|事项|范围|从事|开展|包括|如下|以下|下列|[的为是有其]|\s)+"
    r"|(?:(?:the|licen[cs]ed|general|permitted|main|business|scope|activities|items|of)\s*)+",
    re.IGNORECASE,
)
# What excludes, forbids or limits, or speaks of another time, of all that stands in a clause …
_EXCLUDES = (
    r"不含|不包[括含]|不得|不从事|不经营|不开展|不提供|不涉及|禁止|严禁|除外|以外|之外|除.*外|限于|仅限|只限"
    r"|取消|注销|终止|停止|暂停|变更前|筹备|筹建|原经营|曾经|(?<![模虚])拟"
    r"|exclud|except|other than|without|\bnot\b|\bonly\b|limited to|prohibit|forbidden"
)
_NOT = lazy_pattern(_EXCLUDES, re.IGNORECASE)
# … and of one item, or of the heading of several.
_OF_ITEM = lazy_pattern(
    rf"{_EXCLUDES}|不|未|非(?!营利|学历|金融|处方)|除|(?<!有)限(?!公司)|仅|须|需|原|曾|已|待|历史|计划|负面清单|特别管理措施"
    r"|\bno\b|former|plann|cancel|ceas",
    re.IGNORECASE,
)
# … and so of all that comes before, or of what follows.
_ABOVE = lazy_pattern(r"以上|上述|前述|上列|\babove\b", re.IGNORECASE)
_BEGINS_NOT = lazy_pattern(
    r"(?:但|并|且)?(?:不含|不包[括含]|不得|不从事|不经营|不开展|禁止|严禁|除外|除|以下|下列|exclud|except|not\b|no\b)",
    re.IGNORECASE,
)
# Phrases that every licence may have: they say of no item that it is carried on or is not.
_STANDARD = lazy_pattern(
    r".*(?:依法须经批准|依法须经审批|须经批准的项目|相关部门批准|有关部门批准|依法自主|自主选择经营|凭.{0,12}(?:证|执照|文件).{0,6}经营"
    r"|(?:审批结果|批准文件|许可证件?|许可文件|批准的内容).{0,12}为准|为准"
    r"|法律、?(?:行政)?法规|国务院决定|产业政策禁止|licen[cs]e|approv|in accordance with law).*",
    re.IGNORECASE | re.DOTALL,
)
_OPEN, _CLOSE = "(（[【〔", ")）]】〕"
_BETWEEN_CLAUSES, _BETWEEN_ITEMS = ";；|\n\r。", ",，、"
_NUMBER = lazy_pattern(r"[(（]?[0-9一二三四五六七八九十]{1,2}[.．、)）]\s*(?=\D)")
_AND_SO_ON = lazy_pattern(r"(?:等(?:业务|项目|服务|活动)?|\betc\.?)$", re.IGNORECASE)
_HEAD = 40

# The activity of a word; None for any other.
ActivityOf = Callable[[str], str | None]


@dataclass(frozen=True)
class BusinessScope:
    """What a scope tells: the items that are known as activities, as written, and the other items; `excludes` is
    whether some of those are excluded, forbidden or limited.
    """

    activities: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    excludes: bool = False


def is_scope(text: str) -> bool:
    """Whether a text is written as a scope: with brackets, headings of parts or exclusions."""
    return _MARKS.search(text) is not None


def read_scope(text: str, known: ActivityOf, mentions: Callable[[str], bool]) -> BusinessScope:
    """Parses a scope; `mentions` says whether a phrase names any activity, which makes it no standard one.

    >>> scope = "许可项目：应用商店服务；旅行社（不含出境）。（依法须经批准的项目，经批准后方可开展经营活动）"
    >>> read_scope(scope, {"应用商店服务": "app-store"}.get, lambda phrase: False)
    BusinessScope(activities=('应用商店服务',), unread=('旅行社（不含出境）',), excludes=True)
    """
    return _ScopeReading(known, mentions).read(text)


class _ScopeReading:
    """One scope being read: the items found so far, and whether those that follow are carried on."""

    def __init__(self, known: ActivityOf, mentions: Callable[[str], bool]) -> None:
        self._known, self._mentions = known, mentions
        self._read: list[str] = []
        self._unread: list[str] = []
        self._part = 0  # where in `_read` the items of this part begin
        self._excludes = False
        self._told = True  # under a heading of what is carried on, or under none
        self._sentence = True  # in a sentence that has excluded nothing so far

    def read(self, text: str) -> BusinessScope:
        for clause, end in _split(_PART.sub("；", text), _BETWEEN_CLAUSES):
            self._clause(clause.strip())
            self._sentence = self._sentence or end == "。"
        return BusinessScope(
            tuple(dict.fromkeys(self._read)), tuple(dict.fromkeys(self._unread)), self._excludes
        )  # fmt: skip

    def _clause(self, clause: str) -> None:
        clause = clause[found.end() :] if (found := _NUMBER.match(clause)) is not None else clause
        clause = self._without_standard(clause)
        if not clause or (self._is_standard(clause) and ":" not in clause.replace("：", ":")):
            return
        if self._told and self._sentence and self._known(clause) is not None:
            self._read.append(clause)
            return
        head, rest = _headed(clause)
        if rest is not None:
            self._told = _CARRIED_ON.fullmatch(head) is not None and _OF_ITEM.search(head) is None
            self._sentence, self._part = True, len(self._read)
            if not self._told:
                self._excludes = self._excludes or _OF_ITEM.search(head) is not None
                self._leave(clause)
            elif rest.strip():
                self._clause(rest.strip())
            return
        bare = "".join(_outside(clause))
        if _ABOVE.search(clause) and _NOT.search(clause):
            self._leave(*self._read[self._part :], clause)
            del self._read[self._part :]
            self._excludes = True
        elif not self._told or not self._sentence:
            self._leave(clause)
        elif _NOT.search(bare) and not all(self._known(one.strip()) for one, _ in _split(clause, _BETWEEN_ITEMS)):
            self._sentence = _BEGINS_NOT.match(bare.strip()) is None
            self._excludes = True
            self._leave(clause)
        else:
            for item, _ in _split(clause, _BETWEEN_ITEMS):
                self._item(item.strip())

    def _item(self, item: str) -> None:
        item = _AND_SO_ON.sub("", item).strip()
        if not item or item in ("无", "其他", "其它"):
            return
        if self._known(item) is not None:
            self._read.append(item)
        else:
            self._excludes = self._excludes or _OF_ITEM.search(item) is not None
            self._leave(item)

    def _leave(self, *items: str) -> None:
        self._unread += items

    def _without_standard(self, clause: str) -> str:
        """A clause without the brackets that hold nothing but a standard phrase."""
        found, start = [], 0
        for begin, end in _brackets(clause):
            if self._is_standard(clause[begin + 1 : end - 1]):
                found.append(clause[start:begin])
                start = end
        return "".join((*found, clause[start:])).strip(" 　,，、*")

    def _is_standard(self, phrase: str) -> bool:
        return (
            _STANDARD.fullmatch(phrase) is not None
            and not re.search("负面清单|特别管理措施|negative list", phrase)
            and not self._mentions(phrase)
        )


def _headed(clause: str) -> tuple[str, str | None]:
    """The heading of a clause and what is under it; None if it has no heading."""
    for at, letter in enumerate(clause):
        if letter in _OPEN or at > _HEAD:
            break
        if letter in ":：":
            return clause[:at].strip(), clause[at + 1 :]
    return clause, None


def _split(text: str, between: str) -> Iterator[tuple[str, str]]:
    """The parts of a text between marks that are outside brackets, and the mark that ends each."""
    start = depth = 0
    for at, letter in enumerate(text):
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth = max(depth - 1, 0)
        elif not depth and letter in between:
            yield text[start:at], letter
            start = at + 1
    yield text[start:], ""


def _brackets(text: str) -> Iterator[tuple[int, int]]:
    """Where the outermost brackets of a text begin and end."""
    begin = depth = 0
    for at, letter in enumerate(text):
        if letter in _OPEN:
            begin, depth = (at if not depth else begin), depth + 1
        elif letter in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield begin, at + 1


def _outside(text: str) -> Iterator[str]:
    """The parts of a text that are outside brackets; an open bracket reaches to the end."""
    depth = 0
    for letter in text:
        if letter in _OPEN:
            depth += 1
        elif letter in _CLOSE and depth:
            depth -= 1
        elif not depth:
            yield letter
