"""What tells a page apart from others of its kind: whose it is, which places and measures were selected, the day.

Pages that differ in one of these have different titles, so nothing is left out, however many were selected.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator

from applicability.analysis.comparison import Comparison
from applicability.analysis.minimal_changes import SIZE
from applicability.analysis.reach_map import ReachMap
from applicability.days import day_text
from applicability.model.assessment import Assessment
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.row_numbers import ranges
from applicability.text import Text

_BESIDE = Text("与{others}并列比较", "compared with {others}")
_AT = Text("{name}（{place}）", "{name} ({place})")
_STEP = Text("只升一级", "one verdict up")
_SIZE = Text("至多同时改变{size}项", "at most {size} changes together")


def entity_parts(assessment: Assessment) -> Iterator[Text]:
    """The entity's name and its place, each where it is told."""
    name = assessment.profile.facts.get("name")
    if name is not None:
        yield Text(str(name), str(name))
    here = ConditionRenderer(assessment.rulebook, assessment.facts).here
    if here is not None:
        yield here


def selected_rows(measures: Collection[Measure], rulebook: Rulebook) -> Iterator[Text]:
    """The numbers of the rows, if they are not all rows of the rulebook."""
    if len(measures) < len(rulebook.measures):
        rows = {measure.row for measure in measures}
        label = w.LABELS["one_row" if len(rows) == 1 else "rows"]
        yield s.say(label, rows=Text(ranges(rows, "zh"), ranges(rows, "en")))


def beside(others: Text) -> Text:
    """What an entity is compared with."""
    return s.say(_BESIDE, others=others)


def changes_asked(measures: Collection[Measure], rulebook: Rulebook, to: str, size: int) -> Iterator[Text]:
    """What was asked about changes, where it is not every row, opened by as many changes as usual."""
    yield from selected_rows(measures, rulebook)
    if to == "step":
        yield _STEP
    if size != SIZE:
        yield s.say(_SIZE, size=str(size))


def compared_parts(comparison: Comparison) -> Iterator[Text]:
    """What all alternatives have in common, the alternatives, the rows; the day if it is one."""
    assessments = [one.assessment for one in comparison.alternatives]
    places = [ConditionRenderer(comparison.rulebook, one.facts).here for one in assessments]
    common, labels = len(set(places)) == 1, list[Text]()
    for one, place in zip(comparison.alternatives, places, strict=True):
        name = one.assessment.profile.facts.get("name")
        told = place is not None and not common and one.label.zh == str(name)
        labels.append(s.say(_AT, name=one.label, place=place) if told and place is not None else one.label)
    names = {one.profile.facts.get("name") for one in assessments}
    if len(names) == 1 and (name := names.pop()) is not None:
        yield Text(str(name), str(name))
    if common and places[0] is not None:
        yield places[0]
    yield Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))
    yield from selected_rows(comparison.measures, comparison.rulebook)
    if len(days := {one.as_of for one in assessments}) == 1:
        yield day_part(days.pop())


def map_parts(reach_map: ReachMap) -> Iterator[Text]:
    """The places of a map if they are not the pilots, and its rows if they are not all."""
    gazetteer = reach_map.rulebook.gazetteer
    if set(reach_map.places) != set(reach_map.rulebook.pilots):
        named = [Text(gazetteer.full_name(one), gazetteer.full_name(one, "en")) for one in reach_map.places]
        yield Text("、".join(one.zh for one in named), "; ".join(one.en for one in named))
    yield from selected_rows([row.measure for row in reach_map.rows], reach_map.rulebook)


def day_part(day: datetime.date) -> Text:
    """The day that is asked about."""
    return s.say(w.LABELS["as_of"], date=day_text(day))


def title_text(parts: Iterable[Text], kind: Text) -> Text:
    """The title of a page of that kind: what tells it apart comes first, since a browser cuts the end off."""
    told = tuple(parts)
    zh, en = " · ".join(one.zh for one in told), " · ".join(one.en for one in told)
    return Text(f"{zh} – {kind.zh}", f"{en} – {kind.en}")
