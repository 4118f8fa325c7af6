"""What is shut in a paper, by shared reasons and row by row, with the reasons that the nearest change would remove."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from applicability.analysis.edited import edited
from applicability.analysis.effort import is_plausible
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import MOST, Plausibility
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding, Reason
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    Ground,
    InSector,
    Judgement,
    Leaf,
    OneOf,
    Within,
    bare,
    leaves,
)
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.measure import Limb, Measure, MeasureKey
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.contacts import contacts
from applicability.report.language.limb_words import limb_english, limb_words
from applicability.report.language.reasons import FindingText, ReasonText
from applicability.report.language.render_condition import ground_of
from applicability.report.layout.paper import Quote
from applicability.report.papers.brief_words import each_in_short
from applicability.report.papers.changes import does_such, is_of_its_kind, nearest_change
from applicability.report.papers.rows import RowWriter
from applicability.report.papers.texts import joined, say
from applicability.text import Text

_QUOTES = 2  # passages quoted for one measure
_SHARED = 4  # the same for a reason that several share
# Kinds of leaves that list what would do, and what stands in their sentence where the list stands beside each measure.
_LISTS = ("Does", "Some", "OneOf")
LISTED = Text("括号内所列的（没有括号的，即标题所称）", "what is named in brackets, or else by the title")
_AS_IT_IS = Text("{told}", "{told}")
_PART = Text("“{title}”部分：{asked}", "part “{title}”: {asked}")


@dataclass(frozen=True)
class Shut:
    """The reasons of shut measures, beside the changes that the paper tells of."""

    rows: RowWriter
    prospects: Sequence[Prospect] = ()

    def by_reason(self, found: Sequence[Finding]) -> list[tuple[Text, list[Finding]]]:
        """Measures by the reason that several share, the largest group first."""
        return sorted(
            ((reason, own) for reason, own in self._groups(found) if len(own) > 1), key=lambda one: -len(one[1])
        )

    def each(self, found: Sequence[Finding]) -> list[tuple[Finding, Text]]:
        """The other measures, each with what it asks for: first what the entity is likely to look for; by number."""
        alone = [own[0] for _, own in self._groups(found) if len(own) == 1]
        order = sorted(alone, key=lambda one: (not self.is_likely(one), one.measure.row))
        return [(one, self.asked(one, here=False, brief=True)) for one in order]

    # The words that shut it --------------------------------------------------------------------------------------

    def words(self, finding: Finding) -> tuple[Quote, ...]:
        """The words that a measure is shut by, where the entity is likely to look for it; else none."""
        if not self.is_likely(finding):
            return ()
        grounds = ((finding.measure, ground) for ground in self.grounds(finding))
        named = [limb for limb in finding.measure.usable if self._names_its_place(limb)]
        whole = [limb_words(finding.measure, limb) for limb in named]
        short = each_in_short(self.rows.rulebook, grounds, _QUOTES)
        told = (one for one in short if not any(one.zh in words for words in whole))
        english = (limb_english(self.rows.rulebook, finding.measure, limb) for limb in named)
        return (*told, *(Quote(zh, en, None) for zh, en in zip(whole, english, strict=True)))

    def shared_words(self, found: Sequence[Finding]) -> tuple[Quote, ...]:
        """The words that several are shut by for one reason: of a scope once, of each row where it is likely. Of a row
        of several parts they are those of the reason that is told, and not of what each part asks for.
        """
        grounds = [(one.measure, each.ground, one) for one in found for each in self.reasons(one)]
        told: list[tuple[Measure, Ground]] = [
            (measure, ground) for measure, ground, one in grounds if ground.cites != "text" or self.is_likely(one)
        ]
        return tuple(each_in_short(self.rows.rulebook, told, _SHARED, item=True))

    def grounds(self, finding: Finding) -> list[Ground]:
        """What the refusal that is told of a measure rests on, with the words of a row where they are quoted."""
        parts = self._parts(finding)
        if parts:
            return [ground for _, own in parts for ground in own]
        return [one.ground for one in self.reasons(finding)]

    def is_likely(self, finding: Finding) -> bool:
        """Whether the case is plausibly about a measure: a plausible change would open it, or a part of it asks for
        nothing but what such an entity could do, hold or be.
        """
        if finding.measure.key in self._near or any(map(self._names_its_place, finding.measure.usable)):
            return True
        if finding.scope_verdict is Verdict.INELIGIBLE and len(finding.measure.usable) > 1:
            told = [leaf for _, leaf in self._leaves(finding) if isinstance(leaf, Does)]  # of one part alone
            if told and not any(does_such(leaf.activities, self.rows.facts, self.rows.rulebook) for leaf in told):
                return False
        return any(
            all(self._could_be(each.condition) for each in one.trace.deciding()) and self._is_of_its_line(one.limb)
            for one in finding.limbs
            if one.verdict is Verdict.INELIGIBLE or finding.scope_verdict is Verdict.INELIGIBLE
        )

    def _is_of_its_line(self, limb: Limb) -> bool:
        """Whether a part asks for something of the entity's own line, and not only for what anybody could have."""
        for leaf in leaves(limb.when):
            if isinstance(leaf, Does) and does_such(leaf.activities, self.rows.facts, self.rows.rulebook):
                return True
            if isinstance(leaf, InSector) and self._known.near(leaf.codes):
                return True
            if isinstance(leaf, OneOf):
                shared = (self._known.breadth(leaf.fact, value) for value in leaf.values)
                if any(one is not None and one <= MOST for one in shared):
                    return True
        return False

    def _could_be(self, leaf: Condition) -> bool:
        if isinstance(leaf, Does):
            return does_such(leaf.activities, self.rows.facts, self.rows.rulebook)
        if isinstance(leaf, InSector):  # what it does is in its sector, unless the two are related
            return self._known.near(leaf.codes)
        return not isinstance(leaf, Leaf) or not (self._known.doubts(leaf) or self._is_of_others(leaf))

    @cached_property
    def _known(self) -> Plausibility:
        return Plausibility(self.rows.facts, self.rows.rulebook)

    @cached_property
    def _near(self) -> frozenset[MeasureKey]:
        """The measures that a plausible change would open which is of its own line of business; another place is of
        no line.
        """
        facts, book = self.rows.facts, self.rows.rulebook
        return frozenset(
            key
            for key, change in self._changes.items()
            if is_plausible(change, self._known)
            and is_of_its_kind(change, facts, book)
            and any(edit.fact == "activities" for edit in change.edits)
        )

    def without_verdict(self, found: Sequence[Finding]) -> list[tuple[Text, list[Finding]]]:
        """Measures that nobody can apply for, by whether they reach the place, and whom to ask where they do."""
        groups: dict[Text, list[Finding]] = {}
        for one in found:
            groups.setdefault(self._at_the_place(one), []).append(one)
        return list(groups.items())

    def _at_the_place(self, finding: Finding) -> Text:
        bucket, place = w.MEANINGS[finding.bucket], FindingText(finding).place
        if not place:
            return bucket
        told = self.rows.beside(finding)(joined([one.message for one in place]))
        if finding.bucket != "authorities_only":
            return say("standing_at", standing=bucket, place=told)
        if finding.scope_verdict is not Verdict.ELIGIBLE:
            return say("duty_at", place=told)
        whom = contacts(self.rows.rulebook, finding.measure)
        return say("duty_here", place=told, who=joined(whom)) if whom else told

    def _groups(self, found: Sequence[Finding]) -> list[tuple[Text, list[Finding]]]:
        groups: dict[Text, list[Finding]] = {}
        for one in found:
            groups.setdefault(self._exact(one), []).append(one)
        return list(groups.items())

    def reasons(self, finding: Finding) -> tuple[ReasonText, ...]:
        """The reasons that the change which the paper names would remove; without a change, the first."""
        told = FindingText(finding)
        return told.told(self._chosen(finding)) or told.why[:1]

    def _chosen(self, finding: Finding) -> list[Reason]:
        """The reasons that the change removes, without those of another way than the one that it takes."""
        change = self._changes.get(finding.measure.key)
        chosen = self._removed(finding, change) if change is not None else []
        for one in reversed(chosen):
            rest = [each for each in chosen if each is not one]
            if one.kind == "fact" and rest and _suffice(finding, rest):
                chosen = rest
        return chosen

    @cached_property
    def _changes(self) -> Mapping[MeasureKey, Change]:
        found = {one.finding.measure.key: nearest_change(one, self._known) for one in self.prospects}
        return {key: change for key, change in found.items() if change is not None}

    def _removed(self, finding: Finding, change: Change) -> list[Reason]:
        """The reasons that no longer hold once the change is made."""
        book = self.rows.rulebook
        after, _ = derive(edited(finding.facts, change.edits, book).given, book)
        return [one for one in finding.why if verdict(one.condition, after, book) > one.verdict]

    def _exact(self, finding: Finding) -> Text:
        reasons = self.reasons(finding)
        if not reasons:
            return w.MEANINGS[finding.bucket]
        told = self.rows.beside(finding)(joined([one.message for one in reasons]))
        if all(one.kind == "scope" for one in reasons) and self._fails_besides(finding):
            return say("fails_besides", reason=told)
        return say("one_way", reason=told) if self._is_one_way(finding, [one.message for one in reasons]) else told

    def place_besides(self, finding: Finding) -> Text | None:
        """That its place is not met, of a measure whose conditions on the entity are not met either: as a reason that
        several share. None of any other.
        """
        scope = [one.message for one in self.reasons(finding) if one.kind == "scope"]
        if not scope or not self._fails_besides(finding):
            return None
        return say("fails_besides", reason=self.rows.beside(finding)(joined(scope)))

    def _fails_besides(self, finding: Finding) -> bool:
        """Whether a measure whose place is not met has conditions on the entity that are not met either."""
        return bool(finding.limbs) and all(one.verdict is Verdict.INELIGIBLE for one in finding.limbs)

    def asked(self, finding: Finding, *, here: bool = True, brief: bool = False) -> Text:
        """What a measure asks for and does not find: the requirement alone, as what is given stands among the facts.

        Without `here` the entity's own place is not named either: what stands beside it tells that. In `brief` one of
        several ways is only said to be one: what stands before tells that none of the others is met.
        """
        key = "one_way_brief" if brief else "one_way_short"
        parts = self._parts(finding, key)
        if parts:
            return self.rows.beside(finding)(joined([told for told, _ in parts]))
        told = [
            self._without_leaf(finding, one, here=here) if leaf is None else self.rows.renderer.must(leaf)
            for one, leaf in self._leaves(finding)
        ]
        return self._as_one_way(finding, joined(told), key)

    def framed(self, finding: Finding) -> tuple[Text, Text | None]:
        """The same in brief, as what several may share, and beside it what differs from one to another: the activities
        or the like that the first requirement lists, for which the shared sentence has a placeholder. None if there
        is no such list.
        """
        if self._parts(finding):
            return self.asked(finding, here=False, brief=True), None
        renderer, listed, told = self.rows.renderer, None, list[Text]()
        for one, leaf in self._leaves(finding):
            slots = renderer.asked(leaf) if leaf is not None else {}
            name = next((key for key in ("activities", "values") if key in slots), None)
            if leaf is None:
                told.append(self._without_leaf(finding, one, here=False))
            elif listed is None and name is not None and renderer.kind(leaf) in _LISTS:
                listed = self.rows.beside(finding)(s.say(_AS_IT_IS, told=slots[name]))
                told.append(s.say(s.MUST[renderer.kind(leaf)], **slots | {name: LISTED}))
            else:
                told.append(renderer.must(leaf))
        return self._as_one_way(finding, joined(told), "one_way_brief"), listed

    def _leaves(self, finding: Finding) -> Iterator[tuple[ReasonText, Condition | None]]:
        """The reasons that are told, each with the leaf whose requirement says it; None where the reason has its own
        words.
        """
        chosen = {one.condition for one in self._chosen(finding) or finding.why}
        for one in self.reasons(finding):
            leaf = next((each for each in chosen if ground_of(each) == one.ground), None)
            plain = one.kind == "fact" and one.ground.message is None
            yield one, _named_first(finding, leaf) if plain and leaf is not None else None

    def _without_leaf(self, finding: Finding, reason: ReasonText, *, here: bool) -> Text:
        if reason.kind == "scope" and not here:
            return self.rows.rulebook.scopes[finding.measure.scope_rule].outside
        return reason.message

    def _as_one_way(self, finding: Finding, told: Text, key: str) -> Text:
        text = self.rows.beside(finding)(told)
        messages = [one.message for one in self.reasons(finding)]
        return say(key, reason=text) if self._is_one_way(finding, messages) else text

    def _parts(self, finding: Finding, one_way: str = "one_way_short") -> list[tuple[Text, tuple[Ground, ...]]]:
        """What each part asks for that could be this entity's, by its title, and on what that rests; nothing for a row
        of one part, or if none could be.
        """
        if len(finding.measure.usable) < 2 or finding.scope_verdict is Verdict.INELIGIBLE:
            return []
        chosen, told = self._chosen(finding), list[tuple[Text, tuple[Ground, ...]]]()
        near = {one.condition for one in chosen}
        for one in finding.limbs:
            failing = [each.condition for each in one.trace.deciding() if each.verdict is Verdict.INELIGIBLE]
            whole = bare(one.limb.when)
            must = [leaf for leaf in failing if _asks(whole, bare(leaf))]
            ways = sorted((leaf for leaf in failing if leaf not in must), key=lambda leaf: leaf not in near)
            asked = [leaf for leaf in (*must, *ways[:1]) if isinstance(leaf, Leaf)]
            named = self._names_its_place(one.limb)
            if not asked or (not named and any(self._known.doubts(leaf) or self._is_of_others(leaf) for leaf in asked)):
                continue
            text = joined([self.rows.renderer.must(leaf) for leaf in asked])
            text = say(one_way, reason=text) if len(ways) > 1 else text
            told.append((s.say(_PART, title=one.limb.title, asked=text), tuple(map(ground_of, asked))))
        return told

    def _names_its_place(self, limb: Limb) -> bool:
        """Whether a part of a row names a zone that the entity lies in."""
        facts, book = self.rows.facts, self.rows.rulebook
        zones = (leaf for leaf in leaves(limb.when) if isinstance(leaf, Within))
        return any(leaf_verdict(leaf, facts, book) is Verdict.ELIGIBLE for leaf in zones)

    def _is_of_others(self, leaf: Leaf) -> bool:
        """Whether a leaf asks for another kind of entity: what it is in general has one value, which it keeps."""
        declaration = self.rows.rulebook.facts.get(leaf.fact) if isinstance(leaf, OneOf) else None
        return declaration is not None and declaration.type == "choice" and declaration.movable == "fixed"

    def _is_one_way(self, finding: Finding, messages: Sequence[Text]) -> bool:
        """Whether a reason told is of one way among several, each of which opens the measure."""
        told = FindingText(finding)
        own = [
            bare(one.condition)
            for one in finding.why
            if one.kind == "fact" and any(each.message in messages for each in told.told([one]))
        ]
        ways = [bare(limb.when) for limb in finding.measure.usable]
        return any(not all(_asks(way, leaf) for way in ways) for leaf in own)


