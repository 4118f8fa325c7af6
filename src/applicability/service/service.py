"""The answers of one loaded rulebook: what the page, the HTTP interface and the tools for assistants all ask.

It holds no profile. Everything that can be worked out once for all profiles is kept: the planner of questions, the
map, the lists, and for assistants the last decisions, by what the rules read of a profile. Safe to use from several
threads.
"""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from applicability import decisions
from applicability.alternatives import Alternatives, in_places, in_zones, with_values
from applicability.analysis.comparison import Comparison
from applicability.analysis.line_of_business import LinesOfBusiness
from applicability.analysis.questions import QuestionPlan, QuestionPlanner
from applicability.api import assessed, check, day_of, load_rulebook, read_profile
from applicability.bounded import BoundedCache
from applicability.days import today
from applicability.engines.protocol import RecentDecisions
from applicability.errors import ArgumentError, Location, Problem
from applicability.interview import Interview
from applicability.loading.profile.mistakes import no_fact
from applicability.messages import did_you_mean
from applicability.model.assessment import Assessment, Finding
from applicability.model.measure import Measure
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.selection import select_measures
from applicability.report.assessment.json import AssessmentModel, assessment_json
from applicability.report.changes.json import ChangesModel, changes_json
from applicability.report.comparison.json import ComparisonModel, comparison_json
from applicability.report.difference.json import DifferenceModel, difference_json
from applicability.report.interview.json import InterviewModel
from applicability.report.reach_map.json import ReachMapModel, reach_map_json
from applicability.service.choices import ChangeTarget
from applicability.service.overview import (
    NextQuestionModel,
    OverviewModel,
    next_question,
    overview_of,
    questions_beside,
)
from applicability.text import Lang, Text

_DAYS_KEPT = 8  # maps of so many days and places are remembered
_DECISIONS_KEPT = 16  # 0.1 MB each


class CheckedProfile(NamedTuple):
    """What is open to an entity, what could still be asked, and the question to ask next; None when none is left."""

    assessment: Assessment
    plan: QuestionPlan
    question: NextQuestionModel | None


