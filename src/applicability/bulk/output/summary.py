"""The summary of a screening for people: companies per verdict, and the measures open to most companies."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from applicability.bulk.engine.pilot_tally import ELSEWHERE, UNKNOWN
from applicability.bulk.job import Job, Summary
from applicability.bulk.measure_key import key_of
from applicability.bulk.output.labels import WORDS, say
from applicability.bulk.register.columns.notes import TO_DO
from applicability.bulk.sources.headings import clean
from applicability.days import Today, day_text
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Bucket
from applicability.model.facts import FactDeclaration
from applicability.model.headings import plain
from applicability.model.measure import Measure
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Provision
from applicability.model.verdict import Verdict
from applicability.report.contract import contract_model, provision_models, rulebook_model, text_model
from applicability.report.language import labels as w
from applicability.report.language.provisions import provision_line
from applicability.report.layout.wrap import cut_to, printable, text_width, wrap
from applicability.report.screening.json import (
    CompanyModel,
    CountedProvisionModel,
    CountsModel,
    DerivedModel,
    FindingTallyModel,
    NamedPlaceModel,
    NoteKindModel,
    OpenCompanyModel,
    PlaceTallyModel,
    SummaryModel,
    TallyModel,
    WaitModel,
)
from applicability.text import Lang, Text

# Measures listed in a summary, and in its picture.
_SHOWN = 12
# Kinds of notes in it: all, unless the headings of a register give very many.
_KINDS = 40
# Facts that are named where they keep every measure from being open.
_MISSING = 3


@dataclass(frozen=True)
class Tally:
    """A measure, and how many companies have each verdict on it."""

    measure: Measure
    counts: Sequence[int]  # from ineligible to eligible

    def of(self, bucket: Bucket) -> int:
        """How many companies have this verdict."""
        return self.counts[Verdict(bucket)]

    @property
    def open(self) -> int:
        """How many companies can use it now, or once an authority agrees."""
        return self.counts[4] + self.counts[3]


def tallies(job: Job, summary: Summary) -> tuple[Tally, ...]:
    """Every measure that has verdicts, in order."""
    found = [(measure, summary.of(measure)) for measure in job.measures]
    return tuple(Tally(measure, counts) for measure, counts in found if counts)


@dataclass(frozen=True)
class NoteKind:
    """A kind of note: the column, the code of what was not read (empty: how it was read), how many there are and of how
    many companies, an example, and its hint, which of those without a code some have.
    """

    column: str
    code: str
    count: int
    companies: int
    example: str
    hint: str


def note_kinds(summary: Summary) -> tuple[NoteKind, ...]:
    """The kinds of notes, those with most notes first; what was not read before how it was read, and of the latter
    what asks for something before what is only to be checked.
    """
    found = [
        NoteKind(column, "" if code == TO_DO else code, int(count), int(companies), str(example), str(hint))
        for (code, column), (count, companies, example, hint) in (
            (key.split("\t", 1), held) for key, held in summary.kinds.items()
        )
    ]
    return tuple(sorted(found, key=lambda one: (not one.code, not one.hint, -one.count, one.column, one.code)))


@dataclass(frozen=True)
class DerivedCount:
    """A fact that a column which is not its own tells, and of how many companies."""

    fact: FactDeclaration
    column: str
    companies: int


def derived_counts(job: Job, summary: Summary) -> tuple[DerivedCount, ...]:
    """The facts that columns tell which are not their own, in the order of the rulebook."""
    facts = job.rulebook.facts
    found = [(key.split("\t", 1), count) for key, count in summary.derived.items()]
    order = [*facts]
    counts = [DerivedCount(facts[fact], column, count) for (fact, column), count in found if fact in facts]
    return tuple(sorted(counts, key=lambda one: (order.index(one.fact.name), -one.companies, one.column)))


def derived_line(job: Job, summary: Summary) -> str | None:
    """What columns tell beside their own fact, in one line; None where none does."""
    told = [
        say(
            _derived_by(one, job.lang), job.lang, fact=one.fact.label.of(job.lang), column=printable(clean(one.column)),
            companies=f"{one.companies:,}",
        )
        for one in derived_counts(job, summary)
    ]  # fmt: skip
    return say("derived", job.lang, told=("；" if job.lang == "zh" else "; ").join(told)) if told else None


def _derived_by(one: DerivedCount, lang: Lang) -> str:
    """The key of the sentence on a fact and the column that tells it: of several, one may have the fact's own name."""
    if clean(one.column) == one.fact.label.of(lang):
        return "derived_same"
    names = (one.fact.name, one.fact.label.zh, one.fact.label.en)
    return "derived_alike" if plain(one.column) in map(plain, names) else "derived_one"


