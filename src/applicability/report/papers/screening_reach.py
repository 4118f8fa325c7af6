"""A measure's terms in a screening's paper, line by line: where, who, what is found and of how many, and whom to ask,
without authorities whose own pilot reaches none of the companies.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.authorities import Authorities
from applicability.model.conditions import All, Any_, Condition, Judgement, Leaf, Limit, leaves
from applicability.model.frozen import FrozenDict
from applicability.model.leaf_kinds import PLACE, column_of, kind_of
from applicability.model.measure import INDIVIDUAL, Limb, Measure
from applicability.report.language import sentences as s
from applicability.report.language.silences import silent_on
from applicability.report.layout.paper import CellLines, Labelled
from applicability.report.papers.force import force_in_short
from applicability.report.papers.measure_terms import MeasureTerms, cases, own_parts
from applicability.report.papers.rows import limit_label
from applicability.report.papers.texts import joined, say
from applicability.report.screening.json import NamedPlaceModel
from applicability.text import Text

_CASES = 8  # ways to meet a condition that are told one by one
_NONE: Mapping[str, int] = FrozenDict()
_WORDS = {
    "force": Text("力度", "force"),
    "part": Text("第{number}部分“{title}”【{force}】", "part {number}, {title} [{force}]"),
    "duty_part": Text("第{number}部分“{title}”", "part {number}, {title}"),
    "duty": Text("主管部门的职责，企业无可申请", "a duty of authorities; no company can apply for it"),
    "where": Text("何处", "where"),
    "who": Text("何种企业、业务", "which companies and business"),
    "besides": Text("并且", "and also"),
    "anywhere": Text("没有其他条件", "nothing else"),
    "persons": Text("是对个人的", "for individuals"),
    "or": Text("；或", "; or "),
    "and": Text("，且", ", and "),
    "judged": Text("须经认定才可的：{told}", "if an authority finds so: {told}"),
    "both": Text("{plain}。{judged}", "{plain}. Or, {judged}"),
    "found_first": Text("须先认定：{told}", "an authority first has to find: {told}"),
    "else_found": Text(
        "{plain}。不在此列的，须先认定：{told}", "{plain}. Failing that, an authority has to find: {told}"
    ),
    "and_part": Text("；且", "; and "),
    "limits": Text("限制", "limits"),
    "no_limits": Text("原文没有写", "the text names none"),
    "found": Text("须认定的", "to be found"),
    "found_of": Text(
        "须认定的（{companies}家取决于此）", "to be found (for {companies} companies it depends on this)"
    ),
    "found_by": Text("{about}；由{who}认定", "{about}; by {who}"),
    "unnamed": Text("{who}（原文没有指明哪个部门）", "{who} (the text does not say which)"),
    "read": Text("{who}（推断：原文没有写由谁认定）", "{who} (inferred: the text does not say by whom)"),
    "finder": Text("{who}，就{about}", "{who}, for {about}"),
    "besides_part": Text("另有", "besides"),
    "for_zone": Text(
        "由主管部门或功能区自己据以办理、企业无可申请的部分：{title}【{force}】",
        "a part for the authorities or the zone to act on, for which no company can apply: {title} [{force}]",
    ),
    "noted": Text("另请留意（{date}）", "note besides ({date})"),
    "silent_on": Text("原文没有写的", "not said by the text"),
    "ask": Text("询问", "ask"),
    "inferred": Text("{who}（推断，{why}）", "{who} (inferred: {why})"),
    "by_finding": Text("依上列须认定的事项", "by what is to be found, above"),
    "also_finds": Text(
        "{why}；须认定的事项是否由其认定，则系本报告的读法，与此无关",
        "{why}; that it makes the finding too does not follow from this, and is this report's reading",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class TermsHere(MeasureTerms):
    """Writes measures for the companies of a register, of which it is known which places they name, and by the key of
    a finding how many of them depend on it.
    """

    named_places: tuple[NamedPlaceModel, ...] = ()
    needed: Mapping[str, int] = _NONE

    def terms(self, measure: Measure, usual: str) -> CellLines:
        """Its force, conditions, limits and findings, its scope where that is not the usual rule, whom to ask, and
        what the text does not say, each on a line.
        """
        return CellLines(tuple(self._lines(measure, usual)), paired=True)

    def _lines(self, measure: Measure, usual: str) -> Iterator[Text | Labelled]:
        limbs, own = measure.usable, own_parts(measure)
        shown = [limb for limb in measure.limbs if limb not in own]
        if len(shown) <= 1:
            yield Labelled(_WORDS["force"], force_in_short(measure, limbs))
        for number, limb in enumerate(measure.limbs, 1):
            if limb in own:
                continue  # told behind what is found
            if limb not in limbs:
                yield Labelled(s.say(_WORDS["duty_part"], number=str(number), title=limb.title), _WORDS["duty"])
                continue
            if len(shown) > 1:
                force = force_in_short(measure, [limb])
                yield Labelled(s.say(_WORDS["part"], number=str(number), title=limb.title, force=force))
            yield from self._conditions(limb)
        yield self._limits(measure)
        yield from self._scope(measure, usual)
        yield from self.beyond(measure)
        for one in measure.judgements:
            yield self._found(one, measure)
        for limb in own:
            told = s.say(_WORDS["for_zone"], title=limb.title, force=force_in_short(measure, [limb]))
            yield Labelled(_WORDS["besides_part"], told)
        for entry in self.notes(measure):
            yield Labelled(s.say(_WORDS["noted"], date=entry.date.isoformat()), entry.note or entry.title)
        asked = self.asked(measure)
        if asked:
            yield Labelled(_WORDS["ask"], joined([self._with_reason(one, measure) for one in asked]))
        silent = silent_on(self.rulebook, measure)
        if silent:
            yield Labelled(_WORDS["silent_on"], joined(silent))

    def _limits(self, measure: Measure) -> Labelled:
        limbs = measure.usable
        told = [limit_label(one) for limb in limbs for one in limb.limits]
        told += [
            span.note or Text(span.words, span.words)
            for span in (*measure.spans, *(span for limb in limbs for span in limb.spans))
            if span.kind == "limit"
        ]
        return Labelled(_WORDS["limits"], joined(list(dict.fromkeys(told))) if told else _WORDS["no_limits"])

    def _found(self, one: Judgement, measure: Measure) -> Labelled:
        """A finding, by whom, and how many companies depend on it."""
        authorities = self.rulebook.authorities
        who = one.authority
        if authorities is not None and who in authorities.unnamed:
            who = s.say(_WORDS["unnamed"], who=who)
        elif authorities is not None and not is_named(authorities, measure, one):
            who = s.say(_WORDS["read"], who=who)
        told = s.say(_WORDS["found_by"], about=one.about, who=who)
        if one.key not in self.needed:
            return Labelled(_WORDS["found"], told)
        return Labelled(s.say(_WORDS["found_of"], companies=f"{self.needed[one.key]:,}"), told)

    def _with_reason(self, who: Text, measure: Measure) -> Text:
        """An authority, with what it is inferred from where the rules say so."""
        authorities = self.rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return who
        found = [one.about for one in measure.judgements if who == say("mark_inferred", who=one.authority)]
        for one in authorities.contacts(measure.row):
            if one.inferred and one is not authorities.otherwise and who == say("mark_inferred", who=one.who):
                why = one.why or Text("", "")
                if found:  # which is another question than the one that it is inferred for
                    why = s.say(_WORDS["also_finds"], why=why)
                return s.say(_WORDS["inferred"], who=one.who, why=why)
        if found:  # and no contact of the row says why
            plain = next(one.authority for one in measure.judgements if one.about == found[0])
            return s.say(_WORDS["inferred"], who=plain, why=_WORDS["by_finding"])
        return who

    # The conditions ----------------------------------------------------------------------------------------------

    def _conditions(self, limb: Limb) -> Iterator[Text | Labelled]:
        """Where a part holds, and for whom: what must be met together is told together, alternatives apart."""
        if limb.addressee == (INDIVIDUAL,) and limb.id:
            yield _WORDS["persons"]
            return
        parts = limb.when.parts if isinstance(limb.when, All) else (limb.when,)
        asked = [self._of_companies(one) for one in parts if not isinstance(one, (Limit, Judgement))]
        for key in ("where", "who"):
            own = [one for one in asked if _is_of_place(one) == (key == "where")]
            own.sort(key=lambda one: isinstance(one, Any_))
            plain = [self._part(one) for one in own if not isinstance(one, Any_)]
            told = [*([_with(_WORDS["and_part"], plain)] if plain else []), *map(self._part, own[len(plain) :])]
            for number, one in enumerate(told):
                yield Labelled(_WORDS["besides" if number else key], one)
        if not asked:
            yield Labelled(_WORDS["who"], _WORDS["anywhere"])

    def _part(self, condition: Condition) -> Text:
        """A condition as the ways to meet it: those that are settled by facts, then those that take a finding."""
        ways = cases(condition) if isinstance(condition, (All, Any_)) else []
        if not 1 < len(ways) <= _CASES:
            return self._cut(condition)
        found = {False: [], True: []}  # type: dict[bool, list[Text]]
        alone: list[Text] = []
        for way in ways:
            judged = [one.about for one in way if isinstance(one, Judgement)]
            told = [self._clause(one) for one in way if not isinstance(one, (Judgement, Limit))]
            if told:
                found[bool(judged)].append(_with(_WORDS["and"], told))
            else:
                alone += judged
        told_so = _with(_WORDS["or"], found[False]) if found[False] else None
        if found[True]:
            judged_told = s.say(_WORDS["judged"], told=_with(_WORDS["or"], found[True]))
            told_so = judged_told if told_so is None else s.say(_WORDS["both"], plain=told_so, judged=judged_told)
        if told_so is None:
            return s.say(_WORDS["found_first"], told=joined(alone)) if alone else _WORDS["anywhere"]
        return s.say(_WORDS["else_found"], plain=told_so, told=joined(alone)) if alone else told_so

    # Whom to ask -------------------------------------------------------------------------------------------------

    def finders(self, measure: Measure, but: Collection[str]) -> list[Text]:
        """Who makes the findings of a measure that companies depend on, but for some; of several each with its own."""
        authorities = self.rulebook.authorities
        if authorities is None or authorities.document != measure.document:
            return []
        about: dict[Text, list[Text]] = {}
        for one in measure.judgements:
            if one.key not in but and self.needed.get(one.key, 1):
                who = authorities.otherwise.who if one.authority in authorities.unnamed else one.authority
                named = is_named(authorities, measure, one)
                about.setdefault(who if named else say("mark_inferred", who=who), []).append(one.about)
        return [s.say(_WORDS["finder"], who=who, about=joined(own)) for who, own in about.items()]

    def asked(self, measure: Measure) -> list[Text]:
        """Whom to ask, without those that only an instrument names which reaches no place that a company names."""
        first = self.begun_with(measure)
        entries = {one.id: one for one in self.rulebook.register}
        far = {
            one.who
            for one in self._named(measure)
            if one.source.entry is not None and not self.may_lie_in(entries[one.source.entry].places)
        }
        return [one for one in super().asked(measure) if one in first or one not in far]

    def may_lie_in(self, places: Collection[str]) -> bool:
        """Whether a company may lie in any of some places, of none in any; also where only the city around is named."""
        if not places or not self._codes:
            return True
        return any(self._around(code).intersection(places) for code in self._codes) or any(
            self._codes & self._around(place) for place in places
        )

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.named_places)

    def _around(self, code: str) -> set[str]:
        """A place with all divisions and zones that contain it."""
        gazetteer = self.rulebook.gazetteer
        if code in gazetteer.zones:
            found = set(gazetteer.around(code))
            divisions = [division for one in found for division in gazetteer.zones[one].divisions]
        else:
            found, divisions = set(), [code]
        for one in divisions:
            around: str | None = one
            while around is not None:
                found.add(around)
                around = gazetteer.parent(around)
        return found


def is_named(authorities: Authorities, measure: Measure, finding: Judgement) -> bool:
    """Whether words name whoever makes a finding."""
    named = [one.who for one in authorities.contacts(measure.row) if not one.inferred]
    return finding.authority in named


def _is_of_place(condition: Condition) -> bool:
    """Whether a condition is met by where a company lies, if need be once that is found to count."""
    return all(isinstance(one, Judgement) or _reads_place(one) for one in leaves(condition))


def _reads_place(leaf: Leaf) -> bool:
    return kind_of(leaf).nature == "comparison" and column_of(leaf) == PLACE


def _with(between: Text, told: Collection[Text]) -> Text:
    """Texts with the same words between them."""
    return Text(between.zh.join(one.zh for one in told), between.en.join(one.en for one in told))