def _suffice(finding: Finding, some: Sequence[Reason]) -> bool:
    """Whether a part of a measure is met by what some of its reasons ask for, the others staying as they are."""
    asked, met = [bare(one.condition) for one in finding.why], [bare(one.condition) for one in some]

    def holds(condition: Condition) -> bool:
        match condition:
            case All(parts):
                return all(map(holds, parts))
            case Any_(parts):  # a branch that no reason is about is not met: it would have opened the measure
                return any(holds(part) for part in parts if any(_reads(part, one) for one in asked))
            case _:
                return condition not in asked or any(_follows(condition, one) for one in met)

    limbs = [bare(limb.when) for limb in finding.measure.usable]
    return any(holds(limb) for limb in limbs if any(_reads(limb, one) for one in asked))


def _reads(condition: Condition, leaf: Condition) -> bool:
    """Whether a leaf stands somewhere in a condition; both without their grounds."""
    if isinstance(condition, (All, Any_)):
        return any(_reads(part, leaf) for part in condition.parts)
    return condition == leaf


def _follows(leaf: Condition, met: Condition) -> bool:
    """Whether a leaf is met wherever another is: one of more activities where one of fewer is."""
    if isinstance(leaf, Does) and isinstance(met, Does):
        return set(met.activities) <= set(leaf.activities)
    return leaf == met


def _named_first(finding: Finding, leaf: Condition) -> Condition:
    """A leaf, or of one that counts only with an authority's finding the one beside it that counts without: what the
    text names before its “and the like”.
    """
    for limb in finding.measure.usable:
        for choice in _choices(limb.when):
            wider = [one.parts for one in choice.parts if isinstance(one, All) and leaf in one.parts]
            if any(isinstance(part, Judgement) for parts in wider for part in parts):
                return next((one for one in choice.parts if type(one) is type(leaf) and isinstance(one, Leaf)), leaf)
    return leaf


def _choices(condition: Condition) -> Iterator[Any_]:
    if isinstance(condition, Any_):
        yield condition
    if isinstance(condition, (All, Any_)):
        for part in condition.parts:
            yield from _choices(part)


def _asks(condition: Condition, leaf: Condition) -> bool:
    """Whether a condition cannot be met without the leaf; both without their grounds."""
    match condition:
        case All(parts):
            return any(_asks(part, leaf) for part in parts)
        case Any_(parts):
            return bool(parts) and all(_asks(part, leaf) for part in parts)
        case _:
            return condition == leaf
