"""From a verdict to a decision: what would have to change, where it would be better, what an edit of the rules changes.

The same for the command line and for programs that embed this one. Nothing is suggested that was not checked again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from applicability.analysis.comparison import Alternative, Comparison
from applicability.analysis.difference import Difference, difference, on_the_day, witness_for
from applicability.analysis.edits import applied
from applicability.analysis.minimal_changes import SIZE, Change, Changes, Prospect
from applicability.api import check, load_rulebook
from applicability.days import today
from applicability.engines.select import EngineName
from applicability.errors import DisagreementError, Location, Problem
from applicability.loading.profile.reader import read_facts
from applicability.model.assessment import Assessment
from applicability.model.conditions import Step
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.profile import Profile
from applicability.model.register import with_entries
from applicability.model.rulebook import Entry, Measure, Rulebook
from applicability.model.verdict import Verdict
from applicability.text import Text


def change(
    assessment: Assessment,
    measures: Iterable[Measure] | None = None,
    *,
    by_one: bool = False,
    size: int = SIZE,
) -> tuple[Prospect, ...]:
    """What would open each measure (default: all) that is not open to the entity of an assessment.

    The target is `conditional`, or with `by_one` the next verdict up. A measure that gives nobody a verdict has no
    changes. Every change is made to the profile, read anew and decided by the definition before it is returned;
    DisagreementError if it does not lead to the verdict that it promises.
    """
    wanted = None if measures is None else {measure.key for measure in measures}
    search = Changes(assessment.facts, assessment.rulebook)
    proof = _Proof(assessment)
    found = []
    for finding in assessment.findings:
        if (wanted is not None and finding.measure.key not in wanted) or finding in assessment.open:
            continue
        target, condition = Verdict.CONDITIONAL, finding.measure.condition
        if by_one and finding.verdict is not None:
            target = Verdict(finding.verdict + 1)
        own = search.to(condition, target, size) if condition is not None else ()
        for each in own:
            proof.of(finding.measure, each)
        found.append(Prospect(finding, target, size, own))
    return tuple(found)


def compare(
    alternatives: Iterable[tuple[Text, Profile, datetime.date | None]],
    rulebook: Rulebook | None = None,
    measures: Iterable[Measure] | None = None,
    *,
    engine: EngineName = "auto",
) -> Comparison:
    """Several profiles, or one on several days, side by side: each has a label, a profile and a day (None: its own).

    Raises ProfileError for the first profile that cannot be read: a comparison is whole or not at all.
    """
    rulebook = rulebook if rulebook is not None else load_rulebook()
    found = tuple(
        Alternative(label, check(profile, rulebook, as_of=day, engine=engine)) for label, profile, day in alternatives
    )
    return Comparison(rulebook, found, tuple(rulebook.measures if measures is None else measures))


class _Proof:
    """Makes changes to a profile and checks it again; many measures share one change, which is then read once."""

    def __init__(self, assessment: Assessment) -> None:
        self.assessment = assessment
        self._read: dict[str, Facts] = {}
        self._stepped: dict[frozenset[tuple[str, str]], Rulebook] = {frozenset(): assessment.rulebook}

    def of(self, measure: Measure, change: Change) -> None:
        """Raise DisagreementError unless the change leads to the verdict that it promises."""
        profile = self.assessment.profile
        given = applied(profile.facts, self.assessment.facts, change.edits)
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
        """The rulebook with those steps on its register, for every row that waits on them."""
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
    old_day: datetime.date | None = None,
    new_day: datetime.date | None = None,
) -> Difference:
    """What two rulebooks decide differently, for any entity: on any day at all, or each on a day of its own.

    Every witness is read and decided again by both before it is returned; DisagreementError if one does not hold.
    """
    now = today()
    if old_day is None and new_day is None:
        found = difference(old, new, now)
    else:
        days = (old_day or now, new_day or now)
        found = difference(on_the_day(old, days[0]), on_the_day(new, days[1]), now, any_day=False)
    for row in found.rows:
        for one in row.moved:
            for book, day, promised in ((old, old_day, one.old), (new, new_day, one.new)):
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
