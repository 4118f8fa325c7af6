"""Addresses that begin with no certain place: those that are no more than the name of one, and notes on the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.register.columns.interned import InternedColumn, texts_of
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, bounded_note
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.addresses import AddressMatch
from applicability.loading.company.bare_names import place_named
from applicability.loading.company.cells import is_missing
from applicability.loading.company.dittos import is_ditto
from applicability.loading.company.location import unread_address
from applicability.loading.profile.place_mistakes import no_place_in_cell
from applicability.model.places import Gazetteer
from applicability.text import Lang, Surface, SurfaceText, Text

NOWHERE = AddressMatch(None, ())
_LEFT_OUT = Text("{what}；未采用", "{what}; left out")
_TOLD_ELSEWHERE = Text(
    "{what}；未采用；{label}已另行得知，地址不必改写",
    "{what}; left out; the {label} is known otherwise, so that the address need not be rewritten",
)
_ALL_IN_ONE = SurfaceText(
    "{mend}；全部在同一市的，用 --set {fact}=… 或加一列“{label}”",
    "{mend}; if all are in one city, use --set {fact}=… or add a column “{label}”",
    Text("{mend}；全部在同一市的，加一列“{label}”", "{mend}; if all are in one city, add a column “{label}”"),
)
# A street without the kind of any division before it.
_STREET = lazy_pattern(r"[^省市区县镇乡园]{1,12}?(?:路|街|道|巷|弄|胡同)")
# Longer texts are no names of places.
_LONGEST = 20
_REMEMBERED = 100_000


@dataclass(frozen=True)
class _NamedOrNoted:
    """An address as a name of a place, and what is wrong with it if it is none; neither where there is no address.

    With `street` it names a street alone.
    """

    named: AddressMatch = NOWHERE
    note: Note | None = None
    street: bool = False


class UnreadAddresses:
    """Reads the addresses of a column that told nothing; `heading` is that of the column, `fact` what it tells, and
    `label` what that fact is called where one answer may hold for all companies (None: it may not).
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        heading: str,
        lang: Lang,
        fact: str = "city",
        label: Text | None = None,
        surface: Surface = "terminal",
    ) -> None:
        self._gazetteer, self._heading, self._lang, self._fact = gazetteer, heading, lang, fact
        self._label, self._all_in_one = label, _ALL_IN_ONE.on(surface)
        # The notes where the city is told elsewhere, by those where it is not.
        self._checked: dict[Note, Note] = {}
        self._known: BoundedCache[str, _NamedOrNoted] = BoundedCache(_REMEMBERED)

    def read(
        self,
        column: Any,
        addresses: Codes,
        kinds: InternedColumn[AddressMatch],
        in_city: NDArray[np.bool_],
        settled: NDArray[np.bool_],
    ) -> tuple[Codes, Notes]:
        """The codes of the addresses with those of names, and the notes on the others.

        There are none on rows that are `settled`, of which an address could tell nothing more, and none on a street
        `in_city`, where another column tells that (bool, shape (rows,)).
        """
        empty = np.array([one is None or _tells_nothing(one) for one in kinds.kinds], np.bool_)
        lone = np.array([one is not None and bool(one.districts) for one in kinds.kinds], np.bool_)[addresses]
        rows = np.flatnonzero(empty[addresses])
        if not rows.size:
            return addresses, NO_NOTES
        texts = texts_of(column.take(pa.array(rows)), str)
        lengths = np.asarray(pc.fill_null(pc.utf8_length(texts), 0))
        looked = (lengths > 0) & (~settled[rows] | (lengths <= _LONGEST))
        if not looked.any():
            return addresses, NO_NOTES
        rows, found = rows[looked], different(texts.filter(pa.array(looked)))
        read = [*(self._of(str(one)) for one in found.values), _NamedOrNoted()]
        which = np.where(found.places == NONE, len(read) - 1, found.places)
        named = np.array([0 if one.named == NOWHERE else kinds.number(one.named) for one in read], np.int32)[which]
        codes = np.array(addresses, np.int32)
        codes[rows[named > 0]] = named[named > 0]
        words = [one.note for one in read if one.note is not None]
        numbers = iter(range(len(words)))
        number = np.array([NONE if one.note is None else next(numbers) for one in read], np.int32)[which]
        street = np.array([one.street for one in read], np.bool_)[which]
        noted = (number != NONE) & ~settled[rows] & ~((street | lone[rows]) & in_city[rows])
        return codes, Notes(rows[noted], number[noted], words)

    def beside_city(self, notes: Notes, known: NDArray[np.bool_]) -> Notes:
        """The notes, which on rows where the city is known ask for no correction (bool, shape (rows,))."""
        own = known[notes.rows]
        if not own.any():
            return notes
        count = len(notes.words)
        words = [*notes.words, *(self._checked.get(one, one) for one in notes.words)]
        return Notes(notes.rows, np.where(own, notes.which + count, notes.which).astype(np.int32), words)

    def _of(self, cell: str) -> _NamedOrNoted:
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def _read(self, cell: str) -> _NamedOrNoted:
        if is_missing(cell):
            return _NamedOrNoted()
        short = len(cell) <= _LONGEST or cell.isascii()
        named = place_named(self._gazetteer, cell) if short else NOWHERE
        if named != NOWHERE:
            return _NamedOrNoted(named)
        wrong = unread_address(self._gazetteer, cell.strip())
        # An address that contradicts itself is wrong, whatever tells the city.
        silent = is_ditto(cell.strip()) or wrong == no_place_in_cell(cell.strip())
        hint = "" if wrong.mend is None else wrong.mend.of(self._lang)
        if silent and self._label is not None:
            slots = {"fact": self._fact, "label": self._label.of(self._lang)}
            hint = self._all_in_one.of(self._lang).format(mend=hint, **slots)
        said = Text(_LEFT_OUT.zh.format(what=wrong.what.zh), _LEFT_OUT.en.format(what=wrong.what.en))
        note = bounded_note(self._heading, self._fact, said, self._lang, wrong.code, hint)
        if silent and self._label is not None:
            what, label = wrong.what, self._label
            told = Text(*(one.format(what=w, label=n) for one, w, n in (
                (_TOLD_ELSEWHERE.zh, what.zh, label.zh), (_TOLD_ELSEWHERE.en, what.en, label.en),
            )))  # fmt: skip
            self._checked[note] = bounded_note(self._heading, self._fact, told, self._lang)
        return _NamedOrNoted(note=note, street=_STREET.match(cell.strip()) is not None)


def _tells_nothing(address: AddressMatch) -> bool:
    """Whether an address tells no place by itself."""
    return address.division is None and not address.zones and not address.outside
