"""The page that compares a profile in several places, with and without script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from applicability.model.assessment import Bucket
from applicability.report.comparison.json import AlternativeModel, ComparisonModel, RankModel, RowModel
from applicability.report.contract import AlikeRowsModel
from applicability.report.language import labels as w
from applicability.service.choices import ComparisonFormat
from applicability.text import Lang
from applicability.web.answering import Answering, SharedAnswering, UnreadableProfile, info_of, of_profile, sent_profile
from applicability.web.downloads import download_comparison
from applicability.web.forms import FormProfile
from applicability.web.page import PageLang, sent_form
from applicability.web.plain_words import said_of_places, to_whoever_filled_it_in
from applicability.web.problems import details
from applicability.web.rendering import page
from applicability.web.texts import TEXTS

router = APIRouter(include_in_schema=False)
# What of a profile says where it is.
_PLACE = ("city", "district", "zones")
_OPEN = frozenset(("eligible", "conditional"))


@router.get("/{lang}/compare")
async def compare_page(shared: SharedAnswering, lang: PageLang) -> Response:
    """The form of a comparison."""
    return _compare_page(shared, lang, FormProfile({}))


@router.post("/{lang}/compare")
async def compared_page(request: Request, shared: SharedAnswering, lang: PageLang) -> Response:
    """The page that compares a profile in the places that were named, or in every pilot."""
    return await _answered(request, shared, lang, await sent_form(request, shared))


@router.post("/{lang}/compare/report")
async def comparison_file(
    request: Request, shared: SharedAnswering, lang: PageLang, format: Annotated[ComparisonFormat, Query()] = "html"
) -> Response:
    """The comparison of a form as a file to keep; of one with a mistake, the page that tells it."""
    form = await sent_form(request, shared)
    if form.doubt is not None:
        return await _answered(request, shared, lang, form)
    profile, service = sent_profile(form.facts), shared.service

    def work() -> Response:
        return download_comparison(
            service.compared(service.across(profile, "city", form.places, own=True)), format, lang
        )

    try:
        return await shared.run(of_profile(profile, work))
    except UnreadableProfile as error:
        return _refused(request, shared, lang, form, error)


async def _answered(request: Request, shared: Answering, lang: Lang, form: FormProfile) -> Response:
    profile, service = sent_profile(form.facts), shared.service
    try:
        found = await shared.run(
            of_profile(profile, lambda: service.compare(service.across(profile, "city", form.places, own=True)))
        )
    except UnreadableProfile as error:
        return _refused(request, shared, lang, form, error)
    names = [_label(one, lang) for one in found.alternatives]
    several = _shared(found, names, lang)
    base = "" if any(form.facts.get(one) for one in _PLACE) else names[0]
    # Rows that are open in no place, and unlikely ones, are folded away below the others.
    likely = [one for one in found.rows if one.differs and one.plausible]
    shown = [one for one in likely if not _OPEN.isdisjoint(one.buckets)] or likely
    said = said_of_places(service.rulebook, form.facts, lang)
    return _compare_page(
        shared, lang, form,
        same=TEXTS["same_everywhere"].of(lang).format(facts=TEXTS["listing"].of(lang).join(said)) if said else "",
        ranking=[
            (
                one.place, names[one.alternative], _open(found.alternatives[one.alternative], lang),
                _against_the_first(one, found, base, several, lang),
            )
            for one in found.ranking
        ],
        of_several=[
            TEXTS["of_places"].of(lang).format(places=TEXTS["listing"].of(lang).join(places), why=why)
            for why, places in several.items()
        ],
        compared=_compared(found, lang),
        labels=names,
        rows=_cells(shown, lang),
        shut=_cells([one for one in likely if one not in shown], lang),
        unlikely=_cells([one for one in found.rows if one.differs and not one.plausible], lang),
        covered=_covered(form, found, lang),
    )  # fmt: skip


def _refused(request: Request, shared: Answering, lang: Lang, form: FormProfile, error: UnreadableProfile) -> Response:
    """The form with what is wrong in it."""
    problems = details(422, error.error.problems, lang, info_of(request).id, error.profile).problems
    own = [one.model_copy(update={"field": "places"}) if one.field.startswith("across ") else one for one in problems]
    return _compare_page(shared, lang, form, problems=own, status=422)


def _cells(rows: Iterable[RowModel], lang: Lang) -> list[tuple[int, str, list[Bucket]]]:
    return [(one.measure, getattr(one.title, lang), one.buckets) for one in rows]


def _covered(form: FormProfile, found: ComparisonModel, lang: Lang) -> list[str]:
    """The places that zones cover as a whole, though none is said; `table` of the page's script says the same."""
    if form.facts.get("zones") != []:
        return []
    covered, listing = TEXTS["covered"].of(lang), TEXTS["listing"].of(lang)
    return [
        covered.format(place=_label(one, lang), zones=listing.join(getattr(zone, lang) for zone in one.covered_by))
        for one in found.alternatives
        if one.covered_by
    ]


