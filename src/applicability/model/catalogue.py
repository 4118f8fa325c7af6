"""Names of all sectors and everyday words for them, to recognise, search and correct what people write.

A catalogue decides nothing: the codes that rules distinguish are in `Sectors.codes`. It is kept as three plain texts,
so that loading a rulebook does not parse it: a code's line is found in the text, and all lines are parsed only for
names.

A name is looked up in four forms, each looser than the last. In the form as written an official name takes precedence
over an everyday word, so 租赁业 is a division; in a looser form it comes after, so 租赁 is the word that may mean two
of them.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.places import fold
from applicability.model.word_match import begins_word, is_whole_words, singular, words_of

_MARKS = lazy_pattern(r"[、，,;；:：()/&+“”\"]")
_JOINS = str.maketrans({"及": "和", "与": "和"})
# What the standard calls what is left over, at the beginning of a name.
RESIDUAL = "其他"
# Words for what is left over, of any list: they name no business, whatever official name begins with them.
_RESIDUAL = lazy_pattern(
    r"(?:其他|其它|其余|综合|未列明|未分类|不详|各类|others?|misc(?:ellaneous)?|various|general|notlisted|unclassified)+"
    r"(?:行业|产业|领域|企业|公司|项目|类别|类型|[类业])?(?:sectors?|industr(?:y|ies)|business(?:es)?|activit(?:y|ies))?"
)
# The name of a division that people also write for any service that their list lacks.
_OTHER_SERVICES = lazy_pattern(r"(?:其他|其它|其余)服务(?:业|行业)?|otherservices?(?:sectors?|industr(?:y|ies))?")
# Suffixes that people add to the name of a business, or the standard to that of an industry.
_ENDINGS = (
    "公司", "企业", "行业", "机构", "业务", "服务", "活动", "业",
    "company", "companies", "firm", "business", "industry", "sector", "service",
)  # fmt: skip


@dataclass(frozen=True)
class Named:
    """A code with its names: the standard's, and an English one that this rulebook gives it."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class Everyday:
    """Everyday words that mean one code, or any of several."""

    codes: tuple[str, ...]
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of both languages."""
        return (*self.zh, *self.en)


@dataclass(frozen=True)
class Hit:
    """A code that a search found, and the everyday words that matched."""

    sector: Named
    words: tuple[str, ...] = ()


@functools.lru_cache(maxsize=8192)
def forms(name: str) -> tuple[str, str, str, str]:
    """Normalised forms of a name for lookup: as written; then also without marks and plurals, 业, common suffixes.

    >>> forms("Law Firms")
    ('lawfirms', 'lawfirm', 'lawfirm', 'law')
    >>> forms("铁路与道路运输服务业")
    ('铁路与道路运输服务业', '铁路和道路运输服务业', '铁路和道路运输服务', '铁路和道路运输')
    """
    written = fold(name if name.isascii() else unicodedata.normalize("NFKC", name))
    plain = singular(_MARKS.sub("", written.replace("&", "and") if written.isascii() else written).translate(_JOINS))
    shorter = plain.removesuffix("业") if len(plain) > 2 else plain
    return written, plain, shorter, _bare(shorter)


def is_residual(name: str) -> bool:
    """Whether a name says only that it is what other names leave over, or several things at once.

    >>> is_residual("其他行业"), is_residual("Others"), is_residual("其他服务业")
    (True, True, False)
    """
    return _RESIDUAL.fullmatch(forms(name)[0]) is not None


def is_other_services(name: str) -> bool:
    """Whether a name is that of the division of other services, and of nothing finer.

    >>> is_other_services("其他服务业"), is_other_services("Other services"), is_other_services("其他互联网服务")
    (True, True, False)
    """
    return _OTHER_SERVICES.fullmatch(forms(name)[0]) is not None


def _bare(word: str) -> str:
    if word.endswith(_ENDINGS):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                return _bare(singular(word.removesuffix(ending)))
    return word


@dataclass(frozen=True)
class Catalogue:
    """The names of sectors and everyday words for them; each text has one line per code, entry or form."""

    names: str = "\n"
    words: str = "\n"
    index: str = "\n"

    @staticmethod
    def of(names: Iterable[Named], words: Iterable[Everyday]) -> Catalogue:
        """A catalogue of these names and words."""
        named, everyday = tuple(names), tuple(words)
        official = [(forms(name), (one.code,)) for one in named for name in (one.zh, one.en)]
        common = [(forms(word), one.codes) for one in everyday for word in one.words]
        index: dict[str, list[str]] = {}
        for form in range(4):
            for group in (official, common) if form == 0 else (common, official):
                _add(index, [(spelt[form], codes) for spelt, codes in group])
        return Catalogue(
            _text((one.code, one.zh, one.en) for one in named),
            _text((" ".join(one.codes), "|".join(one.zh), "|".join(one.en)) for one in everyday),
            _text((form, " ".join(codes)) for form, codes in index.items()),
        )

    def find(self, code: str) -> Named | None:
        """The names of a code; None if it is not listed."""
        line = _line(self.names, code)
        return Named(code, *line.split("\t")) if line is not None else None

    def codes_of(self, name: str) -> tuple[str, ...]:
        """The codes that a name or everyday word means; 互联网+ means none, since it may be added to any business."""
        for form in forms(name):
            if "+" in form or _RESIDUAL.fullmatch(form):
                return ()
            if form in self._by_form:
                return tuple(self._by_form[form].split(" "))
        return ()

    def search(self, wanted: str) -> tuple[Hit, ...]:
        """Codes by code, name and everyday word, best first: equal, equal without endings, then prefix, then substring.

        What is in letters is found where a word begins, and comes before the others where it is the whole of a word.
        Names contained in the query, as 旅行社 in 国际旅行社业务, count only if nothing contains the query.
        """
        _, plain, _, bare = forms(wanted)
        if not plain:
            return ()
        written = unicodedata.normalize("NFKC", wanted)
        query = _Query(plain, bare, tuple(fold(part) for part in written.split()), tuple(words_of(written)))
        ranks: dict[str, int] = {}
        words: dict[str, list[tuple[int, str]]] = {}
        for rank, code, word in self._matches(query):
            ranks[code] = min(rank, ranks.get(code, rank))
            if word:
                words.setdefault(code, []).append((rank, word))
        if any(rank < _INSIDE for rank in ranks.values()):
            ranks = {code: rank for code, rank in ranks.items() if rank < _INSIDE}
        order = sorted(ranks, key=lambda code: (ranks[code], _level(code), code))
        known = self._by_code
        alone = (code for code in order if known[code].zh != getattr(known.get(code[:-1]), "zh", ""))
        told = {code: tuple(word for _, word in sorted(matched, key=itemgetter(0))) for code, matched in words.items()}
        return tuple(Hit(known[code], told.get(code, ())) for code in alone)

    def _matches(self, query: _Query) -> Iterator[tuple[int, str, str]]:
        """The matches among codes, names and words: the rank, the code, and the word if it was one."""
        for one, codes_forms in self._spelt:
            if query.plain == one.code.lower():
                yield _EQUAL, one.code, ""
            elif query.plain.isdigit() and one.code.startswith(query.plain):
                yield _BEGINS, one.code, ""
            for name, form in codes_forms:
                if (rank := _rank(name, form, query)) is not None:
                    yield rank, one.code, ""
        for entry, spelt in self._worded:
            for word, form in spelt:
                if (rank := _rank(word, form, query)) is not None:
                    for code in entry.codes:
                        yield max(rank, _SAID), code, word

    def all_names(self) -> Iterator[str]:
        """Every name and everyday word of both languages."""
        for one in self._by_code.values():
            yield from (one.zh, one.en)
        for entry, _ in self._worded:
            yield from entry.words

    # Parsed on demand
    # ----------------------------------------------------------------------------------------------------

    @cached_property
    def _by_form(self) -> Mapping[str, str]:
        return dict(line.split("\t", 1) for line in self.index[1:-1].split("\n") if line)

    @cached_property
    def _by_code(self) -> Mapping[str, Named]:
        return {code: Named(code, zh, en) for code, zh, en in _lines(self.names)}

    @cached_property
    def _spelt(self) -> Sequence[tuple[Named, tuple[tuple[str, str], ...]]]:
        return [(one, tuple((name, forms(name)[1]) for name in (one.zh, one.en))) for one in self._by_code.values()]

    @cached_property
    def _worded(self) -> Sequence[tuple[Everyday, tuple[tuple[str, str], ...]]]:
        found = [
            Everyday(tuple(codes.split(" ")), tuple(zh.split("|")), tuple(en.split("|")))
            for codes, zh, en in _lines(self.words)
        ]
        return [(one, tuple((word, forms(word)[1]) for word in one.words if word)) for one in found]

    def __getstate__(self) -> dict[str, str]:
        """The texts only: a cached rulebook need not hold the indexes built from them."""
        return {"names": self.names, "words": self.words, "index": self.index}


@dataclass(frozen=True)
class _Query:
    """What is searched for: its forms, its parts between spaces, and its words in letters."""

    plain: str
    bare: str
    parts: tuple[str, ...]
    words: tuple[str, ...]


# Ranks of a match: a name that is equal goes before a word that is, and one that is equal without its ending comes
# after both; the last counts only if there are no others.
_EQUAL, _SAID, _MEANT, _BEGINS, _HOLDS, _BEGINS_SO, _HOLDS_SO, _INSIDE = range(8)


def _rank(name: str, form: str, query: _Query) -> int | None:
    plain, parts = query.plain, query.parts
    if form == plain:
        return _EQUAL
    if query.bare in (form, _bare(form)):
        return _MEANT
    if plain.isascii() and plain in form:
        words = words_of(name)
        if is_whole_words(words, plain):
            return _BEGINS if form.startswith(plain) else _HOLDS
        if form.startswith(plain):
            return _BEGINS_SO
        if begins_word(words, plain):
            return _HOLDS_SO
    elif plain in form:
        return _BEGINS if form.startswith(plain) else _HOLDS
    if len(parts) > 1 and all(part in form and _stands(name, part) for part in parts):
        return _HOLDS
    if form.isascii():
        return _INSIDE if len(form) >= 4 and form in plain and is_whole_words(query.words, form) else None
    return _INSIDE if len(form) >= 2 and form in plain else None


def _stands(name: str, part: str) -> bool:
    return not part.isascii() or begins_word(words_of(name), part)


def _level(code: str) -> int:
    return 1 if code.isalpha() else len(code)


def _add(index: dict[str, list[str]], group: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Adds names that are not in the index; equal names in one group mean any of their codes."""
    found: dict[str, list[str]] = {}
    for form, codes in group:
        if form not in index:
            found.setdefault(form, []).extend(code for code in codes if code not in found.get(form, ()))
    index.update(found)


def _text(lines: Iterable[Sequence[str]]) -> str:
    return "\n" + "".join("\t".join(line) + "\n" for line in lines)


def _line(text: str, key: str) -> str | None:
    """The rest of the line that begins with a key."""
    start = text.find(f"\n{key}\t")
    return None if start < 0 else text[start + len(key) + 2 : text.index("\n", start + 1)]


def _lines(text: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in text[1:-1].split("\n") if line)
