"""On which official steps the pending verdicts of a screening wait: by the rules of the measures that have some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Step, Within
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry, Rulebook, StepKind
from applicability.report.contract import TextModel
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Block, CellLines, Heading, Paragraph, Quote, Table, TableCell, same
from applicability.report.papers.brief_words import each_in_short
from applicability.report.papers.next_steps import watch, where_watched
from applicability.report.papers.rows import items_text, marked_number, measure_list
from applicability.report.papers.texts import appendix, joined, say
from applicability.report.papers.whom import FirstInBoth
from applicability.report.screening.json import PlaceTallyModel, SummaryModel
from applicability.text import Text

_WATCHED = 2  # steps among what to do next, besides those that the place itself has to take
_TOLD = 2  # measures told of each of them
_NAMED = 3  # places of a group that are named
_QUOTES = 2  # passages that a step of several measures rests on
_FEW = 8  # measures of a step that are told by title
TITLE = Text("待落实的结论在等什么", "What the pending verdicts wait for")
_WORDS = {
    "lead": Text(
        "{count}个待落实的结论，等的是下列官方步骤或当地自己的方案，企业自身无法促成。汇总不分步骤计数："
        "每个步骤旁是可能等它的措施，括号内为该项待落实的结论数，{sum}。{register}",
        "The {count} pending verdicts wait for the official steps and programmes below, none of which a company can "
        "bring about. The summary does not count them step by step: beside each stand the measures that may wait "
        "for it, with how many of their verdicts are pending in brackets, {sum}. {register}",
    ),
    "known": Text(
        "“其他条件均已满足”的，只等这些步骤；其余企业还缺事实，例如没有填是否从事该业务，或许并不相关，故不列入“下一步”。",
        "Those that meet all else wait for these steps alone; of the others facts are missing, such as whether they "
        "are in the business. It may not concern them, and so is none of the next steps.",
    ),
    "all": Text("各项合计即全部{count}个", "which add up to all {count}"),
    "some": Text("各项合计{count}个", "which add up to {count}"),
    "counted": Text("{row}（{count}）", "{row} ({count})"),
    "counted_known": Text(
        "{row}（{count}，其中其他条件均已满足的{known}）", "{row} ({count}, of which {known} meet all else)"
    ),
    "waiting": Text(
        "{row}（{known}家其他条件均已满足；另{left}家还缺事实）",
        "{row} ({known} meet all else; facts are missing of {left} more)",
    ),
    "nobody_does": Text("原文没有写由谁办理", "the text does not say who does it"),
    "in_scope": Text("范围：{scope}", "scope: {scope}"),
    "more_in": Text("{rows}；另{count}项，见“{part}”", "{rows}; and {count} more, see “{part}”"),
    "rest": Text("另有须等待的步骤：{steps}", "besides, what else waits: {steps}"),
    "rest_where": Text("见“{part}”", "see “{part}”"),
    "head": Text("{step}（{count}项）：", "{step} ({count}):"),
    "alike": Text("与“{step}”所涉的相同", "the same as under “{step}”"),
    "step_rows": Text("步骤和所涉措施", "Step, and the measures"),
    "who_where": Text(
        "由谁负责（原文有指明的）；在何处可以看到（推断）",
        "Whose it is, where the text says so; where it would be seen (our inference)",
    ),
    "there_line": Text("{places}的企业：{count}家", "companies in {places}: {count}"),
    "of_place": Text(
        "请{who}办理须先由所在地办理的一步：{do}；并留意：{step}",
        "ask {who} to see to the step that the place must take first: to {do}; and watch for: {step}",
    ),
    "each_of_note": Text("{places}（注{note}所列）", "{places} (the places of note {note})"),
    "of_note": Text("注{note}所列的{count}地", "the {count} places of note {note}"),
    "by_note": Text(
        "注{note}：如无特别说明，试点任务适用于其全域",
        "note {note}: unless otherwise specified, the pilot tasks apply to the whole of them",
    ),
    "by_note_waits": Text("依注{note}，取决于{step}", "by note {note}, depending on {step}"),
}


@dataclass(frozen=True)
class AwaitedSteps:
    """The steps that measures of one summary wait for."""

    summary: SummaryModel
    rulebook: Rulebook

    @cached_property
    def measures(self) -> dict[str, dict[Measure, tuple[str, ...]]]:
        """By step, the measures that may wait for it, each with the places that it is awaited in; most measures first.

        A step that only a group of places waits for is left out where no company lies there.
        """
        found: dict[str, dict[Measure, tuple[str, ...]]] = {}
        empty = {tuple(one.codes) for one in self.summary.by_place if one.codes and not one.companies}
        for one in self.summary.measures:
            if one.pending:
                measure = self.rulebook.measure(one.row, one.document)
                scope = () if measure.scope is None else (measure.scope,)
                for condition in (*scope, *(limb.when for limb in measure.usable)):
                    for step, places in _steps(condition):
                        if places not in empty:
                            found.setdefault(step.step, {}).setdefault(measure, places)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is published of these steps, without saying for which measures."""
        every = (one for one in self.rulebook.register if one.kind == "announces" and one.step in self.measures)
        return tuple(one for one in every if one.in_force(self.summary.as_of))

    def blocks(self) -> Iterator[Block]:
        """A part with a table of the steps, that for which most measures may wait first."""
        if not self.measures:
            return
        yield Heading(appendix(TITLE))
        whole, counted = self.summary.verdicts.pending, sum(map(self._pending, self._told))
        added = s.say(_WORDS["all" if counted == whole else "some"], count=f"{counted:,}")
        yield Paragraph(s.say(_WORDS["lead"], count=f"{whole:,}", sum=added, register=say("which_register")), "soft")
        if any(self._known(one) is not None for one in self._told):
            yield Paragraph(_WORDS["known"], "soft")
        told: dict[frozenset[Measure], Text] = {}
        rows = []
        for step, measures in self.measures.items():
            name = self._name(step)
            alike = told.setdefault(frozenset(measures), name)
            own = self._counted(list(measures)) if alike is name else s.say(_WORDS["alike"], step=alike)
            words: list[Text | Quote] = []
            if alike is name:
                words += [*self._scope(step, list(measures)), *self._words(step, list(measures))]
            rows.append(
                (
                    CellLines((s.say(_WORDS["head"], step=name, count=str(len(measures))), own)),
                    CellLines((*self._there(set(measures.values())), *self._state(step), *words)),
                    self._whose(step),
                )
            )
        yield Table((_WORDS["step_rows"], say("state"), _WORDS["who_where"]), tuple(rows), (28, 44, 28))

    def to_watch(self) -> Iterator[tuple[Text, Text, Text]]:
        """The steps that most measures may wait for, and those that the place has to take first: what to do, for which
        measures, and where; on one line the measures that wait for other steps alone. A measure that waits for no
        company known to meet all else is left out: the step might be taken for nobody.
        """
        told, left, named = set[Measure](), list[tuple[str, list[Measure]]](), FirstInBoth()
        wanted = {step: [one for one in own if self._known(one) != 0] for step, own in self.measures.items()}
        for number, (step, own) in enumerate((step, own) for step, own in wanted.items() if own):
            kind = self.rulebook.steps[step]
            if number >= _WATCHED and kind.by_place is None:
                left.append((step, own))
                continue
            told.update(own)
            do = watch(kind) if kind.by_place is None else self._to_bring_about(kind, kind.by_place)
            yield do, self._first(own, _TOLD, "more_in"), where_watched(step, self.rulebook, named)
        rest = list(dict.fromkeys(one for _, own in left for one in own if one not in told))
        if rest:
            labels = [self.rulebook.steps[step].label for step, own in left if not told.issuperset(own)]
            do = s.say(_WORDS["rest"], steps=s.listed(labels, s.AND))
            yield do, measure_list(rest), s.say(_WORDS["rest_where"], part=TITLE)

    def _to_bring_about(self, kind: StepKind, by_place: Text) -> Text:
        """To ask who acts for the place to take a step that it has to take first."""
        authorities = self.rulebook.authorities
        who = say("step_unknown") if authorities is None else say("mark_inferred", who=authorities.otherwise.who)
        return s.say(_WORDS["of_place"], who=who, do=by_place, step=kind.label)

    @property
    def _told(self) -> set[Measure]:
        return {one for measures in self.measures.values() for one in measures}

    def _pending(self, measure: Measure) -> int:
        return next(one.pending for one in self.summary.measures if (one.document, one.row) == measure.key)

    def _known(self, measure: Measure) -> int | None:
        """How many companies pending on a measure meet all else; None in a summary of before it was counted."""
        return next(one.only_steps for one in self.summary.measures if (one.document, one.row) == measure.key)

    def _counted(self, measures: Sequence[Measure]) -> Text:
        """The measures of a step, each with how many of its verdicts are pending, and how many of these companies meet
        all else; the first by title.
        """
        every = []
        for place, one in enumerate(measures):
            row = measure_list([one]) if place < _FEW else same(marked_number(one))
            slots: dict[str, Text | str] = {"row": row, "count": f"{self._pending(one):,}"}
            known = self._known(one)
            key = "counted" if known is None else "counted_known"
            every.append(s.say(_WORDS[key], known=f"{known or 0:,}", **slots))
        return joined(every)

    def _first(self, measures: Sequence[Measure], most: int, key: str) -> Text:
        """The first measures by title, each with how many companies meet all else, and how many more there are."""
        shown = []
        for one in measures[:most]:
            item, known = items_text([marked_number(one)]), self._known(one)
            row = Text(f"{item.zh} {one.title.zh}", f"{item.en}: {one.title.en}")
            if known is not None:
                left = f"{self._pending(one) - known:,}"
                row = s.say(_WORDS["waiting"], row=row, known=f"{known:,}", left=left)
            shown.append(row)
        more = len(measures) - most
        return joined(shown) if more <= 0 else s.say(_WORDS[key], rows=joined(shown), count=str(more), part=TITLE)

    def _name(self, step: str) -> Text:
        label = self.rulebook.steps[step].label
        return Text(label.zh, f"{label.en[:1].upper()}{label.en[1:]}")

    def _scope(self, step: str, measures: Sequence[Measure]) -> Iterator[Text]:
        """Where a single measure holds already, if it is by its scope that it waits for the step elsewhere."""
        if len(measures) == 1 and (scope := measures[0].scope) is not None:
            rule = self.rulebook.scopes.get(measures[0].scope_rule)
            if rule is not None and any(leaf.step == step for leaf, _ in _steps(scope)):
                yield s.say(_WORDS["in_scope"], scope=rule.title)

    def _words(self, step: str, measures: Sequence[Measure]) -> Iterator[Quote]:
        """The words that a step rests on, of the first few measures that may wait for it."""
        grounds = [
            (one, leaf.ground)
            for one in measures
            for condition in (one.scope, *(limb.when for limb in one.usable))
            for leaf, _ in (_steps(condition) if condition is not None else ())
            if leaf.step == step
        ]
        most = max(_QUOTES, len(measures)) if len(measures) <= _FEW else _QUOTES  # the words of each, if these are few
        yield from each_in_short(self.rulebook, grounds, most, item=len(measures) > 1, clause=True)

    def _state(self, step: str) -> tuple[Text, ...]:
        said = (one.note or one.title for one in self.entries if one.step == step)
        return (self.rulebook.steps[step].pending, *said)

    def _whose(self, step: str) -> TableCell:
        """Whose a step is, where the text says so, and where it would be seen."""
        known = self.rulebook.authorities.step(step) if self.rulebook.authorities is not None else None
        if known is None:
            return say("step_unknown")
        return CellLines((_WORDS["nobody_does"] if known.who is None else known.who, known.where))

    def _there(self, places: set[tuple[str, ...]]) -> tuple[Text, ...]:
        """How many companies lie where a step is awaited, if one group of places awaits it for every measure."""
        return tuple(
            s.say(_WORDS["there_line"], places=self.name_of(one), count=f"{one.companies:,}")
            for one in self.summary.by_place
            if {tuple(one.codes)} == places and one.codes
        )

    def name_of(self, tally: PlaceTallyModel) -> Text:
        """The places of a tally: of many, the note that names them."""
        label, found = text_of(tally.label), self._noted(tally)
        if len(tally.codes) <= _NAMED or found is None:
            return label
        return s.say(_WORDS["of_note"], note=_note(found[0]), count=str(len(tally.codes)))

    def names_of(self, tally: PlaceTallyModel) -> Text:
        """The places of a tally, all by name, and the note that they stand in where there are many."""
        label, found = text_of(tally.label), self._noted(tally)
        if len(tally.codes) <= _NAMED or found is None:
            return label
        return s.say(_WORDS["each_of_note"], places=label, note=_note(found[0]))

    def under(self, tally: PlaceTallyModel) -> Text | None:
        """By which note most measures reach a group of places, and for which step they wait there."""
        found = self._noted(tally)
        if found is None:
            return None
        cite, step = found
        if step is None:
            return s.say(_WORDS["by_note"], note=_note(cite))
        return s.say(_WORDS["by_note_waits"], note=_note(cite), step=self.rulebook.steps[step].label)

    def _noted(self, tally: PlaceTallyModel) -> tuple[str, str | None] | None:
        """The note by which most measures reach a group of places, and the step that they wait for there."""
        found: Counter[tuple[str, str | None]] = Counter()
        for measure in self.rulebook.measures:
            parts = measure.scope.parts if isinstance(measure.scope, Any_) else ()
            for part in parts:
                own = part.parts if isinstance(part, All) else (part,)
                cites = [one.ground.cites for one in own if isinstance(one, Within) and list(one.places) == tally.codes]
                steps = [one.step for one in own if isinstance(one, Step)]
                found.update((cite, steps[0] if steps else None) for cite in cites if cite.startswith("note-"))
        return found.most_common(1)[0][0] if found else None


def _note(cite: str) -> str:
    return cite.removeprefix("note-")


def text_of(label: TextModel) -> Text:
    """A label of a summary."""
    return Text(label.zh, label.en)


def _steps(condition: Condition, places: tuple[str, ...] = ()) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """The steps of a condition, each with the places that stand beside it."""
    match condition:
        case Step():
            yield condition, places
        case All(parts):
            beside = next((one.places for one in parts if isinstance(one, Within)), places)
            for part in parts:
                yield from _steps(part, beside)
        case Any_(parts):
            for part in parts:
                yield from _steps(part, places)
        case _:
            return