def _open(one: AlternativeModel, lang: Lang) -> str:
    """How many measures are open now, and how many once an authority has made its finding."""
    now, judged = one.counts["eligible"], one.counts["conditional"]
    return TEXTS["open_and_judged"].of(lang).format(open=now, judged=judged) if judged else str(now)


def _against_the_first(
    rank: RankModel, found: ComparisonModel, base: str, shared: Mapping[str, list[str]], lang: Lang
) -> list[tuple[str, list[tuple[int, str]], str]]:
    """What a place gains and loses against the profile as it is, or `base`: words, rows, and why those lost are."""
    there = {one.measure: one.buckets[rank.alternative] for one in found.rows}
    titles = {one.measure: getattr(one.title, lang) for one in found.rows}
    parts: list[tuple[str, list[int], str]] = []
    for key, bucket in (("gains", "eligible"), ("gains_judged", "conditional")):
        own = [row for row in rank.gains if there[row] == bucket]
        if own:
            parts.append((key, own, ""))
    colon = TEXTS["colon"].of(lang)
    for one in rank.lost:
        why = _why(one, lang)
        why = TEXTS["told_above"].of(lang) if why in shared else why
        parts.append(("losses", one.rows, f"{w.BUCKETS[one.bucket].of(lang)}{colon}{why}"))
    if not parts and rank.alternative:
        parts.append(("alike", [], ""))
    return [
        (
            TEXTS[f"{key}_of" if base else key].of(lang).format(base=base),
            [(row, titles[row]) for row in rows],
            why,
        )
        for key, rows, why in parts
    ]


def _label(one: AlternativeModel, lang: Lang) -> str:
    """The name of a place; where the profile stands is its own."""
    was, own, colon = (TEXTS[each].of(lang) for each in ("own_was", "own_place", "colon"))
    return str(getattr(one.label, lang)).replace(f"{was}{colon}", f"{own}{colon}")


def _why(lost: AlikeRowsModel, lang: Lang) -> str:
    return TEXTS["sentence"].of(lang).join(to_whoever_filled_it_in(getattr(each, lang), lang) for each in lost.why)


def _shared(found: ComparisonModel, names: Sequence[str], lang: Lang) -> Mapping[str, list[str]]:
    """Reasons that several places share, with these: told once above the table."""
    places: dict[str, list[str]] = {}
    for one in found.ranking:
        for why in dict.fromkeys(_why(each, lang) for each in one.lost):
            places.setdefault(why, []).append(names[one.alternative])
    return {why: held for why, held in places.items() if len(held) > 1}


def _compared(found: ComparisonModel, lang: Lang) -> str:
    """How many places were compared, and how many measures differ for such an entity."""
    if len(found.alternatives) < 2:
        return ""
    differ = [one for one in found.rows if one.differs]
    likely = sum(one.plausible for one in differ)
    slots = {"count": len(found.alternatives), "differ": likely, "unlikely": len(differ) - likely}
    return TEXTS["compared" if slots["unlikely"] else "compared_likely"].of(lang).format(**slots)


def _compare_page(
    shared: Answering, lang: Lang, form: FormProfile, *, ranking: Any = (), labels: Any = (), rows: Any = (),
    shut: Any = (), unlikely: Any = (), covered: Any = (), problems: Any = (), status: int = 200, same: str = "",
    of_several: Any = (), compared: str = "",
) -> Response:  # fmt: skip
    typed = form.fields
    fields = [(name, TEXTS[word].of(lang), typed[name]) for name, word in (
        ("city", "city"), ("sector", "sector"), ("foreign_share", "share"))]  # fmt: skip
    return page(
        shared, "compare", lang, "compare", status,
        fields=fields, more=form.more, ranking=ranking, labels=labels, rows=rows, shut=shut, same=same,
        unlikely=unlikely, covered=covered, of_several=of_several, compared=compared,
        problems=problems, doubt=form.doubt, places=", ".join(form.places),
    )  # fmt: skip
