"""The page: HTML that needs no script, which the script of the page then takes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Query, Request
from starlette.responses import RedirectResponse, Response

from applicability.days import day_text
from applicability.errors import Location, Problem
from applicability.model.facts import LISTS_IN_PART
from applicability.model.leaf_kinds import limit_key
from applicability.report.contract import UnaskedModel
from applicability.report.language import labels as w
from applicability.report.papers.readings import by_number
from applicability.service.choices import ReportFormat
from applicability.service.cited import text_in_english
from applicability.service.listing import limit_rows, measure_detail, measure_heads
from applicability.service.overview import NextQuestionModel, OverviewModel
from applicability.text import Lang, Text
from applicability.web import short_list
from applicability.web.answer_texts import PLAIN
from applicability.web.answering import Answering, SharedAnswering, UnreadableProfile, info_of, of_profile, sent_profile
from applicability.web.downloads import download
from applicability.web.forms import FIELDS, FormProfile, read_form
from applicability.web.plain_words import (
    OF_PEOPLE,
    contact_told,
    field_labels,
    said_of_places,
    spoken,
    spoken_help,
    to_whoever_filled_it_in,
)
from applicability.web.problems import RefusedRequest, details
from applicability.web.rendering import lead, notes_of_plan, page
from applicability.web.said_facts import of_people, said_facts
from applicability.web.texts import TEXTS, texts

router = APIRouter(include_in_schema=False)
PageLang = Literal["zh", "en"]
_OTHERS = ("needs_info", "unlikely", "pending", "ineligible", "authorities_only", "text_lost", "not_encoded")


@router.get("/")
async def start(request: Request) -> Response:
    """The page in the language of the browser."""
    lang = info_of(request).lang
    return RedirectResponse(f"/{lang}/", 303, {"vary": "accept-language"})


@router.get("/{lang}")
async def without_slash(lang: PageLang) -> Response:
    """A redirect for an address without its last slash."""
    return RedirectResponse(f"/{lang}/", 308)


@router.get("/{lang}/")
async def check_page(shared: SharedAnswering, lang: PageLang) -> Response:
    """The empty form."""
    return _check_page(shared, lang, FormProfile({}))


@router.post("/{lang}/")
async def answer_page(request: Request, shared: SharedAnswering, lang: PageLang) -> Response:
    """The form with its answer, for whoever has no script."""
    return await _answered(request, shared, lang, await sent_form(request, shared))


async def _answered(request: Request, shared: Answering, lang: Lang, form: FormProfile) -> Response:
    profile = sent_profile(form.facts)
    try:
        found = await shared.run(
            of_profile(
                profile, lambda: shared.service.overview(profile, unknown=_known(form, shared), first=form.first)
            )
        )
    except UnreadableProfile as error:
        return _refused(request, shared, lang, form, error)
    return _check_page(shared, lang, form, found)


def _refused(request: Request, shared: Answering, lang: Lang, form: FormProfile, error: UnreadableProfile) -> Response:
    """The form as it was sent, with what is wrong in it."""
    problems = details(422, error.error.problems, lang, info_of(request).id, error.profile).problems
    return _check_page(shared, lang, form, problems=problems, status=422)


async def sent_form(request: Request, shared: Answering) -> FormProfile:
    """What the form of a page says."""
    if "form" not in request.headers.get("content-type", ""):
        what = Text("请以表单发送", "send it as a form")
        raise RefusedRequest(415, Problem("H011", Location("content-type"), what))
    async with request.form(max_fields=500, max_files=0) as form:
        items = [(name, value) for name, value in form.multi_items() if isinstance(value, str)]
    return read_form(items, shared.service.rulebook)


def _known(form: FormProfile, shared: Answering) -> list[str]:
    """The answers "don't know" that name a fact or a limit."""
    book = shared.service.rulebook
    return [one for one in form.unknown if one in book.facts or limit_key(one) in book.limits]


def _check_page(
    shared: Answering, lang: Lang, form: FormProfile, found: OverviewModel | None = None, *,
    problems: Any = (), status: int = 200,
) -> Response:  # fmt: skip
    book = shared.service.rulebook
    titles = {one.key: one.title for one in book.measures}
    by_row = {one.row: one.title for one in book.measures}
    rows: dict[str, list[tuple[int, str]]] = {}
    # Within each verdict what is of the entity's own line of business comes first.
    for one in sorted(found.rows, key=lambda row: (not row.own_line, row.unlikely)) if found is not None else ():
        rows.setdefault(short_list.tile_of(one), []).append((one.measure, titles[one.document, one.measure].of(lang)))
    return page(
        shared, "check", lang, "", status,
        lead=lead(shared, "lead", lang),
        form=form.fields,
        doubt=form.doubt,
        more=form.more,
        unknown=form.unknown,
        fact_lines=said_facts(form, book, lang) if found is not None else [],
        pilots=[book.gazetteer.name(one, lang) for one in book.pilots],
        problems=problems,
        basis=[TEXTS["document"].of(lang).format(title=one.title.of(lang), number=one.number)
               for one in book.documents.values()],
        day="" if found is None else TEXTS["as_of"].of(lang).format(day=day_text(_day(found)).of(lang)),
        answer=None if found is None else _answer(found, "planned" in form.facts, by_row, lang),
        unasked="" if found is None or found.unasked is None else _unasked(found.unasked, lang),
        passed_over=[
            (one.fact, getattr(one.question, lang), [(row, by_row[row].of(lang)) for row in one.rows])
            for one in (found.passed_over if found is not None else ())
        ],
        passed_rows=0 if found is None else len({row for one in found.passed_over for row in one.rows}),
        question=None if found is None or found.question is None else _question(found.question, form, shared, lang),
        counted="" if found is None else _counted(found, lang),
        limits=[] if found is None else _limits(found, form, shared, lang),
        others=[(bucket, rows[bucket]) for bucket in _OTHERS if bucket in rows],
        own_line=[
            (
                one.bucket, TEXTS["sentence"].of(lang).join(
                    to_whoever_filled_it_in(getattr(each, lang), lang) for each in one.why
                ),
                [(row, by_row[row].of(lang)) for row in one.rows],
                [(fact, field_labels(book, lang)[fact]) for fact in one.facts if fact in dict(form.more)],
            )
            for one in (found.own_line if found is not None else ())
        ],
        notes=[
            spoken(getattr(one.message, lang), field_labels(book, lang))
            for one in (found.notes if found is not None else ())
        ],
        kept=_kept(form, shared, lang) if found is not None else "",
        told=None if found is None else short_list.short_list(found, by_row, "planned" in form.facts, lang),
        zone=None if found is None or found.zone is None else (found.zone.code, getattr(found.zone.name, lang)),
    )  # fmt: skip


def _kept(form: FormProfile, shared: Answering, lang: Lang) -> str:
    """What was said of another city and is still counted."""
    city = str(form.facts.get("city", ""))
    said = said_of_places(shared.service.rulebook, form.facts, lang) if form.was and city and form.was != city else ()
    return TEXTS["kept_facts"].of(lang).format(city=city, facts=TEXTS["listing"].of(lang).join(said)) if said else ""


def _limits(found: OverviewModel, form: FormProfile, shared: Answering, lang: Lang) -> list[dict[str, Any]]:
    """The limits of what is open, and those that are not kept and have shut their row, to be taken back."""
    said: dict[str, bool] = form.facts.get("limits") or {}
    words = {True: "true", False: "false", None: ""}
    lines = [
        {
            "measure": one.measure, "key": limit.key, "quote": limit.quote,
            "quote_en": limit.words_en if lang == "en" else None, "label": limit.note and getattr(limit.note, lang),
            "value": words[said.get(limit.key or "")],
        }
        for one in found.open
        for limit in one.limits
    ]  # fmt: skip
    shown = {one["key"] for one in lines}
    titles = {one.row: one.title.of(lang) for one in shared.service.rulebook.measures}
    for one in limit_rows(shared.service.rulebook, shared.service.rulebook.measures):
        if said.get(one.key) is False and one.key not in shown:
            label = getattr(one.label, lang)
            lines.append(
                {
                    "measure": one.measure, "title": titles[one.measure], "key": one.key, "quote": one.quote,
                    "quote_en": one.quote_en if lang == "en" else None, "label": label, "value": "false",
                    "printed": short_list.limit_line(label, "not_kept", lang),
                }
            )  # fmt: skip
    return lines


def _day(found: OverviewModel) -> Any:
    from applicability.days import Today

    day = found.as_of
    return Today(day.year, day.month, day.day) if found.as_of_is_today else day


def _answer(found: OverviewModel, planned: bool, titles: Mapping[int, Text], lang: Lang) -> dict[str, Any]:
    tally = short_list.tally(found)
    left = tally["needs_info"]
    return {
        "tally": tally,
        "left": left,
        "settle": found.to_settle,
        "passed": left - found.to_settle,
        "ready": _ready(found, left - found.to_settle, titles, lang),
        "waits_unlikely": short_list.waiting(found, unlikely=True),
        "open": [
            (heading, [
                {
                    **short_list.called(one, lang), "verdict": one.verdict, "force": one.force,
                    "for_others": [line for part in one.for_others for line in short_list.for_others(part, lang)],
                    "judgements": [
                        f"{getattr(each.authority, lang)} – {getattr(each.about, lang)}" for each in one.judgements
                    ],
                }
                for one in rows
            ])
            for heading, rows in short_list.open_groups(found, planned, lang)
        ],
        "opened": [one.measure for one in found.open],
        "forces": list(dict.fromkeys(one.force for one in found.open if one.force)),
    }  # fmt: skip


def _ready(found: OverviewModel, passed: int, titles: Mapping[int, Text], lang: Lang) -> str:
    """That it can be printed, and what more answers would settle; `ready` of the page's script says the same."""
    questions = len(found.questions)
    asked = found.question
    waiting = {*asked.also_waiting, *(one.measure for one in asked.waiting)} if asked is not None else ()
    line = [one.measure for one in found.rows if one.own_line and short_list.tile_of(one) == "needs_info"]
    now = [one for one in line if one in waiting]
    own = now or line
    if questions and found.open and own:
        name = "ready_own" if now else "ready_line"
    else:
        name = "ready_all" if not questions else "ready" if found.open else "ready_nothing"
    name = f"{name}_last" if questions == 1 and f"{name}_last" in TEXTS else name
    slots = {"questions": questions, "rows": found.to_settle, "own": short_list.by_title(own, titles, lang)}
    told = TEXTS[name].of(lang).format(**slots)
    waits = sum(1 for one in found.passed_over if one.rows)
    over = TEXTS["ready_passed"].of(lang).format(count=waits, rows=passed)
    return f"{told} {over}" if passed else told


