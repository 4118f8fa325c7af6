"""An interview: asks about one entity, the best question first, until no question could decide anything more.

It holds the profile as answered so far and can go back one answer at a time. A fact that the person does not know stays
missing and is not asked again in the same interview.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from applicability.analysis.plausibility import MOST, Plausibility
from applicability.analysis.questions import Question, QuestionPlan, QuestionPlanner, possible_activities
from applicability.api import ProfileLike, load_rulebook, read_profile
from applicability.errors import Location
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.profile.keys import as_told
from applicability.loading.profile.reader import read_facts
from applicability.loading.profile.written import words_of
from applicability.model.assessment import Finding, LimitFinding
from applicability.model.conditions import All, Does, Leaf, leaves
from applicability.model.evaluate import verdict
from applicability.model.facts import FactDeclaration, Facts
from applicability.model.leaf_kinds import LIMITS, PLACES, fact_of, limit_key
from applicability.model.measure import Measure, MeasureKey
from applicability.model.partial import NO, YES, PartialSet
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.selection import select_measures
from applicability.model.verdict import Verdict
from applicability.published import Plain, Published

if TYPE_CHECKING:  # pydantic is loaded for those who want the contract
    from applicability.report.interview.json import InterviewModel

ANSWER = Location("answer")


@dataclass(frozen=True)
class _State:
    profile: Profile
    facts: Facts
    unknown: frozenset[str]
    fact: str | None = None  # the fact answered to reach this state


class Interview(Published):
    """Questions about the measures given (default: all), starting from a profile (default: an empty one); `unknown`
    facts are not asked for. `planner` is one of those measures that has been made before, `undecided_at_first` are
    those that need information, where a check of the profile on the same day has told them, and `facts` those that it
    read.

    What is implausible for the entity is not asked, and stays missing, unless `every` is set. Raises ProfileError for a
    profile that cannot be read.
    """

    def __init__(
        self,
        profile: ProfileLike | None = None,
        rulebook: Rulebook | None = None,
        *,
        measures: Iterable[int | Measure] | None = None,
        chapters: Iterable[int] | None = None,
        as_of: datetime.date | None = None,
        unknown: frozenset[str] = frozenset(),
        planner: QuestionPlanner | None = None,
        every: bool = False,
        undecided_at_first: Collection[MeasureKey] | None = None,
        facts: Facts | None = None,
    ) -> None:
        profile = Profile() if profile is None else read_profile(profile)
        rulebook = rulebook if rulebook is not None else load_rulebook()
        self.rulebook, self._as_of, self.every = rulebook, as_of, every
        wanted = select_measures(rulebook, measures, chapters)
        self.measures = tuple(one for one in wanted if one.condition is not None)
        conditions = {one.key: one.condition for one in self.measures if one.condition is not None}
        self._planner = planner if planner is not None else QuestionPlanner(rulebook, conditions)
        facts = read_facts(profile, rulebook, as_of) if facts is None else facts
        self._states = [_State(as_told(profile, rulebook), facts, unknown)]
        self._undecided_at_first = undecided_at_first
        self._plan: tuple[_State, QuestionPlan] | None = None
        self._plausibility: tuple[_State, Plausibility] | None = None

    @property
    def profile(self) -> Profile:
        """The profile with all answers so far."""
        return self._states[-1].profile

    @property
    def as_of(self) -> datetime.date | None:
        """The day asked about; None for the profile's own, or today."""
        return self._as_of

    @property
    def facts(self) -> Facts:
        """The facts of that profile."""
        return self._states[-1].facts

    @property
    def unknown(self) -> frozenset[str]:
        """The facts that the person does not know."""
        return self._states[-1].unknown

    @property
    def asked(self) -> int:
        """The number of questions answered or skipped."""
        return len(self._states) - 1

    @property
    def undecided(self) -> tuple[Measure, ...]:
        """The measures that a missing fact keeps undecided."""
        return tuple(
            one
            for one in self.measures
            if one.condition is not None and verdict(one.condition, self.facts, self.rulebook) is Verdict.NEEDS_INFO
        )

    @property
    def question(self) -> Question | None:
        """The best question now; None if none could decide anything."""
        found = self.plan.questions
        return found[0] if found else None

    @property
    def plan(self) -> QuestionPlan:
        """Every question that matters now, and what is not asked since it is implausible."""
        state = self._states[-1]
        if self._plan is None or self._plan[0] is not state:
            # An answer can settle rows: what was undecided is so for the profile as it was given.
            undecided = self._undecided_at_first if len(self._states) == 1 else None
            plan = self._planner.plan(
                state.facts, state.unknown, every=self.every, undecided=undecided, plausibility=self.plausibility
            )
            self._plan = (state, plan)
        return self._plan[1]

    @property
    def plausibility(self) -> Plausibility:
        """What is plausible for the entity, as far as it is known."""
        state = self._states[-1]
        if self._plausibility is None or self._plausibility[0] is not state:
            self._plausibility = (state, Plausibility(state.facts, self.rulebook))
        return self._plausibility[1]

    def declaration(self, question: Question) -> FactDeclaration:
        """The declaration of a question's fact."""
        return self.rulebook.declaration(question.fact)

    def options(self, question: Question) -> tuple[str, ...]:
        """The values to choose from, the likely ones first, then those that rows test; empty for a free answer.

        An answer to a list counts as complete for what is offered: every value that the entity could have, not only
        those that matter now; of a list that is known in part, what is not known. Implausible activities are not
        offered, and an answer leaves them unknown; implausible values of other facts come last.
        """
        declaration = self.declaration(question)
        held = _held(self.facts, declaration)
        known = held.yes | held.no if held is not None else frozenset()
        match declaration.type:
            case "choice" | "choices":
                left = [one for one in declaration.values if one not in known]
                return tuple(left if self.every else self.plausibility.first(declaration.name, left))
            case "boolean":
                return ("true", "false")
            case "zone_types":
                return self.rulebook.gazetteer.zone_types_left(self.facts.whereabouts)
            case "zones":
                return self.rulebook.gazetteer.zones_left(self.facts.whereabouts)
            case "activities":
                possible = possible_activities(self.facts, self.rulebook) - known
                plausibility = self.plausibility
                likely: frozenset[str] = frozenset()
                if not self.every and not plausibility.open:
                    possible, likely = possible & plausibility.activities, plausibility.likely
                own = (leaf for _, found in self.reasons(question) for leaf in found)
                wanted = {one for leaf in own if isinstance(leaf, Does) for one in leaf.activities}
                named = [one for one in self.rulebook.sectors.activities if one in possible]
                told = {} if self.every else {one: plausibility.breadth("activities", one) for one in named}
                shared = {one: MOST + 1 if breadth is None else breadth for one, breadth in told.items()}
                return tuple(sorted(named, key=lambda one: (one not in likely, one not in wanted, shared.get(one, 0))))
            case _:
                return ()

    def not_offered(self, question: Question) -> int:
        """The number of activities that the sector could carry and that are left out of the options as implausible."""
        if self.declaration(question).type != "activities" or self.every or self.plausibility.open:
            return 0
        held = _held(self.facts, self.declaration(question))
        known = held.yes | held.no if held is not None else frozenset()
        return len(possible_activities(self.facts, self.rulebook) - known - self.plausibility.activities)

    def reasons(self, question: Question) -> tuple[tuple[Measure, tuple[Leaf, ...]], ...]:
        """The rows that wait for the question, each with the leaves that need it."""
        keys = set(question.rows)
        found = []
        for measure in self.measures:
            if measure.key in keys and measure.condition is not None:
                own = tuple(leaf for leaf in leaves(measure.condition) if _about(leaf, question.fact))
                found.append((measure, own))
        return tuple(found)

    def answer(self, value: object) -> int:
        """Takes an answer to the question; returns how many measures it decided.

        Raises ProfileError for an invalid answer, without changing the state.
        """
        question = self.question
        assert question is not None  # nothing was asked
        before = len(self.undecided)
        state = self._states[-1]
        offered = frozenset(self.options(question)) if self.not_offered(question) else None
        profile = _told(state, question.fact, value, self.rulebook, offered)
        facts = read_facts(profile, self.rulebook, self._as_of)
        # Giving the same answer again means that there is no finer one.
        same = state.profile.facts.get(question.fact) == value
        unknown = state.unknown | {question.fact} if same else state.unknown
        self._states.append(_State(profile, facts, unknown, question.fact))
        return before - len(self.undecided)

    @property
    def limits(self) -> tuple[tuple[Measure, tuple[LimitFinding, ...]], ...]:
        """The limits of the measures that are open now, each with its state."""
        found = []
        for measure in self.measures:
            reached = verdict(measure.condition or All(()), self.facts, self.rulebook)
            if reached >= Verdict.CONDITIONAL:
                finding = Finding(measure, reached, None, self.facts, self.rulebook)
                found.append((measure, finding.limits))
        return tuple((measure, own) for measure, own in found if own)

    def name(self, name: str) -> None:
        """Say what the entity is called: it decides nothing, so it is no answer to take back."""
        self._describe("name", name)

    def set_up(self, done: bool) -> None:
        """Say whether the entity is set up already or only planned: reports word it, and it decides nothing either."""
        self._describe("planned", not done)

    def _describe(self, key: str, value: object) -> None:
        last = self._states[-1]
        self._states[-1] = replace(last, profile=last.profile.with_fact(key, value, ANSWER))
        self._plan = None

    def pass_over(self) -> None:
        """Skips the question: the fact stays missing, and is not asked again."""
        question = self.question
        assert question is not None  # nothing was asked
        state = self._states[-1]
        self._states.append(_State(state.profile, state.facts, state.unknown | {question.fact}, question.fact))

    def back(self) -> bool:
        """Takes the last answer back; returns whether there was one."""
        if len(self._states) > 1:
            self._states.pop()
            return True
        return False

    def to_dict(self) -> Plain:
        """The state of the interview as plain data, by its contract."""
        return self.to_model().to_dict()

    def to_model(self) -> InterviewModel:
        """The state of the interview, by its contract."""
        from applicability.report.interview.json import interview_json

        question = self.question
        options, left = ((), 0) if question is None else (self.options(question), self.not_offered(question))
        return interview_json(
            self.rulebook, self.profile, self.facts, self.asked, self.unknown, self.undecided, self.plan, options, left
        )


