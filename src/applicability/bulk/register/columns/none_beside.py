"""Cells of lists that say “none” beside what they name (无；软件开发): nothing of them is read.

A word that is not known leaves a list known in part; here it is not known either whether the other words are meant.
"""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.engine.arrays import NONE, different, is_list
from applicability.bulk.engine.text_bytes import is_plain_text
from applicability.bulk.register.columns.interned import emptied
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, bounded_note
from applicability.bulk.sources.headings import cut
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.written import LISTS, NONE_WORDS, says_none
from applicability.messages import listed
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

# Words of a cell that are told, and characters of each.
_SHOWN, _WORD = 3, 30
_AGAINST = Text(
    "`{none}` 与同一格中的{zh}矛盾；本格未采用，按未填处理",
    "`{none}` cannot be so with {en} in the same cell, which is left out: taken as missing",
)
_ONE = Text("都没有的只写“无”；有的，删去“无”", "write “none” alone if there are none at all; else delete it")


def without_none_beside(rulebook: Rulebook, heading: str, held: str, column: Any, lang: Lang) -> tuple[Any, Notes]:
    """A column of lists without such cells, and notes on those; unchanged of any other fact."""
    fact = whole_name(held)[0]
    if fact not in rulebook.facts or rulebook.facts[fact].type not in LISTS or not _may_say_none(column):
        return column, NO_NOTES
    own = different(column)
    words = [[str(one) for one in cell] if isinstance(cell, list) and len(cell) > 1 else [] for cell in own.values]
    saying = {one for one in set(chain.from_iterable(words)) if says_none(one)}  # few words, in many lists
    if not saying:
        return column, NO_NOTES
    nones = [[one for one in cell if one in saying] for cell in words]
    which = [bool(none) and len(none) < len(cell) for none, cell in zip(nones, words, strict=True)]
    rows = np.flatnonzero(np.array([*which, False], np.bool_)[own.places])
    if not rows.size:
        return column, NO_NOTES
    numbers = np.full(len(words) + 1, NONE, np.int32)
    notes: list[Note] = []
    for at in (place for place, found in enumerate(which) if found):
        others = [one for one in words[at] if one not in saying]
        shown = listed([*(f"`{cut(one, _WORD)}`" for one in others[:_SHOWN]), *(["…"] if others[_SHOWN:] else [])])
        slots = {"none": nones[at][0], "zh": f" {shown.zh} ", "en": shown.en}
        said = Text(_AGAINST.zh.format(**slots), _AGAINST.en.format(**slots))
        numbers[at] = len(notes)
        notes.append(bounded_note(heading, fact, said, lang, "P106", _ONE.of(lang)))
    return emptied(column, rows), Notes(rows, numbers[own.places][rows], notes)


def _may_say_none(column: Any) -> bool:
    """Whether a column may have such a cell, without going through all lists of an Arrow array."""
    if not is_list(column):
        return True
    words = column.flatten()
    words = words.dictionary if pa.types.is_dictionary(words.type) else words
    if not is_plain_text(words.type):
        return False
    known = [spelt for one in NONE_WORDS for spelt in dict.fromkeys((one, one.capitalize(), one.upper()))]
    return bool(pc.any(pc.is_in(words, value_set=pa.array(known, words.type))).as_py())