def _counted(found: OverviewModel, lang: Lang) -> str:
    """How many measures there are, with those that no tile counts; `tiles` of the page's script says the same."""
    counts = short_list.tally(found)
    rest = [f"{PLAIN[one].of(lang)} {counts[one]}" for one in _OTHERS[4:] if counts[one]]
    slots = {"count": sum(found.counts.values()), "rest": TEXTS["listing"].of(lang).join(rest)}
    return TEXTS["rest_counts"].of(lang).format(**slots)


def _unasked(unasked: UnaskedModel, lang: Lang) -> str:
    count = len(unasked.rows)
    slots = {"count": count, "who": getattr(unasked.implausible_for, lang)}
    return TEXTS["unasked_one" if count == 1 else "unasked"].of(lang).format(**slots)


def _question(asked: NextQuestionModel, form: FormProfile, shared: Answering, lang: Lang) -> dict[str, Any]:
    labels = field_labels(shared.service.rulebook, lang)
    kind = "checkbox" if asked.type in LISTS_IN_PART else "radio"
    likely = TEXTS["likely"].of(lang)
    first = "type_first" if not asked.options else "tick_first" if kind == "checkbox" else "choose_first"
    wanted = TEXTS[first].of(lang)
    return {
        "fact": asked.fact,
        "of_people": (for_people := asked.fact == OF_PEOPLE and of_people(form)),
        # A fact with a field in the form is asked there, not a second time.
        "above": labels[asked.fact] if asked.fact in FIELDS and not (asked.options and form.facts.get("zones")) else "",
        "question": getattr(asked.question, lang),
        "help": TEXTS["people_hint"].of(lang) if for_people else spoken_help(getattr(asked.help, lang)),
        "why": getattr(asked.why, lang),
        "label": getattr(asked.question, lang),
        "kind": kind,
        "options": [
            (one.value, getattr(one.label, lang) + (likely if one.value in asked.likely else ""))
            for one in asked.options
        ],
        "offered": [one.value for one in asked.options] if asked.not_offered else [],
        "wanted": wanted if form.unanswered == asked.fact else "",
    }