def _held(facts: Facts, declaration: FactDeclaration) -> PartialSet | None:
    """What is known of a list in part."""
    held = facts.whereabouts.listed(declaration.type) or facts.values.get(declaration.name)
    return held if isinstance(held, PartialSet) else None


def _told(
    state: _State, name: str, value: object, rulebook: Rulebook, offered: frozenset[str] | None = None
) -> Profile:
    """The profile with the answer to a question for a fact, or for whether a limit is kept.

    To a list of which a part was known, the answer is the rest. Of activities of which only some were `offered`, it
    tells these: the others stay unknown.
    """
    profile, key = state.profile, limit_key(name)
    if key is None:
        known = _held(state.facts, declaration := rulebook.declaration(name))
        if known is not None or offered is not None:
            rest = words_of(rulebook, declaration, value) if isinstance(value, str) else value
            if isinstance(rest, (list, tuple, set, frozenset)):
                value = [*sorted(known.yes), *rest] if known is not None else list(rest)
                if offered is not None:
                    value = _in_part(value, known or PartialSet(), offered, rulebook)
        return profile.with_fact(name, value, ANSWER)
    held = profile.facts.get(LIMITS)
    return profile.with_fact(LIMITS, {**(held if isinstance(held, Mapping) else {}), key: value}, ANSWER)


def _in_part(
    chosen: Sequence[object], known: PartialSet, offered: frozenset[str], rulebook: Rulebook
) -> dict[str, object]:
    """Activities as a list known in part: those chosen are carried on, the others that were offered are not."""
    named = [rulebook.sectors.activity_of(str(one)) for one in chosen]
    own = [one for one in named if one is not None]
    return {YES: list(chosen), NO: list(rulebook.sectors.not_chosen(offered | known.no, own))}


def _about(leaf: Leaf, fact: str) -> bool:
    read = fact_of(leaf)
    if fact in PLACES:
        return read in PLACES
    return read == fact or (fact == "sector" and read == "activities")
