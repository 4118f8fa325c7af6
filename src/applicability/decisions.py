"""Decisions based on verdicts: minimal changes, comparisons, the reach map, differences between rulebooks.

Shared by the command line and embedding programs. Every suggestion is verified before it is returned.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, overload

from applicability.analysis.comparison import Alternative, Comparison
from applicability.analysis.difference import Difference, difference, on_the_day, witness_for
from applicability.analysis.edited import applied
from applicability.analysis.minimal_changes import SIZE, Change, Changes, Prospect
from applicability.analysis.place_answers import TooManyAnswersError
from applicability.analysis.reach_map import ReachMap, reach_map as map_of
from applicability.api import ProfileLike, check, day_of, load_rulebook, read_profile
from applicability.days import today
from applicability.engines import EngineName
from applicability.errors import ArgumentError, DisagreementError, Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.profile.mistakes import no_place, search
from applicability.loading.profile.reader import read_facts
from applicability.messages import listed
from applicability.model.assessment import Assessment
from applicability.model.conditions import Step
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.profile import Profile
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.selection import select_measures
from applicability.model.step_register import with_entries
from applicability.model.verdict import Verdict
from applicability.published import Plain, Published
from applicability.text import Text


@dataclass(frozen=True)
class ChangeReport(Published, Sequence[Prospect]):
    """The minimal changes for the measures that are not open to one entity: a prospect for each, in order."""

    assessment: Assessment
    prospects: tuple[Prospect, ...] = field(repr=False)

    @overload
    def __getitem__(self, index: int) -> Prospect: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Prospect, ...]: ...

    def __getitem__(self, index: int | slice) -> Prospect | tuple[Prospect, ...]:
        return self.prospects[index]

    def __len__(self) -> int:
        return len(self.prospects)

    def __iter__(self) -> Iterator[Prospect]:
        return iter(self.prospects)

    def to_dict(self) -> Plain:
        """The changes as plain data, by their contract."""
        from applicability.report.changes.json import changes_json

        return changes_json(self.assessment, self.prospects).to_dict()


def change(
    profile: ProfileLike | Assessment,
    rulebook: Rulebook | None = None,
    *,
    measures: Iterable[int | Measure] | None = None,
    chapters: Iterable[int] | None = None,
    to: Literal["open", "step"] = "open",
    size: int = SIZE,
    as_of: datetime.date | None = None,
    engine: EngineName = "auto",
) -> ChangeReport:
    """The minimal changes for each measure (default: all) that is not open to the entity of a profile or an assessment.

    The target is `conditional`, or the next verdict up for `step`; `size` is the maximum number of edits combined. A
    measure without verdicts has no changes. Every change is applied to the profile, which is read again and decided by
    the reference semantics; raises DisagreementError if the result is not the promised verdict. Rulebook, day and
    engine are those of an assessment if one is given.
    """
    assessment = profile if isinstance(profile, Assessment) else check(profile, rulebook, as_of=as_of, engine=engine)
    wanted = {measure.key for measure in select_measures(assessment.rulebook, measures, chapters)}
    search = Changes(assessment.facts, assessment.rulebook)
    proof = _Proof(assessment)
    found = []
    for finding in assessment.findings:
        if finding.measure.key not in wanted or finding in assessment.open:
            continue
        target, condition = Verdict.CONDITIONAL, finding.measure.condition
        if to == "step" and finding.verdict is not None:
            target = Verdict(finding.verdict + 1)
        own = search.to(condition, target, size) if condition is not None else ()
        for each in own:
            proof.of(finding.measure, each)
        found.append(Prospect(finding, target, size, own))
    return ChangeReport(assessment, tuple(found))


class Candidate(NamedTuple):
    """One alternative of a comparison: its label, a profile, and a day (None: the profile's own, or today)."""

    label: Text | str
    profile: ProfileLike
    as_of: datetime.date | None = None


def compare(
    profiles: Iterable[ProfileLike | Candidate],
    rulebook: Rulebook | None = None,
    *,
    measures: Iterable[int | Measure] | None = None,
    chapters: Iterable[int] | None = None,
    as_of: datetime.date | None = None,
    engine: EngineName = "auto",
) -> Comparison:
    """Compares several profiles, or one on several days; the first is the baseline.

    A profile is labelled by its `name`, its file or its number, a candidate by its label. Raises ProfileError for the
    first profile that cannot be read.
    """
    rulebook = rulebook if rulebook is not None else load_rulebook()
    wanted = select_measures(rulebook, measures, chapters)
    found = []
    for number, one in enumerate(profiles, 1):
        given, day = (one.profile, one.as_of) if isinstance(one, Candidate) else (one, None)
        assessment = check(read_profile(given), rulebook, as_of=day or as_of, engine=engine)
        label = one.label if isinstance(one, Candidate) else _label(one, number, assessment)
        found.append(Alternative(label if isinstance(label, Text) else Text(label, label), assessment))
    return Comparison(rulebook, tuple(found), wanted)


def _label(given: ProfileLike, number: int, assessment: Assessment) -> str:
    """A profile's own name, that of its file, or its number."""
    file = "" if isinstance(given, (Profile, Mapping)) else str(given)
    return str(assessment.profile.facts.get("name") or file or number)


def reach_map(
    rulebook: Rulebook | None = None,
    *,
    places: Iterable[str] | None = None,
    measures: Iterable[int | Measure] | None = None,
    chapters: Iterable[int] | None = None,
    as_of: datetime.date | None = None,
) -> ReachMap:
    """Where each measure can be open and to whom: the best verdict that anybody in each place could have.

    Places may have any of their names; the default is the pilots. Raises ProfileError with every unknown place, and
    ArgumentError if none is given and the rulebook lists no pilots.
    """
    rulebook = rulebook if rulebook is not None else load_rulebook()
    wanted = select_measures(rulebook, measures, chapters)
    return map_of(rulebook, _divisions(rulebook, places), day_of(rulebook, as_of), wanted)


def _divisions(rulebook: Rulebook, names: Iterable[str] | None) -> tuple[str, ...]:
    """The divisions of the names; by default the pilots. Raises ProfileError if any is unknown."""
    if names is None:
        if not rulebook.pilots:
            what = Text("规则库没有列出试点：请指明地方", "the rulebook lists no pilots: name the places")
            raise ArgumentError([Problem("U004", Location("places"), what)])
        return rulebook.pilots
    codes, problems = [], []
    for name in names:
        found = rulebook.gazetteer.candidates(name, "division")
        if len(found) == 1:
            codes.append(found[0])
        else:
            shown, what = listed(found[:6]), no_place(name)
            if found:
                what = Text(f"`{name}` 可以指多个地方：{shown.zh}", f"`{name}` names several places: {shown.en}")
            problems.append(Problem("P104" if found else "P103", Location(f"--place {name}"), what, search(name)))
    if problems:
        raise ProfileError(problems)
    return tuple(codes)


class _Proof:
    """Verifies changes by applying them to the profile; caches profiles, since many measures share a change."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._read: dict[str, Facts] = {}
        self._stepped: dict[frozenset[tuple[str, str]], Rulebook] = {frozenset(): assessment.rulebook}

    def of(self, measure: Measure, change: Change) -> None:
        """Raises DisagreementError unless the change leads to the promised verdict."""
        profile = self.assessment.profile
        given = applied(profile.facts, self.assessment.facts, change.edits, self.assessment.rulebook)
        key = repr(sorted(given.items(), key=lambda item: item[0]))
        if key not in self._read:
            self._read[key] = read_facts(profile.but(**given), self.assessment.rulebook, self.assessment.as_of)
        steps = frozenset((one.leaf.document, one.leaf.step) for one in change.edits if isinstance(one.leaf, Step))
        assert measure.condition is not None  # a measure without one has no changes
        reached = verdict(measure.condition, self._read[key], self._with_steps(steps))
        if reached is not change.verdict:
            message = Text(
                f"第{measure.row}行：一处改变应得 `{change.verdict}`，实得 `{reached}`",
                f"row {measure.row}: a change was to lead to `{change.verdict}` and leads to `{reached}`",
            )
            hint = Text("请连同档案报告此错误", "please report this, with the profile")
            raise DisagreementError([Problem("E005", Location("engine"), message, hint)])

    def _with_steps(self, steps: frozenset[tuple[str, str]]) -> Rulebook:
        """The rulebook with those steps on its register, for every row that waits for them."""
        if steps not in self._stepped:
            nothing, day = Text("", ""), self.assessment.as_of
            own = tuple(
                Entry(f"taken-{step}", "records", day, nothing, nothing, "user", (), None, document, step)
                for document, step in sorted(steps)
            )
            self._stepped[steps] = with_entries(self.assessment.rulebook, own)
        return self._stepped[steps]


def diff(
    old: Rulebook,
    new: Rulebook,
    *,
    old_as_of: datetime.date | None = None,
    new_as_of: datetime.date | None = None,
) -> Difference:
    """The differences between two rulebooks, for any entity: on any day, or each on its own day.

    Every witness is read and decided again by both before it is returned; raises DisagreementError if one does not
    hold. Raises ProfileError for registers that are too large to compare.
    """
    now = today()
    try:
        if old_as_of is None and new_as_of is None:
            found = difference(old, new, now)
        else:
            days = (old_as_of or now, new_as_of or now)
            found = difference(on_the_day(old, days[0]), on_the_day(new, days[1]), now, any_day=False)
    except TooManyAnswersError:
        what = Text(
            "登记册过大，无法逐类比较：所列的条目和地方要求的判断超过八百万次",
            "the registers are too large to compare: their entries and places need more than 8,000,000 answers",
        )
        hint = Text(
            "把登记册分成几份，每份的条目、地方较少或只涉及一部分 `rows`，分别比较",
            "split the register into parts with fewer entries, places or `rows`, and compare each by itself",
        )
        raise ProfileError([Problem("U008", Location("register"), what, hint)]) from None
    for row in found.rows:
        for one in row.moved:
            for book, day, promised in ((old, old_as_of, one.old), (new, new_as_of, one.new)):
                told = witness_for(book, one.witness)
                facts = read_facts(Profile(**told), book, day if "as_of" not in told else None)
                measure = next((each for each in book.measures if each.key == row.key), None)
                condition = measure.condition if measure else None
                reached = None if condition is None else verdict(condition, facts, book)
                if reached is not promised:
                    message = Text(
                        f"第{row.key[1]}行：{dict(told)} 应得 `{promised}`，实得 `{reached}`",
                        f"row {row.key[1]}: {dict(told)} was to be `{promised}` and is `{reached}`",
                    )
                    hint = Text("请报告此错误", "please report this")
                    raise DisagreementError([Problem("E006", Location("engine"), message, hint)])
    return found
