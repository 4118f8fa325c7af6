"""What a step of a screening's paper asks about its measures before companies are told of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.report.language import sentences as s
from applicability.report.language.silences import PROCEDURE, asked_first, silent_on
from applicability.report.papers.measure_terms import for_companies
from applicability.report.papers.rows import items_text, marked_number
from applicability.report.papers.screening_next_texts import NEXT
from applicability.report.papers.screening_open import OpenMeasures
from applicability.report.papers.screening_texts import WORDS
from applicability.report.papers.texts import joined
from applicability.report.screening.json import TallyModel
from applicability.text import Text

_NO_PERMIT = ("clarify", "support", "explore", "not_granted")  # what companies are told then
ASKING = ("permit_ask", "clarify")  # what to do for companies, where something is asked before they are told


@dataclass(frozen=True)
class AskedStep:
    """A step that asks something: its number, and what it asks of each of its measures."""

    step: str
    asks: tuple[Text, ...]


class AskedAbove:
    """The first step of each kind that asks something: a later one that asks the same tells its number."""

    def __init__(self) -> None:
        self._found: dict[str, AskedStep] = {}

    def add(self, key: str, step: str, asks: Sequence[Text]) -> None:
        """Keep a step, if it is the first of its kind."""
        if key in ASKING:
            self._found.setdefault(key, AskedStep(step, tuple(asks)))

    def find(self, key: str, asks: Sequence[Text]) -> AskedStep | None:
        """The step above all of whose questions are to be asked of another measure as well."""
        one = self._found.get(key)
        return one if one is not None and set(one.asks) <= set(asks) else None


@dataclass(frozen=True)
class StepAsks:
    """What is asked about the open measures of one summary."""

    open: OpenMeasures

    def of(self, one: TallyModel) -> list[Text]:
        """What is to be asked before a measure is used: also from when, and of other law."""
        return asked_first(self.open.rulebook, self.open.measure(one))[0]

    def of_all(self, own: Sequence[TallyModel]) -> list[Text]:
        """What of that is the same for some measures."""
        first, *others = map(self.of, own)
        return [each for each in first if all(each in other for other in others)]

    def reading(self, own: Sequence[TallyModel]) -> Iterator[Text]:
        """Whether those of some measures that could be read more narrowly are read as this report reads them."""
        read = [one for one in map(self.open.measure, own) if one.narrower_reading]
        if read:
            yield s.say(NEXT["asks_read"], rows=items_text(map(marked_number, read)), part=WORDS["readings"])

    def reading_too(self, one: TallyModel) -> Iterator[Text]:
        """The same of one measure, on a line of its own."""
        yield from (s.say(NEXT["asks_read_too"], asks=each) for each in self.reading([one]))

    def concerns(self, key: str, told: Sequence[tuple[TallyModel, Text]], common: Sequence[Text]) -> Iterator[Text]:
        """The measures of a step in some words, each with what is to be asked about it alone, beside what is `common`;
        of one that an instrument opens nationwide, what its words leave open, which no company is told as open.
        """
        for one, row in told:
            asks, words = list[Text](), NEXT["asks_besides"]
            if key in ASKING:
                asks = [each for each in self.of(one) if each not in common]
            elif key == "nationwide":
                words = NEXT["not_told"]
                asks = [each for each in silent_on(self.open.rulebook, self.open.measure(one)) if each != PROCEDURE]
            line = s.say(words, row=row, asks=joined(asks)) if asks else row
            yield joined([line, *(self._rights_of_others(one) if key in _NO_PERMIT else ())])

    def _rights_of_others(self, one: TallyModel) -> Iterator[Text]:
        """The parts of a measure that the text permits to others than companies, which it only encourages."""
        measure = self.open.measure(one)
        for number, limb in enumerate(measure.limbs, 1):
            if limb.force == "permit" and limb in measure.usable and limb not in for_companies(measure):
                yield s.say(NEXT["right_of_others"], number=str(number), title=limb.title)