def ignored_names(job: Job, summary: Summary) -> str:
    """The columns that were not read as facts, in one line; a key of JSON Lines may be an empty text."""
    return ", ".join(clean(one) or say("no_name", job.lang) for one in summary.ignored)


def top(job: Job, summary: Summary) -> tuple[Tally, ...]:
    """The measures open to some company, those open to most first."""
    found = [one for one in tallies(job, summary) if one.open]
    return tuple(sorted(found, key=lambda one: (-one.open, -one.counts[4], one.measure.key)))


def totals(job: Job, summary: Summary) -> dict[Bucket, int]:
    """How often each verdict was given, over all measures."""
    every = tallies(job, summary)
    return {bucket: sum(one.of(bucket) for one in every) for bucket in BUCKETS[:5]}


def text(job: Job, summary: Summary, source: str, files: Mapping[str, Path | str | None], width: int = 80) -> str:
    """The summary as lines of text. `files` are the paths of `results`, `rejects` and `notes`."""
    lang = job.lang
    lines = [
        say(
            "read", lang, source=printable(source), read=f"{summary.read:,}", companies=f"{summary.companies:,}",
            rejected=f"{summary.rejected:,}",
        ),
        say(
            "about", lang, id=job.rulebook.id, version=job.rulebook.version, digest=job.rulebook.digest[:12],
            day=day_text(job.day).of(lang),
        ),
    ]  # fmt: skip
    if summary.ignored:
        lines.append(say("ignored", lang, names=printable(ignored_names(job, summary))))
    if (derived := derived_line(job, summary)) is not None:
        lines.append(derived)
    lines += [say("notice", lang, text=printable(one.of(lang))) for one in summary.notices]
    every = totals(job, summary)
    measures = len(tallies(job, summary))
    lines += ["", say("verdicts", lang, companies=f"{summary.companies:,}", measures=measures)]
    whole = sum(every.values())
    for bucket, count in every.items():
        share = f"{100 * count / whole:5.1f}%" if whole else "    –"
        lines.append(f"  {count:>15,}  {share}  {w.BUCKETS[bucket].of(lang)}")
    lost = sum(one.lost for one in job.measures)
    bound = sum(one.binds_authorities_only for one in job.measures)
    if lost or bound:
        lines.append(say("apart", lang, bound=bound, lost=lost))
    lines += ["", *_top(job, summary, width), ""]
    for one, count in _provided(job, summary):
        line = provision_line(one, job.rulebook).of(lang)
        lines += [*wrap(say("provided", lang, count=f"{count:,}", line=line), width), ""]
    lines += _files(summary, lang, files, width)
    return "\n".join(lines).rstrip() + "\n"


def _top(job: Job, summary: Summary, width: int) -> list[str]:
    lang = job.lang
    found = top(job, summary)
    if not found:
        return wrap(_none_open(job, summary), width) if tallies(job, summary) else []
    heads = [w.BUCKETS[bucket].of(lang) for bucket in BUCKETS[:3]]
    wide = [max(text_width(head), 10) for head in heads]
    head = "  ".join(_right(one, size) for one, size in zip(heads, wide, strict=True))
    lines = [say("top", lang), f"  {_right(say('row', lang), 4)}  {head}  {say('measure', lang)}"]
    for one in found[:_SHOWN]:
        counts = "  ".join(f"{one.of(bucket):>{size},}" for bucket, size in zip(BUCKETS[:3], wide, strict=True))
        start = f"  {one.measure.row:>4}  {counts}  "
        lines.append(start + cut_to(one.measure.title.of(lang), max(width - text_width(start), 20)))
    if len(found) > _SHOWN:
        lines.append(f"  {say('more', lang, count=len(found) - _SHOWN)}")
    return lines