@router.post("/{lang}/report")
async def report_page(
    request: Request, shared: SharedAnswering, lang: PageLang, format: Annotated[ReportFormat, Query()] = "html"
) -> Response:
    """The report of a form as a file to keep; of one with a mistake or a doubtful share, the page that tells it."""
    form = await sent_form(request, shared)
    if form.doubt is not None:
        return await _answered(request, shared, lang, form)
    profile = sent_profile(form.facts)
    try:
        return await shared.run(of_profile(profile, lambda: download(shared.service.assess(profile), format, lang)))
    except UnreadableProfile as error:
        return _refused(request, shared, lang, form, error)


@router.get("/{lang}/measures")
async def list_page(shared: SharedAnswering, lang: PageLang, q: Annotated[str, Query(max_length=200)] = "") -> Response:
    """All measures, by chapter, or those that a search finds."""
    book = shared.service.rulebook
    found = measure_heads(book, q)
    english = {one.row: text_in_english(book, one) for one in book.measures} if lang == "en" else {}
    chapters: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        title = book.documents[one.document].chapters.get(one.chapter, Text("", "")).of(lang)
        own = {
            "row": one.measure,
            "title": getattr(one.title, lang),
            "text": one.text,
            "text_en": english.get(one.measure),
        }
        chapters.setdefault(f"{one.chapter}. {title}", []).append(own)
    return page(
        shared, "list", lang, "measures",
        lead=lead(shared, "list_lead", lang), q=q, chapters=list(chapters.items()),
        found=TEXTS["found" if found else "found_none"].of(lang).format(count=len(found)),
    )  # fmt: skip


