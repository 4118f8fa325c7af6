"""An interview: asks about one entity, the best question first, until no question could decide anything more.

It holds the profile as answered so far and can go back one answer at a time. A fact that the person does not know stays
missing and is not asked again in the same interview.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from applicability.analysis.questions import PLACES, Question, QuestionPlanner, plausible
from applicability.api import ProfileLike, load_rulebook, read_profile
from applicability.errors import Location
from applicability.loading.profile.reader import read_facts
from applicability.model.assessment import Finding, LimitFinding
from applicability.model.conditions import All, Does, Leaf, leaves
from applicability.model.evaluate import verdict
from applicability.model.facts import FactDeclaration, Facts
from applicability.model.leaf_kinds import LIMITS, fact_of, limit_key
from applicability.model.profile import Profile
from applicability.model.rulebook import Measure, Rulebook
from applicability.model.selection import select_measures
from applicability.model.verdict import Verdict
from applicability.published import Plain, Published

ANSWER = Location("answer")


@dataclass(frozen=True)
class _State:
    profile: Profile
    facts: Facts
    unknown: frozenset[str]
    fact: str | None = None  # the fact answered to reach this state


class Interview(Published):
    """Asks about the measures given (default: all), starting from a profile (default: an empty one).

    `unknown` facts are not asked for. Raises ProfileError for a profile that cannot be read.
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
    ) -> None:
        profile = Profile() if profile is None else read_profile(profile)
        rulebook = rulebook if rulebook is not None else load_rulebook()
        self.rulebook, self._as_of = rulebook, as_of
        wanted = select_measures(rulebook, measures, chapters)
        self.measures = tuple(one for one in wanted if one.condition is not None)
        conditions = {one.key: one.condition for one in self.measures if one.condition is not None}
        self._planner = QuestionPlanner(rulebook, conditions)
        self._states = [_State(profile, read_facts(profile, rulebook, as_of), unknown)]
        self._question: tuple[_State, Question | None] | None = None

    @property
    def profile(self) -> Profile:
        """The profile with all answers so far."""
        return self._states[-1].profile

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
        state = self._states[-1]
        if self._question is None or self._question[0] is not state:
            found = self._planner.questions(state.facts, state.unknown)
            self._question = (state, found[0] if found else None)
        return self._question[1]

    def declaration(self, question: Question) -> FactDeclaration:
        """The declaration of a question's fact."""
        return self.rulebook.declaration(question.fact)

    def options(self, question: Question) -> tuple[str, ...]:
        """The values to choose from, those that rows test first; empty for a free answer.

        An answer to a list counts as complete, so every value that the entity could have is offered, not only those
        that matter now.
        """
        declaration = self.declaration(question)
        match declaration.type:
            case "choice" | "choices":
                return tuple(declaration.values)
            case "boolean":
                return ("true", "false")
            case "zone_types":
                return tuple(self.rulebook.gazetteer.zone_types)
            case "zones":
                gazetteer, known = self.rulebook.gazetteer, self.facts.whereabouts.divisions
                return tuple(z for z in gazetteer.zones if all(gazetteer.overlap(z, one) for one in known))
            case "activities":
                possible = plausible(self.facts, self.rulebook)
                own = (leaf for _, found in self.reasons(question) for leaf in found)
                wanted = {one for leaf in own if isinstance(leaf, Does) for one in leaf.activities}
                named = [one for one in self.rulebook.sectors.activities if one in possible]
                return (*(one for one in named if one in wanted), *(one for one in named if one not in wanted))
            case _:
                return ()

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
        profile = _told(state.profile, question.fact, value)
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
        from applicability.report.interview.json import interview_json

        question = self.question
        options = () if question is None else self.options(question)
        return interview_json(
            self.rulebook, self.profile, self.facts, self.asked, self.unknown, self.undecided, question, options
        ).to_dict()


def _told(profile: Profile, name: str, value: object) -> Profile:
    """The profile with the answer for a fact, or for whether a limit is kept."""
    key = limit_key(name)
    if key is None:
        return profile.with_fact(name, value, ANSWER)
    held = profile.facts.get(LIMITS)
    return profile.with_fact(LIMITS, {**(held if isinstance(held, Mapping) else {}), key: value}, ANSWER)


def _about(leaf: Leaf, fact: str) -> bool:
    read = fact_of(leaf)
    if fact in PLACES:
        return read in PLACES
    return read == fact or (fact == "sector" and read == "activities")
