"""Compares the answers on self-descriptions with the words of the plan: `python tools/self_descriptions.py`.

The tables in docs/readings have what companies and persons say of themselves, the answer that the words give on one
row, and the profile that somebody made of it. Two rates are told. The first is that of the row's verdict, and the one
that the aim is set for. The second is another measure, that of the answer shown to what is asked: where the words that
a description rests on are claimed whole by one part of a row and no other, the part's verdict; and of what binds
authorities only, which has no verdict, that of the place where the place is not within the scope for certain. In the
third table a second lawyer answered too, without seeing the first's answer: how far the two agree is told as well. Its
lawyers were told that what binds authorities only has no verdict anywhere, so the place counts for nothing there.
Ends with 1 where the rulebook answers otherwise than recorded there.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from applicability import Profile, check, load_rulebook
from applicability.analysis.claims import Passage, passages, silent
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding
from applicability.model.measure import Limb, Measure, MeasureKey
from applicability.model.verdict import Verdict
from applicability.report.language.reasons import FindingText

READINGS = Path(__file__).parents[1] / "docs" / "readings"
TABLES = ("self-descriptions.yaml", "self-descriptions-2.yaml", "self-descriptions-3.yaml")
DAY = datetime.date(2026, 11, 1)


@dataclass(frozen=True)
class Answer:
    """The answer that the words give on one description, the one recorded, the row's verdict, and the one shown.

    `part` is the part of the row that is asked about, if it is known from the quote. `second` is the answer of a second
    lawyer, where one answered.
    """

    row: int
    expected: str
    recorded: str
    verdict: str
    shown: str
    part: str
    second: str | None


def answers(table: str) -> dict[int, Answer]:
    """The answers by the number of a description."""
    book = load_rulebook()
    texts = {(one.document, one.row): one for one in passages(book) if one.where == "text" and one.row is not None}
    found = {}
    for one in yaml.safe_load((READINGS / table).read_text("utf-8")):
        assessment = check(Profile.of(one["profile"]), book, as_of=DAY, engine="reference")
        finding = assessment.finding(one["row"])
        limb = limb_asked(finding.measure, texts, one["quote"])
        found[one["id"]] = Answer(
            one["row"], one["expected"], one["answer"], _word(finding.verdict),
            _word(shown(finding, limb, by_place="second_lawyer" not in one)),
            "" if limb is None else limb.id, one.get("second_lawyer"),
        )  # fmt: skip
    return found


def limb_asked(measure: Measure, texts: Mapping[MeasureKey, Passage], quote: str) -> Limb | None:
    """The part that a quote asks about: the only one that claims all of its words; None if there is no such part."""
    if len(measure.limbs) < 2:
        return None
    text = texts[measure.key]
    start = text.words.find(quote)
    words = {start + place for place, char in enumerate(quote) if not silent(char)} if start >= 0 else set()
    found = [limb for limb in measure.limbs if words and words <= _claimed(text, f"row {measure.row}{limb.id}")]
    return found[0] if len(found) == 1 else None


def _claimed(text: Passage, rule: str) -> set[int]:
    return {place for claim in text.claims if claim.rule == rule for place in range(claim.start, claim.end)}


def shown(finding: Finding, limb: Limb | None, *, by_place: bool = True) -> Verdict | None:
    """The verdict shown to whoever asks about a part, or about the row; None where nobody can apply at the place.

    `by_place`: what binds authorities only has the verdict of the place where the scope does not reach it for certain.
    """
    verdict, duty = finding.verdict, finding.measure.binds_authorities_only
    if limb is not None:
        verdict = next(one.verdict for one in FindingText(finding).parts if one.limb == limb)
        duty = limb.binds_authorities_only
    return finding.scope_verdict if by_place and duty and finding.scope_verdict is not Verdict.ELIGIBLE else verdict


def _word(verdict: Verdict | None) -> str:
    return "no verdict" if verdict is None else verdict.word


def rates(told: dict[int, Answer]) -> tuple[int, int]:
    """On how many descriptions the row's verdict agrees with the words, and on how many the answer shown."""
    every = told.values()
    return sum(one.expected == one.verdict for one in every), sum(one.expected == one.shown for one in every)


def lawyers(told: dict[int, Answer]) -> tuple[int, int] | None:
    """On how many descriptions two lawyers agree, and on how many of these the row's verdict agrees with them."""
    both = [one for one in told.values() if one.second == one.expected]
    return (len(both), sum(one.verdict == one.expected for one in both)) if both else None


def main() -> None:
    """Prints both rates, what does not agree, and what the second counts otherwise."""
    for table in TABLES:
        told = answers(table)
        verdicts, others = rates(told)
        print(f"{table}: {verdicts} of {len(told)} answers agree with the words")
        if (agreed := lawyers(told)) is not None:
            print(f"  two lawyers agree on {agreed[0]}; on {agreed[1]} of these the rulebook agrees with them")
        for number, one in told.items():
            if one.expected != one.verdict:
                print(f"  {number}: by the words {one.expected}, by the rulebook {one.verdict}")
            if one.recorded != one.verdict:
                sys.exit(f"{number}: recorded is {one.recorded}, and the rulebook says {one.verdict}")
        print(f"  another measure, the answer shown to what is asked: {others} of {len(told)} agree")
        for number, one in told.items():
            if one.shown != one.verdict:
                agrees = "agrees" if one.shown == one.expected else f"by the words {one.expected}"
                print(f"    {number}: row {one.row}{one.part}, {one.verdict} -> {one.shown}, {agrees}")


if __name__ == "__main__":
    main()