@router.get("/{lang}/measures/{row}")
async def measure_page(shared: SharedAnswering, lang: PageLang, row: int) -> Response:
    """One measure, apart from any entity."""
    book = shared.service.rulebook
    measure = next((one for one in book.measures if one.row == row), None)
    if measure is None:
        what = Text(f"没有第{row}项", f"there is no item {row}")
        raise RefusedRequest(404, Problem("U001", Location("row"), what))
    m = await shared.run(lambda: measure_detail(book, measure))

    def pick(text: Any) -> str:
        return cast("str", getattr(text, lang))

    t: Any = texts(lang)
    rule = book.scopes.get(measure.scope_rule)
    captures = w.CAPTURES[m.scope_capture].of(lang)
    return page(
        shared, "measure", lang, f"measures/{row}",
        m=m,
        title=pick(m.title),
        chapter=pick(m.chapter_title),
        document=TEXTS["document"].of(lang).format(title=pick(m.document_title), number=m.document_number),
        scope=" · ".join(part for part in (pick(m.scope_note) if m.scope_note else "", captures) if part),
        limbs=[
            (
                f"{t['limb'].format(number=at)}{t['colon']}{pick(one.title)}" if one.id else "",
                one.condition_zh if lang == "zh" else one.condition_en,
                w.FORCES[one.force].of(lang), ("、" if lang == "zh" else ", ").join(pick(who) for who in one.addressee),
                pick(one.addressee_note) if one.addressee_note else "",
            )
            for at, one in enumerate(m.limbs, 1)
        ],
        parts=[
            (t["plan_notes"], [
                f"{TEXTS['plan_note'].of(lang).format(number=number)}{t['colon']}{words}"
                for number, words in notes_of_plan(book, lang)[measure.document].items()
                if rule is not None and f"注{number}" in rule.title.zh
            ]),
            (t["limits"], [f"{pick(one.note)} – “{one.words}”" if one.note else f"“{one.words}”" for one in m.limits]),
            (t["judged"], [f"{pick(one.authority)} – {pick(one.about)} – “{one.quote}”" for one in m.judgements]),
            (t["whom"], [contact_told(one, lang) for one in m.contacts]),
            (t["silent_on"], [pick(one) for one in m.silent_on]),
            (
                t["reading_narrower" if measure.narrower_reading else "reading"],
                [by_number(measure.interpretation).of(lang)] if measure.interpretation else [],
            ),
            (t["doubts"], [pick(one) for one in m.doubts]),
            (t["register_notes"], [
                TEXTS["step"].of(lang).format(date=one.date, title=pick(one.title), source=pick(one.source))
                for one in m.notes
            ]),
        ],
        cite=TEXTS["cite"].of(lang).format(number=m.document_number, row=m.measure),
    )  # fmt: skip


@router.get("/{lang}/map")
async def map_page(shared: SharedAnswering, lang: PageLang, show: Annotated[str, Query(max_length=4)] = "") -> Response:
    """Places by measures; worked out when it is asked for."""
    rows: list[tuple[int, str, list[str]]] = []
    places: list[str] = []
    if show:
        found = await shared.run(shared.service.reach_map)
        places = [getattr(one.name, lang) for one in found.places]
        rows = [(one.measure, getattr(one.title, lang), list(one.buckets)) for one in found.measures]
    return page(shared, "map", lang, "map", rows=rows, places=places)
