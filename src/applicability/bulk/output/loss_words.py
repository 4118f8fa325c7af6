"""The words of notes on what could not be read: what a loss costs and what counts instead, each worded once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from applicability.bounded import BoundedCache
from applicability.bulk.output.notes_table import cut
from applicability.bulk.register.columns.business_scopes import nothing_to_correct
from applicability.bulk.register.columns.derived_facts import RowLoss
from applicability.bulk.register.columns.notes import Note
from applicability.bulk.sources.headings import clean
from applicability.errors import Problem
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.loading.profile.mistakes import is_unlisted
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import CONTRADICTIONS, Loss
from applicability.messages import asks_what_is_meant, listed
from applicability.model.leaf_kinds import FINDING, LIMITS
from applicability.text import Lang, Surface, Text

_PLACES, _ZONES, _ACTIVITIES = (CITY, DISTRICT), "zones", "activities"
# The code of a name that no table has.
_UNKNOWN_NAME = "P103"
# Characters of a note that are told, and losses whose notes are cached.
_NOTE, _REMEMBERED = 400, 1 << 13
_MISSING = Text("{message}；按未填处理", "{message}; taken as missing")
_MISSING_ALL = Text("{message}；{columns}按未填处理", "{message}; {columns} taken as missing")
_INSTEAD = Text("{message}；未采用，以 `{column}` 列为准", "{message}; left out: `{column}` counts")
_SETTLED = Text("{message}；以 `{column}` 列为准，不必填写", "{message}; `{column}` counts, with nothing to fill in")
_BY_ZONES = Text(
    "{message}；未采用，所在地以 `{counts}` 列为准", "{message}; left out: `{counts}` counts for the place"
)
_ALL_BY_ZONES = Text(
    "{message}；{columns}未采用，所在地以 `{counts}` 列为准",
    "{message}; {columns} left out: `{counts}` counts for the place",
)
_BY_TYPES = Text(
    "{message}；名录中没有的，已按 `{counts}` 列所填的类型判断",
    "{message}; where no table has it, the types under `{counts}` count",
)
_IN_PART = Text("{message}；其余内容照读，这一项视为只知其一部分", "{message}; the rest is read, as known in part")
# What a company does is told by its sector where nothing else tells it.
_DONE = Text("{message}；按未填处理，由行业判断", "{message}; taken as missing, so that the sector decides")
_DONE_IN_PART = Text(
    "{message}；其余内容照读，视为只知其一部分，其余由行业判断",
    "{message}; the rest is read, as known in part, and the sector decides what it leaves open",
)
_UNKNOWN = Text("{message}；按未知处理", "{message}; taken as unknown")


class LossNotes:
    """Words losses as notes; equal ones are worded once for all pieces of a register. Not thread-safe."""

    def __init__(self, lang: Lang, surface: Surface = "terminal") -> None:
        self._lang: Lang = lang
        self._surface: Surface = surface
        self._columns: tuple[Mapping[str, str], Mapping[str, Text]] = {}, {}
        # With the problem or loss, which is kept so that nothing else gets its id while its note is cached.
        self._known: BoundedCache[tuple[object, ...], tuple[Problem | Loss, Note]] = BoundedCache(_REMEMBERED)

    def begin(self, headings: Mapping[str, str], scopes: Mapping[str, Text]) -> None:
        """Takes the columns of a piece, by fact, and those that tell only some of the activities."""
        if (headings, scopes) != self._columns:
            self._columns = headings, scopes
            self._known.clear()

    def of_column(self, lost: RowLoss, told: tuple[str, ...], counts: str) -> Note:
        """The note on what a column lost (see `loss_of_column`)."""
        if lost.instead is not None:  # what stands in the row does not matter
            return self._once(
                (id(lost.problem), lost.instead, lost.settled),
                lost.problem,
                lambda: loss_of_column(lost, self._columns[0]),
            )
        return self._once(
            (id(lost.problem), lost.facts, lost.beside, told, counts),
            lost.problem,
            lambda: loss_of_column(lost, self._columns[0], told, counts),
        )

    def of_profile(
        self, loss: Loss, heading: str, beside: tuple[str, ...], against: tuple[str, ...], counts: tuple[str, str]
    ) -> Note:
        """The note on what the reader of profiles lost (see `loss_of_profile`); equal words of lists share one loss."""
        return self._once(
            (id(loss), heading, beside, against, counts),
            loss,
            lambda: loss_of_profile(loss, heading, beside, against, counts),
        )

    def _once(self, key: tuple[object, ...], of: Problem | Loss, lost: Callable[[], WordedLoss]) -> Note:
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = of, self._worded(lost())
        return known[1]

    def _worded(self, lost: WordedLoss) -> Note:
        message = lost.problem.told_message(self._lang)
        if lost.heading and message.startswith(f"`{lost.key}`"):
            # The reader of profiles names the key; whoever keeps a register knows the heading.
            message = f"`{clean(lost.heading)}`{message.removeprefix(f'`{lost.key}`')}"
        said = lost.said.of(self._lang).format(message=message)
        scopes = self._columns[1]
        if is_no_error(lost.problem, lost.heading, scopes):
            told = said if lost.settled else nothing_to_correct(said, scopes[lost.heading].of(self._lang), self._lang)
            return Note(lost.heading, lost.fact, cut(masked(told), _NOTE))
        hint = "" if lost.settled else cut(lost.problem.told_hint(self._lang, self._surface), _NOTE)
        return Note(lost.heading, lost.fact, cut(masked(said), _NOTE), lost.problem.code, hint, columns=lost.columns)


def is_no_error(problem: Problem, heading: str, scopes: Mapping[str, Text]) -> bool:
    """Whether what is not read is a word of a business scope of which nothing is known: free text may have any."""
    return heading in scopes and is_unlisted(problem.code, problem.mend)


@dataclass(frozen=True)
class WordedLoss:
    """What was not read, why, its column and fact, and the sentence that tells it; `read_as` is the fact that the cell
    was read as where another column tells it, and `columns` are those that are left out where they are several. With
    `settled` another column tells all there is to tell.
    """

    problem: Problem
    heading: str
    fact: str
    said: Text
    read_as: str = ""
    columns: tuple[str, ...] = ()
    settled: bool = False

    @property
    def key(self) -> str:
        """The key by which the reader of profiles may name the cell."""
        return self.fact or whole_name(self.read_as)[0]


def loss_of_column(
    lost: RowLoss, headings: Mapping[str, str], told: Sequence[str] = (), counts: str = ""
) -> WordedLoss:
    """What a column lost; `told` are those of its facts that say something in the row, and `counts` is the one that
    counts for the city.
    """
    fact, heading = lost.facts[0] if lost.facts else "", lost.problem.location.file
    if lost.instead is not None:
        fact, counts = lost.instead
        said = _with(_SETTLED if lost.settled else _INSTEAD, "column", Text(clean(counts), clean(counts)))
        return WordedLoss(lost.problem, heading, fact, said, settled=lost.settled)
    keyed = fact == LIMITS or fact.startswith((FINDING, f"{LIMITS}.")) or fact == FINDING.removesuffix(".")
    held = next((name for name, own in headings.items() if own == heading), "")
    if keyed or not heading:
        return WordedLoss(lost.problem, heading, fact, _UNKNOWN if keyed else _MISSING, held)
    columns = tuple(dict.fromkeys((heading, *lost.beside, *told)))
    # A contradiction may name them itself.
    named = all(f"`{one}`" in lost.problem.what.zh for one in columns[1:])
    if counts and CITY in lost.facts:
        said = _with(_BY_ZONES if named else _all(_ALL_BY_ZONES, columns), "counts", Text(clean(counts), clean(counts)))
    else:
        said = _MISSING if named else _all(_MISSING_ALL, columns)
    return WordedLoss(lost.problem, heading, fact, said, held, columns)


def loss_of_profile(
    loss: Loss,
    heading: str,
    beside: tuple[str, ...] = (),
    against: tuple[str, ...] = (),
    counts: tuple[str, str] = ("", ""),
) -> WordedLoss:
    """What the reader of profiles could not read; the columns `beside` it tell the same fact, and those `against` it
    the facts that contradict it, any of which may be the wrong one.
    """
    columns = tuple(dict.fromkeys((heading, *beside)))
    every = tuple(dict.fromkeys((*columns, *against)))
    if loss.fact == _ZONES and loss.problem.code == _UNKNOWN_NAME and counts[1]:
        types = Text(clean(counts[1]), clean(counts[1]))
        # What was asked for is done, unless the name is a slip of another.
        problem = loss.problem if asks_what_is_meant(loss.problem.mend) else replace(loss.problem, mend=None)
        return WordedLoss(problem, heading, loss.fact, _with(_BY_TYPES, "counts", types))
    by_zones = counts[0] if loss.fact in _PLACES else ""
    told = Text(clean(by_zones), clean(by_zones))
    if len(every) == 1 or loss.problem.code not in CONTRADICTIONS:
        return WordedLoss(
            loss.problem, heading, loss.fact, _with(_BY_ZONES, "counts", told) if by_zones else _said(loss)
        )
    if by_zones:
        said = _with(_BY_ZONES if len(columns) == 1 else _all(_ALL_BY_ZONES, columns), "counts", told)
    else:
        said = _said(loss) if len(columns) == 1 else _all(_MISSING_ALL, columns)
    return WordedLoss(loss.problem, heading, loss.fact, said, columns=every)


def _all(said: Text, columns: Sequence[str]) -> Text:
    """A sentence on what is said of several columns."""
    names = listed([f"`{clean(one)}`" for one in columns])
    return _with(said, "columns", Text(f"{names.zh} ", names.en))


def _with(said: Text, slot: str, words: Text) -> Text:
    """A sentence with a slot filled by words that may hold braces; its other slots are left."""
    zh, en = (own.replace("{", "{{").replace("}", "}}") for own in (words.zh, words.en))
    return Text(said.zh.replace(f"{{{slot}}}", zh), said.en.replace(f"{{{slot}}}", en))


def _said(loss: Loss) -> Text:
    if "." in loss.fact:
        return _UNKNOWN
    if loss.fact == _ACTIVITIES:
        return _DONE_IN_PART if loss.in_part else _DONE
    return _IN_PART if loss.in_part else _MISSING
