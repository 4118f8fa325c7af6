"""Whom to ask in a paper: who makes a finding, whom the words name, and whom we infer where they name nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.model.assessment import Finding
from applicability.model.authorities import Authorities, Contact, NotGranted
from applicability.model.conditions import Judgement
from applicability.model.evaluate import stands_in
from applicability.model.facts import Facts
from applicability.model.measure import Force, Measure
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Block, Paragraph, Quote
from applicability.report.papers.parts import Item, RowParts
from applicability.report.papers.texts import joined, say
from applicability.text import Text

_ASKED: tuple[Force, ...] = ("permit", "support", "explore")
_REMARK = lazy_pattern("（[^（）]*）$")  # what is said of an authority behind its name
_PART = Text(
    "{who}：只就第{number}部分“{title}”才须认定的事项，即{about}（按本报告的读法）",
    "{who}, only for a finding for part {number}, {title}: {about} (as this report reads it)",
)

# Whom to ask which licence other law asks for.
_SUPERVISOR = Text("本企业的监管部门（推断）", "the entity's supervisor (inferred)")
_LICENCE = Text("{who}：其他法律是否另要求许可或批准", "{who}: whether other law asks for a licence or an approval")
_LICENCE_BY = Text(
    "{who}：其他法律是否另要求许可或批准（原文没有指明，本报告依所填的持牌或监管身份推断）",
    "{who}: whether other law asks for a licence or an approval (the text designates nobody; our inference, by the "
    "licences given)",
)
_LICENCE_AS = Text(
    "{who}：其他法律（同{item}）",
    "{who}: other law, as told under {item}",
)
_BY_LICENCE = Text(
    "{who}：原文没有指明，本报告依所填的持牌或监管身份推断",
    "{who}: the text designates nobody; our inference, by the licences given",
)
_SUPERVISOR_NAMED = Text("{who}（本企业的监管部门，推断）", "{who} (the entity's supervisor, inferred)")
_SUPERVISED = Text("{who}；持牌主体先问明{supervisor}", "{who}; being licensed, ask {supervisor} first")
_ASK_SUPERVISOR = Text("先问明{supervisor}", "first ask {supervisor}")
_MATTER = Text("{about}及其他各问：{who}", "on {about}, and all else but other law: {who}")
_LICENCE_ALONE = Text(
    "只就其他法律是否另要求许可或批准：{who}", "on other law alone, whether it asks for a licence or an approval: {who}"
)


@dataclass(frozen=True)
class Whom:
    """Whom to ask about the measure of one finding."""

    rulebook: Rulebook
    finding: Finding

    def items(
        self, explained: dict[tuple[Text, Text | None], Text] | None = None, *, below: bool = False
    ) -> list[Item]:
        """Who makes a finding, then those that words name, or those inferred of the field; else whom to ask first, who
        may be asked of any row, as what stands before all rows tells.

        Who makes findings that are not this entity's comes after them, each with the part that asks for it. `explained`
        tells under which item an inference is explained already, and is added to. An instrument that stands `below` is
        not told twice.
        """
        authorities, measure = self.rulebook.authorities, self.finding.measure
        if authorities is None or authorities.document != measure.document:
            return []
        contacts = authorities.contacts(measure.row)
        named = {one.who for one in contacts if not one.inferred}
        found: list[Item] = [*self._finders("ask_find", self.outstanding, named, authorities)]
        told = {*named, *(one.authority for one in self.outstanding)}
        fields = [one for one in self._fields(contacts) if one.who not in told]
        for one in contacts:
            if not one.inferred and (not fields or self._reaches(one)):
                found += named_contact(self.rulebook, measure, one, below=below)
        supervised = [one for one in fields if self._is_of_supervisor(one.who)]
        if supervised and self._supervisor is not None:
            found.append(s.say(_BY_LICENCE, who=self._supervisor))
        found += [self._inferred(one, explained) for one in fields if one not in supervised]
        told |= {one.who for one in fields}
        noted = not fields and not self.outstanding and only_noted(self.rulebook, contacts)
        if noted or (authorities.otherwise in contacts and not found):
            found.append(say("ask_otherwise", who=in_both(authorities.otherwise.who)))
        licences = None if supervised else self.for_licences
        if licences is not None:
            found.append(self._licence_line(licences, explained))
        return [*found, *self._of_others(told)]

    def _licence_line(self, who: Text, explained: dict[tuple[Text, Text | None], Text] | None) -> Text:
        """Who says which licence other law asks for; of a supervisor, why, or under which item that is told already."""
        if self._supervisor is None:
            return s.say(_LICENCE, who=who)
        item = None if explained is None else explained.get((who, None))
        if item is not None:
            return s.say(_LICENCE_AS, who=who, item=item)
        if explained is not None:
            explained[who, None] = self.rulebook.documents[self.finding.measure.document].item(self.finding.measure.row)
        return s.say(_LICENCE_BY, who=who)

    def _inferred(self, one: Contact, explained: dict[tuple[Text, Text | None], Text] | None) -> Text:
        """An authority that is inferred, with why; or under which item that is told already."""
        measure, key = self.finding.measure, (one.who, one.why)
        if explained is not None and key in explained:
            return say("ask_inferred_as", who=in_both(one.who), item=explained[key])
        if explained is not None:
            explained[key] = self.rulebook.documents[measure.document].item(measure.row)
        return say("ask_inferred", who=in_both(one.who), why=one.why or "")

    def _of_others(self, told: set[Text]) -> Iterator[Text]:
        """Who makes the findings that this result does not wait for, and which part of the row asks for them."""
        parts = RowParts(self.rulebook, self.finding)
        for one in dict.fromkeys(self._aside):
            if one.authority in told:
                continue
            number = next((place for place, limb in enumerate(parts.limbs, 1) if one in limb.judgements), None)
            if number is not None:  # one that only another case needs is not for this reader
                title = parts.limbs[number - 1].title
                yield s.say(_PART, who=one.authority, about=one.about, number=str(number), title=title)

    def first(self, limbs: Collection[str] = (), *, both: bool = False) -> list[Text]:
        """With whom to begin for some parts, else for those that decide, each marked where it is a reading or inferred;
        why, stands with the measure. In `both` languages, in English with its Chinese name.
        """
        shown = in_both if both else _as_it_is
        authorities, measure = self.rulebook.authorities, self.finding.measure
        if authorities is None or authorities.document != measure.document:
            return []
        parts = limbs or [one.limb.id for one in self.finding.best_limbs]
        contacts = [one for one in authorities.contacts(measure.row) if not parts or one.is_for(parts)]
        otherwise = authorities.otherwise
        fields, noted = self._fields(contacts), only_noted(self.rulebook, contacts)
        named = [one.who for one in contacts if not one.inferred and not (noted and fields)]
        found = {who: shown(who) for who in named}
        for one in self.outstanding:
            if one.authority in authorities.unnamed:
                found.setdefault(otherwise.who, say("mark_inferred", who=shown(otherwise.who)))
            else:
                found.setdefault(one.authority, say("mark_read", who=shown(one.authority)))
        for each in fields:
            supervisor = self._supervisor if self._is_of_supervisor(each.who) else None
            found.setdefault(each.who, supervisor or say("mark_inferred", who=shown(each.who)))
        if not found or (len(found) == len(named) and noted):
            found[otherwise.who] = say("mark_inferred", who=shown(otherwise.who))
        return list(found.values())

    def _fields(self, contacts: Iterable[Contact]) -> list[Contact]:
        """Those that are inferred of its field."""
        authorities = self.rulebook.authorities
        every = (one for one in contacts if one.inferred)
        return [one for one in every if authorities is not None and one is not authorities.otherwise]

    def _reaches(self, one: Contact) -> bool:
        """Whether the instrument that names somebody reaches the entity's place, as far as that is known."""
        entry = next((each for each in self.rulebook.register if each.id == one.source.entry), None)
        if entry is None or not entry.places:
            return True
        return stands_in(entry.places, self.finding.facts, self.rulebook) is not Verdict.INELIGIBLE

    def apart(self) -> list[Text]:
        """Who is in charge of its matter, where other law is asked about apart."""
        first, licences = self.first(both=True), self.for_licences
        return [one for one in first if one != licences] or first

    def begin(self) -> list[Text]:
        """With whom to begin on all of a measure, in the table, the steps and the items alike: who is in charge of its
        matter, then, of a right, who says which licence other law asks for, and is asked that alone.
        """
        first, licences, authorities = self.first(both=True), self.for_licences, self.rulebook.authorities
        if licences is None or authorities is None or licences in first:
            return first
        known = self._matters(authorities)
        told = [s.say(_MATTER, about=known[who], who=who) if who in known else who for who in first]
        return [*told, s.say(_LICENCE_ALONE, who=licences)]

    @property
    def names_a_field(self) -> bool:
        """Whether an authority is inferred by its field, so that nothing tells of which level it is."""
        authorities, measure = self.rulebook.authorities, self.finding.measure
        if authorities is None or authorities.document != measure.document:
            return False
        return any(one.inferred and one is not authorities.otherwise for one in authorities.contacts(measure.row))

    @property
    def is_asked_about(self) -> bool:
        """Whether there is anything to ask before the measure is used: it is no mere study, and is granted."""
        force = self.finding.force
        return force in _ASKED and (force != "support" or self.not_granted is None)

    @property
    def for_licences(self) -> Text | None:
        """Who is asked, besides, which licence other law asks for: the supervisor of whoever is licensed, of a right
        whoever else is asked about any row; nobody of what is not granted or only studied, and of a formality that is
        wholly the matter of whoever is named for it.
        """
        authorities, measure = self.rulebook.authorities, self.finding.measure
        if authorities is None or authorities.document != measure.document or not self.is_asked_about:
            return None
        contacts = authorities.contacts(measure.row)
        if not all(one.inferred for one in contacts) and not only_noted(self.rulebook, contacts):
            settled = self.rulebook.silences is not None and self.rulebook.silences.of(measure.row).obtained
            if settled or self._supervisor is None:
                return None
        if self._supervisor is not None or self.finding.force != "permit":
            return self._supervisor
        known = self._matters(authorities)
        alone = all(who in known for who in self.first(both=True))
        return say("mark_inferred", who=in_both(authorities.otherwise.who)) if alone else None

    @staticmethod
    def _matters(authorities: Authorities) -> dict[Text, Text]:
        """What those are asked about who are asked about one matter alone, by their names as these are shown."""
        known = dict[Text, Text]()
        for who, matter in authorities.only_about.items():
            named = in_both(who)
            known |= dict.fromkeys((named, say("mark_inferred", who=named), say("mark_read", who=named)), matter)
        return known

    @property
    def _supervisor(self) -> Text | None:
        """Who supervises an entity that is licensed, by name where the rules say so; None of any other entity."""
        return supervisor_of(self.finding.facts, self.rulebook)

    def _is_of_supervisor(self, who: Text) -> bool:
        """Whether an authority is a name for many of which this entity's supervisor is the one in question."""
        authorities, held = self.rulebook.authorities, self.finding.facts.values
        every = authorities.supervisors if authorities is not None else ()
        return any(one.instead_of == who and one.is_of(held) for one in every)

    @property
    def is_of_supervisor(self) -> bool:
        """Whether the entity's own supervisor is inferred to be in charge of the measure."""
        authorities, measure = self.rulebook.authorities, self.finding.measure
        if authorities is None or authorities.document != measure.document:
            return False
        return any(one.inferred and self._is_of_supervisor(one.who) for one in authorities.contacts(measure.row))

    @property
    def not_granted(self) -> NotGranted | None:
        """What to do where nothing is granted by an authority, as the reading of the measure has it."""
        authorities, measure = self.rulebook.authorities, self.finding.measure
        known = authorities is not None and authorities.document == measure.document
        return authorities.ungranted(measure.row) if authorities is not None and known else None

    @property
    def _aside(self) -> tuple[Judgement, ...]:
        """Findings that this result does not wait for: of another part, or of another entity."""
        if self.finding.bucket == "eligible":
            return self.finding.judgements
        return RowParts(self.rulebook, self.finding).judgements

    @property
    def outstanding(self) -> tuple[Judgement, ...]:
        """The findings that this result waits for."""
        aside = self._aside
        return tuple(one for one in self.finding.judgements if one not in aside)

    def _finders(
        self, key: str, judged: Iterable[Judgement], told: set[Text], authorities: Authorities
    ) -> Iterator[Text]:
        """Each authority that a finding is left to, and for which; those `told` of stand elsewhere."""
        every = list(judged)
        for who in dict.fromkeys(one.authority for one in every if one.authority not in told):
            about = joined(list(dict.fromkeys(one.about for one in every if one.authority == who)))
            unnamed = key == "ask_find" and who in authorities.unnamed
            if unnamed:
                yield say("ask_find_unnamed", who=who, about=about, first=authorities.otherwise.who)
            else:
                yield say(key, who=in_both(who), about=about)