def _none_open(job: Job, summary: Summary) -> str:
    """That no measure is open, or, while some wait for facts, that none can be said to be, and what is missing most."""
    lang, waiting = job.lang, totals(job, summary)["needs_info"]
    if not waiting:
        return say("none_open", lang)
    none = say("none_open_yet", lang, count=f"{waiting:,}")
    missing = sorted(summary.asks.items(), key=lambda item: -item[1][0])[:_MISSING]
    if not missing:
        return none
    told = [
        say("fact_missing", lang, fact=job.rulebook.facts[fact].label.of(lang), companies=f"{companies:,}")
        for fact, (_, companies) in missing
    ]
    return say("none_open_asks", lang, none=none, facts=("、" if lang == "zh" else ", ").join(told))


def _provided(job: Job, summary: Summary) -> list[tuple[Provision, int]]:
    """The provisions of documents' bodies that apply to some company, and to how many."""
    every = job.rulebook.provisions
    return [(one, summary.provisions[one.id]) for one in every if summary.provisions.get(one.id)]


def _files(summary: Summary, lang: str, files: Mapping[str, Path | str | None], width: int) -> list[str]:
    lines = []
    if files.get("results"):
        lines.append(say("results", lang, path=files["results"]))
    elif "results" in files:
        lines.append(say("hint_output", lang))
    if summary.rejected:
        path = files.get("rejects")
        lines.append(say("rejects", lang, path=path) if path else say("rejects_untold", lang))
    if summary.notes:
        path = files.get("notes")
        told: dict[str, Any] = {
            "count": f"{summary.notes:,}",
            "companies": f"{summary.noted:,}",
            "unread": f"{summary.unread:,}",
        }
        lines.append(say("notes", lang, **told, path=path) if path else say("notes_untold", lang, **told))
        lines += _kind_lines(summary, lang, width)
    return lines


def _kind_lines(summary: Summary, lang: str, width: int) -> list[str]:
    """The notes by kind, those with most first, each with an example."""
    found = note_kinds(summary)
    heads = [say(one, lang) for one in ("note_count", "companies")]
    wide = [max(text_width(head), 9) for head in heads]
    head = "  ".join(_right(one, size) for one, size in zip(heads, wide, strict=True))
    lines = [f"  {head}  {say('noted_column', lang)}"]
    for one in found[:_KINDS]:
        label = "kind" if one.column else "kind_of_row"
        told = say(label, lang, column=printable(clean(one.column)), example=printable(one.example))
        counted = (f"{count:>{size},}" for count, size in zip((one.count, one.companies), wide, strict=True))
        lines.append(cut_to(f"  {'  '.join(counted)}  {told}", max(width, 40)))
    if len(found) > _KINDS:
        lines.append(f"  {say('kinds_more', lang, count=len(found) - _KINDS)}")
    return lines


