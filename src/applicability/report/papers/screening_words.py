"""The words that a register's columns take, in a screening's paper: its reader has no program and no workbook."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Does, leaves
from applicability.model.rulebook import Rulebook
from applicability.report.interview.register_form import answers
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Labelled
from applicability.report.screening.json import SummaryModel
from applicability.text import Text

SHEETS = {  # of the workbook of the results: a test compares them with what it calls them
    "asks": Text("下一步询问", "What to ask next"),
    "words": Text("可填的词", "Words to answer with"),
    "notes": Text("备注", "Notes"),
}
_LINE = 10  # words on a line, with their English below it
_MOST = 60  # words of a column that are listed; of activities all that are waited for
_WORDS = {
    "in_sheet": Text(
        "可填的词过多，见1①所说工作簿的“{sheet}”表。",
        "The words are too many for this paper: see the sheet “{sheet}” of the workbook of step 1①.",
    ),
    "choices": Text("可填", "One of"),
    "zones": Text(
        "可填（企业名册所写省市的；其他省市的见1①所说工作簿的“{sheet}”表）",
        "One of these in the cities that the register of companies names (for others see the sheet “{sheet}” of the "
        "workbook of step 1①)",
    ),
    "zone_types": Text("“{column}”可填", "For “{column}” one of"),
    "activities": Text(
        "可填下列（待定结论所等待的；按方案附件的章排列，几章都用的词列在最先用到的一章）。",
        "One of these, which some verdict waits for; by the chapters of the plan's annex, what several use under the "
        "first.",
    ),
}


@dataclass(frozen=True)
class WordsToEnter:
    """The words for the columns that the verdicts of one summary wait for."""

    summary: SummaryModel
    rulebook: Rulebook

    def lines(self, fact: str) -> Iterator[Text | Labelled]:
        """The words of a column, where they are too many where they stand; nothing of one that takes any text."""
        match self.rulebook.facts[fact].type:
            case "activities":
                yield _WORDS["activities"]
                yield from (Labelled(chapter, _with(words)) for chapter, words in self._activities().items())
            case "zones":
                own = self._zones()
                if 0 < len(own) <= _MOST:
                    yield from _in_lines(s.say(_WORDS["zones"], sheet=SHEETS["words"]), own)
                else:
                    yield s.say(_WORDS["in_sheet"], sheet=SHEETS["words"])
                yield from self._zone_types()
            case _:
                words = self._choices(fact)
                if len(words) > _MOST:
                    yield s.say(_WORDS["in_sheet"], sheet=SHEETS["words"])
                elif words:
                    yield from _in_lines(_WORDS["choices"], words)

    def _zone_types(self) -> Iterator[Text | Labelled]:
        """What is asked for where a zone is not in the list, unless that is a column to fill in of its own."""
        asked = {one.fact for one in self.summary.asks}
        for one in self.rulebook.facts.values():
            if one.type == "zone_types" and one.name not in asked:
                yield from _in_lines(s.say(_WORDS["zone_types"], column=one.label), self._choices(one.name))

    def _activities(self) -> Mapping[Text, list[Text]]:
        """By chapter the activities that the measures of undecided verdicts ask for."""
        found: dict[str, Text] = {}
        activities = self.rulebook.sectors.activities
        undecided = ((one.document, one.row) for one in self.summary.measures if one.worth_asking or one.needs_info)
        for document, row in undecided:
            measure = self.rulebook.measure(row, document)
            chapter = self.rulebook.documents[document].chapters[measure.chapter]
            wanted = {
                each
                for part in measure.conditions
                for leaf in leaves(part)
                if isinstance(leaf, Does)
                for each in leaf.activities
            }
            for each in activities:  # in the order of the rules
                if each in wanted:
                    found.setdefault(each, chapter)
        told: dict[Text, list[Text]] = {}
        for each, chapter in found.items():
            told.setdefault(chapter, []).append(activities[each].label)
        return told

    def _zones(self) -> list[Text]:
        """The zones in the cities that the register names."""
        gazetteer = self.rulebook.gazetteer
        cities = {one.code for one in self.summary.named_places if one.kind == "city"}

        def lies_there(code: str | None) -> bool:
            return code is not None and (code in cities or lies_there(gazetteer.parent(code)))

        return [Text(one.zh, one.en) for one in gazetteer.zones.values() if any(map(lies_there, one.divisions))]

    @cached_property
    def _answers(self) -> tuple[Mapping[str, tuple[str, ...]], ...]:
        return tuple({fact: one.choices for fact, one in answers(self.rulebook, lang).items()} for lang in ("zh", "en"))

    def _choices(self, fact: str) -> list[Text]:
        """The words that a column's drop-down offers, without that for none."""
        chinese, english = (each[fact] for each in self._answers)
        return [Text(zh, en) for zh, en in zip(chinese, english, strict=False) if zh != "无"]


def _in_lines(label: Text, words: Sequence[Text]) -> Iterator[Text | Labelled]:
    """Words behind a label, on several lines where they are many, so that the end of a page can part them."""
    for start in range(0, len(words), _LINE):
        told = _with(words[start : start + _LINE])
        more = start + _LINE < len(words)
        told = Text(f"{told.zh}{'；' if more else '。'}", f"{told.en}{';' if more else '.'}")
        yield told if start else Labelled(label, told)


def _with(words: Sequence[Text]) -> Text:
    return Text("；".join(one.zh for one in words), "; ".join(one.en for one in words))