def supervisor_of(facts: Facts, rulebook: Rulebook) -> Text | None:
    """Who supervises an entity that is licensed, by name where the rules say so; None of any other entity."""
    held, authorities = facts.values, rulebook.authorities
    if not held.get("licences"):
        return None
    named = authorities.supervisors_of(held) if authorities is not None else []
    return s.say(_SUPERVISOR_NAMED, who=s.listed(list(map(in_both, named)), s.AND)) if named else _SUPERVISOR


def supervised(whose: Text, facts: Facts, rulebook: Rulebook) -> Text:
    """Who decides a change; whoever is licensed decides none without asking its supervisor."""
    supervisor = supervisor_of(facts, rulebook)
    return whose if supervisor is None else s.say(_SUPERVISED, who=whose, supervisor=supervisor)


def ask_supervisor(facts: Facts, rulebook: Rulebook) -> Text | None:
    """Whom a licensed entity asks about any change; None of any other."""
    supervisor = supervisor_of(facts, rulebook)
    return None if supervisor is None else s.say(_ASK_SUPERVISOR, supervisor=supervisor)


def _as_it_is(who: Text) -> Text:
    return who


def in_both(who: Text) -> Text:
    """An authority, in English with its Chinese name beside it: by that alone it can be looked for.

    >>> in_both(Text("海关（推断）", "Customs (our inference)")).en
    'Customs (our inference), 海关'
    """
    return Text(who.zh, f"{who.en}, {_REMARK.sub('', who.zh)}")