def summary_json(job: Job, summary: Summary, source: str) -> SummaryModel:
    """The summary as JSON, following the contract."""
    return SummaryModel(
        contract=contract_model("screening"),
        source=source,
        rulebook=rulebook_model(job.rulebook),
        as_of=job.day,
        as_of_is_today=isinstance(job.day, Today),
        read=summary.read,
        companies=summary.companies,
        rejected=summary.rejected,
        notes=summary.notes,
        noted=summary.noted,
        unread=summary.unread,
        kinds_of_notes=[_kind_model(one) for one in note_kinds(summary)],
        ignored_columns=list(summary.ignored),
        notices=[text_model(one) for one in summary.notices],
        served=summary.served,
        served_by_scope=summary.served_by_scope,
        certain_by_scope=summary.certain_by_scope,
        served_by_any_reading=summary.served_by_any_reading,
        asks=[
            WaitModel(
                fact=fact,
                label=text_model(job.rulebook.facts[fact].label),
                question=text_model(job.rulebook.facts[fact].question),
                verdicts=verdicts,
                companies=companies,
            )
            for fact, (verdicts, companies) in sorted(summary.asks.items(), key=lambda item: -item[1][0])
        ],
        by_place=list(_by_place(job, summary)),
        named_places=_named_places(job.rulebook.gazetteer, summary),
        derived=[
            DerivedModel(
                fact=one.fact.name, label=text_model(one.fact.label), column=one.column, companies=one.companies
            )
            for one in derived_counts(job, summary)
        ],
        provisions=[
            CountedProvisionModel(**provision_models([one], job.rulebook)[0].to_dict(), companies=count)
            for one, count in _provided(job, summary)
        ],
        verdicts=CountsModel(**_counts(totals(job, summary))),
        measures=[
            TallyModel(
                document=one.measure.document,
                row=one.measure.row,
                title=text_model(one.measure.title),
                by_entries=summary.entries.get(key_of(one.measure)),
                only_steps=summary.only_steps.get(key_of(one.measure)),
                worth_asking=summary.worth_asking.get(key_of(one.measure)),
                findings=_findings(one.measure, summary),
                first=[
                    CompanyModel(line=cast(int, line), name=cast("str | None", name))
                    for line, name in summary.first.get(key_of(one.measure), ())
                ],
                **_counts({bucket: one.of(bucket) for bucket in BUCKETS[:5]}),
            )
            for one in tallies(job, summary)
        ],
        open_companies=[
            OpenCompanyModel(line=line, name=name, measures=measures) for line, name, measures in summary.opened
        ],
        without_verdicts=[key_of(one) for one in job.measures if not summary.of(one)],
    )


def _findings(measure: Measure, summary: Summary) -> list[FindingTallyModel]:
    """The findings that companies wait for on a measure, and how many cannot do without each."""
    keys = {one.key: f"{key_of(measure)}\t{one.key}" for one in measure.judgements}
    return [
        FindingTallyModel(key=key, companies=summary.findings[told])
        for key, told in keys.items()
        if told in summary.findings
    ]


def _kind_model(one: NoteKind) -> NoteKindModel:
    return NoteKindModel(
        column=one.column, code=one.code or None, count=one.count, companies=one.companies, example=one.example,
        hint=one.hint,
    )  # fmt: skip


def _by_place(job: Job, summary: Summary) -> Iterator[PlaceTallyModel]:
    """The companies by place: the groups of pilots as the rules have them, then elsewhere, then what is not known."""
    book = job.rulebook
    groups = {str(number): codes for number, codes in enumerate(book.pilot_groups)}
    for key in (*groups, ELSEWHERE, UNKNOWN):
        if key not in summary.places:
            continue
        companies, served = summary.places[key]
        codes = groups.get(key, ())
        zh, en = (map(functools.partial(book.gazetteer.name, lang=lang), codes) for lang in ("zh", "en"))
        label = Text("、".join(zh), ", ".join(en)) if codes else WORDS[f"place_{key}"]
        yield PlaceTallyModel(
            kind=cast(Any, key if key not in groups else "pilots"), codes=list(codes), label=text_model(label),
            companies=companies, served=served, served_by_scope=summary.places_by_scope.get(key),
        )  # fmt: skip


def _named_places(gazetteer: Gazetteer, summary: Summary) -> list[NamedPlaceModel]:
    """The cities, districts and zones that rows name, those with most companies first."""
    found = []
    for code, (companies, served, by_scope) in summary.named.items():
        zone = code in gazetteer.zones
        kind = "zone" if zone else "district" if gazetteer.level(code) == "county" else "city"
        name = gazetteer.name if zone else gazetteer.full_name
        found.append(
            NamedPlaceModel(
                kind=cast(Any, kind), code=code, label=text_model(Text(name(code), name(code, "en"))),
                companies=companies, served=served, served_by_scope=by_scope,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (-one.companies, one.code))


def _counts(found: Mapping[Bucket, int]) -> dict[str, int]:
    return {str(bucket): count for bucket, count in found.items()}


def _right(text: str, size: int) -> str:
    return " " * (size - text_width(text)) + text
