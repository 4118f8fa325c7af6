"""The steps by which the place of an entity is chosen: those that rank first, and what has to be asked elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from applicability.analysis.comparison import Rank
from applicability.model.assessment import Finding
from applicability.model.conditions import Step
from applicability.model.measure import Measure, MeasureKey
from applicability.report.language import sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import same
from applicability.report.papers.comparison_labels import is_of_places
from applicability.report.papers.comparison_ranks import own_rows, own_unknown, ranks
from applicability.report.papers.elsewhere import Elsewhere
from applicability.report.papers.met import is_own_business
from applicability.report.papers.reported import reported_of
from applicability.report.papers.rows import items_text, marked_number, measure_list
from applicability.report.papers.stages import NextStep
from applicability.report.papers.steps_to_use import to_ask_first
from applicability.report.papers.texts import is_planned, joined, say
from applicability.report.papers.whom import FirstInBoth
from applicability.text import Text

_WORDS = {
    "best": Text(
        "得到上述答复后，据以选定地方，其后各步都以此为前提：按本业名次第一的是{places}{but}；本报告的其他步骤是就{own}写的",
        "with the replies, choose the place, on which all later steps depend: by the own business {places} rank "
        "first{but}; the other steps of this report are for {own}",
    ),
    "best_one": Text(
        "得到上述答复后，据以选定地方，其后各步都以此为前提：按本业名次第一的是{places}{but}；本报告的其他步骤是就{own}写的",
        "with the replies, choose the place, on which all later steps depend: by the own business {places} ranks "
        "first{but}; the other steps of this report are for {own}",
    ),
    "but": Text("（{places}不能排名）", " of those that could be ranked (not {places})"),
    "instead": Text(
        "如选{place}：{told}就{place}另出报告", "if {place} is chosen: {told}have a report made for {place}"
    ),
    "first_too": Text("按本业名次同为第一；", "it ranks first too, by the own business; "),
    "also": Text("当地另有：{rows}", "open there besides: {rows}"),
    "watch_there": Text(
        "如考虑{place}：查询所列措施是否在{step}之内{then}，得到答复后再定",
        "if {place} is considered: ask whether these fall under {step}{then}, and decide after the reply",
    ),
    "same_there": Text(
        "；{rows}在内的，取得其在当地的原文，并在当地同样问明在{places}所问的",
        "; for {rows}, if included, get its words there and ask there, too, what is asked in {places}",
    ),
    "asked_there": Text(
        "；{rows}在内的，取得其在当地的原文，并{told}",
        "; for {rows}, if included, get its words there and {told}",
    ),
    "chosen_waits": Text(
        "如选{places}：凭从当地所得的答复和原文，就该地另出报告；其后各步不适用于该地",
        "if {places} is chosen: have a report made for it, with the replies and the words from there; the later steps "
        "are not for it",
    ),
    "chosen": Text(
        "如选{places}：就该地另出报告；其后各步不适用于该地",
        "if {places} is chosen: have a report made for it; the later steps are not for it",
    ),
}


def first_places(elsewhere: Elsewhere | None) -> list[Text]:
    """The places among which an entity that is to be set up chooses first, by its own business; none of any other."""
    if elsewhere is None or elsewhere.assessment is None or not is_planned(elsewhere.assessment):
        return []
    if not is_of_places(elsewhere.comparison) or not own_rows(elsewhere.comparison):
        return []
    return [one.alternative.label for one in _ranked_first(elsewhere)]


def _ranked_first(elsewhere: Elsewhere) -> list[Rank]:
    comparison = elsewhere.comparison
    return [one for place, one in ranks(comparison) if place == 1 and not own_unknown(comparison, one.index)]


def to_choose_place(elsewhere: Elsewhere, named: FirstInBoth, whose: Text) -> Iterator[NextStep]:
    """What waits for a programme or a step of each other place, with where it would be seen; then, of an entity that is
    to be set up, the places that rank first, one after another.
    """
    assessment = elsewhere.assessment
    yield from _to_watch_there(elsewhere, named)
    if assessment is not None and is_planned(assessment) and is_of_places(elsewhere.comparison):
        yield from _best(elsewhere, whose)
        yield from _otherwise(elsewhere, whose)


def _best(elsewhere: Elsewhere, whose: Text) -> Iterator[NextStep]:
    own, best = own_rows(elsewhere.comparison), _ranked_first(elsewhere)
    if not own or not best:
        return
    labels = [one.alternative.label for one in best]
    key, every = "best" if len(labels) > 1 else "best_one", elsewhere.comparison.alternatives
    unknown = [one.label for index, one in enumerate(every) if own_unknown(elsewhere.comparison, index)]
    but = s.say(_WORDS["but"], places=s.listed(unknown, s.AND)) if unknown else Text("", "")
    do = s.say(_WORDS[key], places=s.listed(labels, s.AND), own=elsewhere.own, but=but)
    yield NextStep(do, measure_list([row.measure for row in own]), whose, stage="place")
    for one in best:
        if one.alternative in elsewhere.others:
            yield _instead(one, elsewhere, whose, too=len(best) > 1)


def _instead(rank: Rank, elsewhere: Elsewhere, whose: Text, *, too: bool) -> NextStep:
    """Another place that ranks first: what is open there besides."""
    label = rank.alternative.label
    text = _WORDS["first_too"] if too else Text("", "")
    mine = {one.measure.key for one in elsewhere.assessment.open} if elsewhere.assessment is not None else set()
    more = [one for one in elsewhere.comparison.measures if one.key in rank.alternative.open_keys - mine]
    rows = s.say(_WORDS["also"], rows=items_text(map(marked_number, more))) if more else same("–")
    return NextStep(s.say(_WORDS["instead"], place=label, told=text), rows, whose, stage="place")


def _otherwise(elsewhere: Elsewhere, whose: Text) -> Iterator[NextStep]:
    """The other places that do not rank first: whoever chooses one has a report made for it, with what was asked there
    where a measure waits.
    """
    first = [one.alternative for one in _ranked_first(elsewhere)] if own_rows(elsewhere.comparison) else []
    rest = [one for one in elsewhere.others if one not in first]
    waits = {there.label: there.likely for there in elsewhere.waiting() if awaited(there.likely)}
    for key, own in (
        ("chosen_waits", [one for one in rest if one.label in waits]),
        ("chosen", [one for one in rest if one.label not in waits]),
    ):
        if own:
            held = {one.measure.key: one.measure for each in own for one in waits.get(each.label, ())}
            rows = items_text(map(marked_number, held.values())) if held else same("–")
            do = s.say(_WORDS[key], places=s.listed([one.label for one in own], s.OR))
            yield NextStep(do, rows, whose, stage="place")


def _as_here(elsewhere: Elsewhere, waiting: Iterable[Finding]) -> Text:
    """Of rights of its own business that may be open in another place already: that what is asked of them in the
    places among which is chosen, or for the entity itself, is asked there as well.
    """
    rights = [one for one in waiting if one.force == "permit" and is_own_business(one)]
    if elsewhere.assessment is None or not rights or not is_of_places(elsewhere.comparison):
        return Text("", "")
    open_here = {one.measure.key for one in elsewhere.assessment.open}
    alike = [one for one in rights if one.measure.key in open_here]
    told = []
    if alike:
        rows = items_text(marked_number(one.measure) for one in alike)
        places = s.listed(first_places(elsewhere) or [_here(elsewhere)], s.AND)
        told.append(s.say(_WORDS["same_there"], rows=rows, places=places))
    for one in rights:
        ask = to_ask_first(one, apart=False) if one not in alike else None
        if ask is not None:
            told.append(s.say(_WORDS["asked_there"], rows=items_text([marked_number(one.measure)]), told=ask))
    return Text("".join(one.zh for one in told), "".join(one.en for one in told))


def _here(elsewhere: Elsewhere) -> Text:
    """The place of the entity itself, by its name also where it is none of those compared."""
    if elsewhere.is_named or elsewhere.assessment is None:
        return elsewhere.own
    return ConditionRenderer(elsewhere.assessment.rulebook, elsewhere.assessment.facts).here or elsewhere.own


def _to_watch_there(elsewhere: Elsewhere, named: FirstInBoth) -> Iterator[NextStep]:
    """What waits for a programme or a step of each other place, with where it would be seen."""
    for there in elsewhere.waiting():
        book = there.rows.rulebook
        for step, measures in awaited(there.likely).items():
            known = book.authorities.step(step) if book.authorities is not None else None
            asked = book.authorities.otherwise.who if book.authorities is not None else say("step_unknown")
            keys = {one.key for one in measures}
            then = _as_here(elsewhere, [one for one in there.likely if one.measure.key in keys])
            do = s.say(_WORDS["watch_there"], place=there.label or "", step=book.steps[step].label, then=then)
            do = joined([do, *reported_of(step, there.likely)])
            where = [asked, *([known.where] if known is not None else [])]
            whom = joined([say("mark_inferred", who=named(one)) for one in where])
            yield NextStep(do, _own_by_title(measures, there.likely), whom, where=True, stage="ask")


def _own_by_title(measures: Sequence[Measure], findings: Iterable[Finding]) -> Text:
    """Measures: those of its own business by title, the others, which are told of elsewhere, by number."""
    keys = {one.measure.key for one in findings if is_own_business(one)}
    own, rest = [one for one in measures if one.key in keys], [one for one in measures if one.key not in keys]
    return joined([*([measure_list(own)] if own else []), *([items_text(map(marked_number, rest))] if rest else [])])


def awaited(findings: Iterable[Finding]) -> dict[str, list[Measure]]:
    """By step the measures that wait for it, those of the step that most wait for first."""
    found: dict[str, dict[MeasureKey, Measure]] = {}
    for one in findings:
        for reason in one.why if one.bucket == "pending" else ():
            if isinstance(reason.condition, Step):
                found.setdefault(reason.condition.step, {})[one.measure.key] = one.measure
    return {step: list(own.values()) for step, own in sorted(found.items(), key=lambda item: -len(item[1]))}