class FirstInBoth:
    """Shows an authority with its Chinese name where it is told of first, and by its English alone after that."""

    def __init__(self) -> None:
        self._told: set[Text] = set()

    def __call__(self, who: Text) -> Text:
        """The authority as it is to be shown."""
        first = who not in self._told
        self._told.add(who)
        return in_both(who) if first else who


def named_contact(rulebook: Rulebook, measure: Measure, one: Contact, *, below: bool = False) -> Iterator[Item]:
    """An authority that words of the row or an instrument on the register name, with these; an instrument that stands
    `below` by that alone.
    """
    if one.source.entry is not None and below:
        yield say("ask_entry_below", who=in_both(one.who), part=say("register"))
        return
    if one.source.entry is not None:
        entry = next(each for each in rulebook.register if each.id == one.source.entry)
        yield say("ask_entry", who=in_both(one.who), title=entry.title)
        return
    yield in_both(one.who)
    if one.source.text is not None:
        document = rulebook.documents[measure.document]
        where = say("row_where", number=document.cited, item=document.item(measure.row))
        yield Quote(one.source.text.zh, one.source.text.en, where)


def entries_naming(measure: Measure, rulebook: Rulebook) -> list[Entry]:
    """The instruments of the register that name whom to ask about a measure, or that this is inferred from; it is said
    to be so.
    """
    authorities = rulebook.authorities
    if authorities is None or authorities.document != measure.document:
        return []
    named = {one.source.entry for one in authorities.contacts(measure.row)}
    return [one for one in rulebook.register if one.id in named]


def only_noted(rulebook: Rulebook, contacts: Iterable[Contact]) -> bool:
    """Whether nobody is named but by instruments that are noted of a row and open nothing: who made one of these need
    not have this measure in hand.
    """
    noted = {one.id for one in rulebook.register if one.kind == "notes"}
    return all(one.source.entry in noted for one in contacts if not one.inferred)


def inferred(rulebook: Rulebook, findings: Iterable[Finding]) -> Iterator[Block]:
    """What the contact that is inferred for every row rests on, told once for all rows that fall to it."""
    authorities = rulebook.authorities
    if authorities is None:
        return
    other = authorities.otherwise
    rows = {one.measure.row for one in findings if one.measure.document == authorities.document}
    if not any(other in (own := authorities.contacts(row)) or only_noted(rulebook, own) for row in rows):
        return
    yield Paragraph(say("ask_why", who=other.who, why=other.why or ""), "soft")
    if other.source.text is not None:
        where = say(
            "body_where", number=rulebook.documents[authorities.document].cited, section=other.section or say("body")
        )
        yield Quote(other.source.text.zh, other.source.text.en, where)