class Service:
    """One rulebook, loaded and made ready, and what can be asked of it."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._planner = QuestionPlanner(rulebook)
        self._lock = threading.RLock()  # what the planner remembers is shared between threads
        self._slow = threading.Lock()  # a map takes seconds: no answer about a profile waits for it
        self._maps: BoundedCache[object, ReachMapModel] = BoundedCache(_DAYS_KEPT)
        self._differences: BoundedCache[object, DifferenceModel] = BoundedCache(_DAYS_KEPT)
        # An assistant asks about one entity again and again: what is open, then why, row after row.
        self._recent = RecentDecisions(_DECISIONS_KEPT)

    @classmethod
    def load(cls, rules: str | None = None, registers: Iterable[str] = ()) -> Service:
        """The service of a folder of rules, by default the packaged ones. Raises RulebookError and ProfileError."""
        return cls(load_rulebook(rules, [Path(one) for one in registers]))

    def warm(self) -> None:
        """Fill the caches ahead of the first answer."""
        self.overview(Profile())

    @cached_property
    def _lines(self) -> LinesOfBusiness:
        return LinesOfBusiness(self.rulebook)

    @cached_property
    def digest(self) -> str:
        """What identifies the rules and the register that answer; that of the rules alone where nothing was added."""
        packaged = self.rulebook.digest
        added = [
            repr(one) for one in self.rulebook.register if one.weight == "user" or one.location.file.startswith("/")
        ]
        return packaged if not added else hashlib.sha256("\n".join([packaged, *added]).encode()).hexdigest()

    def etag(self, day: datetime.date | None = None, *parts: object) -> str:
        """The ETag of an answer that depends on the rules and a day only, not on a profile."""
        of = hashlib.sha256(repr(parts).encode()).hexdigest()[:12] if parts else ""
        return f'"{"-".join(filter(None, (self.digest[:16], (day or today()).isoformat(), of)))}"'

    # One profile -------------------------------------------------------------------------------------------------

    def assess(self, profile: Profile, as_of: datetime.date | None = None) -> Assessment:
        """What is open to the entity of a profile. Raises ProfileError."""
        return check(profile, self.rulebook, as_of=as_of)

    def check(
        self,
        profile: Profile,
        *,
        as_of: datetime.date | None = None,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
        explain: Lang | None = None,
    ) -> AssessmentModel:
        """The published assessment: the same as that of the command."""
        wanted = {one.key for one in select_measures(self.rulebook, measures or None, chapters or None)}
        assessment = self.assess(profile, as_of)
        shown = tuple(one for one in assessment.findings if one.measure.key in wanted)
        with self._lock:
            return assessment_json(assessment, shown, explain, self._planner)

    def interview(
        self,
        profile: Profile,
        *,
        as_of: datetime.date | None = None,
        unknown: Iterable[str] = (),
        measures: Sequence[int] | None = None,
        every: bool = False,
        assessment: Assessment | None = None,
    ) -> Interview:
        """An interview that begins with what a profile says, of which there may be an `assessment` already; with
        `every`, what is implausible is asked too.

        Raises ProfileError, and ArgumentError for an unknown name that is no fact.
        """
        names = frozenset(unknown)
        known = {*self.rulebook.facts, *(f"limits.{key}" for key in self.rulebook.limits)}
        strange = sorted(names - known)
        if strange:
            raise ArgumentError(
                Problem("P101", Location("unknown"), no_fact(one), did_you_mean(one, known)) for one in strange
            )
        planner = self._planner if not measures else None
        undecided = None if assessment is None else {one.measure.key for one in assessment.undecided}
        return Interview(
            profile, self.rulebook, measures=measures or None, as_of=as_of, unknown=names, planner=planner, every=every,
            undecided_at_first=undecided, facts=None if assessment is None else assessment.facts,
        )  # fmt: skip

    def question(
        self, profile: Profile, *, as_of: datetime.date | None = None, unknown: Iterable[str] = (),
        measures: Sequence[int] | None = None, every: bool = False,
    ) -> InterviewModel:  # fmt: skip
        """Where an interview stands, and the best question now."""
        with self._lock:
            held = self.interview(profile, as_of=as_of, unknown=unknown, measures=measures, every=every)
            return held.to_model()

    def next_question(
        self, profile: Profile, *, as_of: datetime.date | None = None, unknown: Iterable[str] = (),
        measures: Sequence[int] | None = None, every: bool = False,
    ) -> NextQuestionModel | None:  # fmt: skip
        """The best question now, with why it is asked."""
        with self._lock:
            held = self.interview(profile, as_of=as_of, unknown=unknown, measures=measures, every=every)
            return next_question(held, self._lines)

    def check_and_ask(self, profile: Profile, *, as_of: datetime.date | None = None) -> CheckedProfile:
        """What is open to the entity of a profile, and the next question. Raises ProfileError."""
        assessment = assessed(profile, self.rulebook, as_of, recent=self._recent)
        with self._lock:
            held = self.interview(profile, as_of=assessment.as_of, assessment=assessment)
            return CheckedProfile(assessment, held.plan, next_question(held, self._lines))

    def overview(
        self,
        profile: Profile,
        *,
        as_of: datetime.date | None = None,
        unknown: Iterable[str] = (),
        first: str | None = None,
    ) -> OverviewModel:
        """Counts, what is open, where each row stands and the next question: for `first` where that matters."""
        assessment = self.assess(profile, as_of)
        passed = tuple(dict.fromkeys(unknown))
        with self._lock:
            held = self.interview(profile, as_of=assessment.as_of, unknown=passed, assessment=assessment)
            question = next_question(held, self._lines, first)
            beside = questions_beside(held, self._lines, question)
            return overview_of(assessment, question, held.plan, self._lines, passed, beside)

    def changes(
        self,
        profile: Profile,
        measures: Sequence[int],
        *,
        as_of: datetime.date | None = None,
        to: ChangeTarget = "open",
    ) -> ChangesModel:
        """What would open some measures to the entity of a profile."""
        found = decisions.change(profile, self.rulebook, measures=measures, to=to, as_of=as_of)
        return changes_json(found.assessment, found.prospects)

    def finding(self, profile: Profile, row: int, as_of: datetime.date | None = None) -> Finding:
        """The finding of one row. Raises ArgumentError where there is none."""
        measure = self.measure(row)
        assessment = assessed(profile, self.rulebook, as_of, recent=self._recent)
        return next(one for one in assessment.findings if one.measure.key == measure.key)

    # Several profiles --------------------------------------------------------------------------------------------

    def compare(
        self,
        alternatives: Alternatives,
        *,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
    ) -> ComparisonModel:
        """Alternatives side by side, as they are published."""
        return comparison_json(self.compared(alternatives, measures=measures, chapters=chapters))

    def compared(
        self,
        alternatives: Alternatives,
        *,
        measures: Sequence[int] | None = None,
        chapters: Sequence[int] | None = None,
    ) -> Comparison:
        """Alternatives side by side."""
        return decisions.compare(alternatives, self.rulebook, measures=measures or None, chapters=chapters or None)

    def across(
        self,
        profile: Profile,
        fact: str,
        values: Sequence[object] = (),
        as_of: datetime.date | None = None,
        *,
        own: bool = False,
    ) -> Alternatives:
        """A profile with other values of one fact: places, zones, days, or what else the fact takes.

        `own`: before the places named it also stands where it is.
        """
        if fact != "as_of" and fact not in self.rulebook.facts:
            hint = did_you_mean(fact, self.rulebook.facts)
            raise ArgumentError([Problem("P101", Location("fact"), no_fact(fact), hint)])
        if fact == "city":
            return in_places([str(one) for one in values], profile, self.rulebook, as_of, with_own=own)
        if fact == "zones":
            return in_zones([str(one) for one in values], profile, self.rulebook, as_of)
        if not values:
            what = Text("请列出要比较的值", "name the values to compare")
            raise ArgumentError([Problem("U004", Location("values"), what)])
        made = [profile.with_fact(fact, one, Location(f"values[{place}]")) for place, one in enumerate(values)]
        if fact == "as_of":
            return [decisions.Candidate(str(value), one, None) for value, one in zip(values, made, strict=True)]
        return with_values(fact, made, self.rulebook, as_of)

    # The rules ---------------------------------------------------------------------------------------------------

    def measure(self, row: int, document: str | None = None) -> Measure:
        """The measure of a row. Raises ArgumentError where there is none."""
        found = select_measures(self.rulebook, [row])
        named = [one for one in found if document in (None, one.document)]
        if not named:
            what = Text(f"没有文件 `{document}`", f"there is no document `{document}`")
            raise ArgumentError([Problem("U001", Location("document"), what)])
        return named[0]

    def reach_map(
        self,
        places: Sequence[str] | None = None,
        as_of: datetime.date | None = None,
        measures: Iterable[int] | None = None,
    ) -> ReachMapModel:
        """Where each measure, or each of some rows, can be open, and to whom; remembered by places, day and rows."""
        rows = None if measures is None else tuple(measures)
        key = (tuple(places or ()), day_of(self.rulebook, as_of), rows)
        with self._slow:
            found = self._maps.get(key)
            if found is None:
                made = decisions.reach_map(self.rulebook, places=places or None, measures=rows, as_of=as_of)
                self._maps[key] = found = reach_map_json(made)
        return found

    def diff(self, old_as_of: datetime.date, new_as_of: datetime.date) -> DifferenceModel:
        """What the rules decide differently on two days; remembered by the days."""
        days = (day_of(self.rulebook, old_as_of), day_of(self.rulebook, new_as_of))
        with self._slow:
            found = self._differences.get(days)
            if found is None:
                made = decisions.diff(self.rulebook, self.rulebook, old_as_of=days[0], new_as_of=days[1])
                self._differences[days] = found = difference_json(made)
        return found

    def profile(self, given: Mapping[str, object]) -> Profile:
        """A profile of plain data."""
        return read_profile(given)
