"""The short list that is printed: what may be used, each in a line or two, what waits, and what was not answered.

`brief.js` says the same on the page with script.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from applicability.report.assessment.json import LimitModel
from applicability.report.contract import TextModel
from applicability.report.papers.readings import by_number
from applicability.service.cited import ContactModel
from applicability.service.open_measures import OpenMeasureModel, PartForOthersModel
from applicability.service.overview import OverviewModel, RowBucketModel
from applicability.text import Lang, Text
from applicability.web.answer_texts import PLAIN, PLAIN_FORCES
from applicability.web.plain_words import to_whoever_filled_it_in
from applicability.web.texts import TEXTS

_MOST, _NAMED = 8, 3  # questions that are listed, and measures that each names
_TITLED = 2  # measures of the own line of business that are named before the question


def tile_of(row: RowBucketModel) -> str:
    """The tile that counts a measure: of those that need information, the unlikely ones stand apart."""
    return "unlikely" if row.unlikely and row.bucket == "needs_info" else row.bucket


def tally(found: OverviewModel) -> dict[str, int]:
    """How many measures each tile counts."""
    tiles = [tile_of(one) for one in found.rows]
    return {name: tiles.count(name) for name in PLAIN}


def waiting(found: OverviewModel, *, unlikely: bool) -> list[int]:
    """The measures that wait for a step, and are likely to concern the entity, or not."""
    return [one.measure for one in found.rows if one.bucket == "pending" and one.unlikely is unlikely]


def limit_line(label: str, state: str, lang: Lang) -> str:
    """A limit as it is printed, with what was said of it."""
    return TEXTS["limit_print"].of(lang).format(limit=label, state=TEXTS[f"state_{state}"].of(lang))


def limit_printed(limit: LimitModel, lang: Lang) -> str:
    """A limit of an answer as it is printed."""
    state = limit.state if limit.state in ("kept", "not_kept") else "unsaid"
    return limit_line(_label(limit, lang), state, lang)


def _label(limit: LimitModel, lang: Lang) -> str:
    return _pick(limit.note, lang) if limit.note else limit.words


def for_others(part: PartForOthersModel, lang: Lang) -> Iterator[str]:
    """A part that is for others than the entity, and each thing that its use must keep."""
    yield TEXTS["part_for_others"].of(lang).format(part=_pick(part.title, lang))
    for one in part.limits:
        # Nobody can be asked to confirm it here: it is for others to keep.
        yield TEXTS["of_that_part"].of(lang).format(limit=_label(one, lang))


def short_list(found: OverviewModel, titles: Mapping[int, Text], planned: bool, lang: Lang) -> dict[str, Any]:
    """What the short list and the notes of an answer say."""
    named: set[str] = set()  # authorities that have been told of by their Chinese name
    groups = [
        (heading, [_open(one, named, lang) for one in rows]) for heading, rows in open_groups(found, planned, lang)
    ]
    return {
        "counted": _counted(found, lang),
        "open": groups,
        "any_inferred": any(each.inferred and not each.finds for one in found.open for each in one.contacts),
        "waits": [
            {"measure": row, "title": titles[row].of(lang), "narrower": False}
            for row in waiting(found, unlikely=False)
        ],
        "unanswered": _unanswered(found, titles, lang),
        "readings": [
            TEXTS["note_reading"].of(lang).format(
                row=one.measure, reading=by_number(Text(one.reading.zh, one.reading.en)).of(lang)
            )
            for one in found.open
            if one.reading is not None
        ],
        "provisions": [
            TEXTS["note_provision"].of(lang).format(
                title=_pick(one.title, lang), note=to_whoever_filled_it_in(_pick(one.note, lang), lang)
            )
            for one in found.provisions
        ],
    }  # fmt: skip


def open_groups(found: OverviewModel, planned: bool, lang: Lang) -> list[tuple[str, list[OpenMeasureModel]]]:
    """What is open, under a heading each: what is permitted before what is only encouraged or tried out."""
    suffix = "_planned" if planned else ""
    groups: list[tuple[str, list[OpenMeasureModel]]] = []
    if not any(one.verdict == "eligible" for one in found.open):
        groups.append((TEXTS[f"open{suffix}"].of(lang), []))
    for kind in ("permit", "seek"):
        for verdict, judged in (("eligible", ""), ("conditional", "_judged")):
            rows = [
                one for one in found.open if one.verdict == verdict and (one.force == "permit") is (kind == "permit")
            ]
            if rows:
                groups.append((TEXTS[f"open_{kind}{judged}{suffix}"].of(lang), rows))
    return groups


def called(one: OpenMeasureModel, lang: Lang) -> dict[str, Any]:
    """What an open measure is called: by its open parts, where a part of it could be taken for open and is not."""
    title, parts = _pick(one.title, lang), _listed(one.parts, lang)
    because = TEXTS["because"].of(lang).format(activities=_listed(one.because, lang)) if one.because else ""
    rest = TEXTS["rest_shut"].of(lang).format(title=title, parts=_listed(one.rest, lang)) if one.rest else ""
    force = one.force if one.force != "permit" else None  # the heading has told it
    told = [PLAIN_FORCES[force].of(lang) if force else "", "" if rest else parts]
    return {
        "measure": one.measure,
        "title": parts if rest else title,
        "lines": [line for line in (because, rest, *(_pick(each, lang) for each in one.instruments)) if line],
        "told": TEXTS["colon"].of(lang).join(filter(None, told)),
        "narrower": one.narrower,
        "quote": one.quote,
        "quote_en": one.quote_en if lang == "en" else None,
    }


def _listed(texts: list[TextModel], lang: Lang) -> str:
    return TEXTS["listing"].of(lang).join(_pick(one, lang) for one in texts)


def _open(one: OpenMeasureModel, named: set[str], lang: Lang) -> dict[str, Any]:
    return {**called(one, lang), "terms": [*_terms(one, named, lang)]}


def _terms(one: OpenMeasureModel, named: set[str], lang: Lang) -> Iterator[str]:
    """The limits of a measure, what an authority has to find, and whom to ask."""
    colon, listing = TEXTS["colon"].of(lang), TEXTS["listing"].of(lang)
    yield from (limit_printed(limit, lang) for limit in one.limits if limit.key)
    for part in one.for_others:
        yield from for_others(part, lang)
    for each in one.judgements:
        yield f"{TEXTS['judged'].of(lang)}{colon}{_pick(each.authority, lang)} – {_pick(each.about, lang)}"
    if one.contacts:
        yield f"{TEXTS['whom'].of(lang)}{colon}{listing.join(_whom(each, named, lang) for each in one.contacts)}"


def _whom(one: ContactModel, named: set[str], lang: Lang) -> str:
    """Whom to ask, as a list has room for it: a star stands for what is inferred."""
    name = "finder" if one.finds else "who_inferred" if one.inferred else None
    who = _pick(one.who, lang)
    if lang == "en" and one.who.zh not in named:  # by that name alone it can be looked for
        who = f"{who} ({one.who.zh})"
    named.add(one.who.zh)
    return who if name is None else TEXTS[name].of(lang).format(who=who)


def _counted(found: OverviewModel, lang: Lang) -> str:
    counts = tally(found)
    parts = []
    for name in PLAIN:
        details = _details(found, lang) if name == "eligible" else []
        if counts[name] and details:
            told = TEXTS["between_counts"].of(lang).join(details)
            parts.append(_say("counted_with", counts[name], lang, details=told))
        elif counts[name]:
            parts.append(_say(f"counted_{name}", counts[name], lang))
    return TEXTS["counted"].of(lang).format(count=len(found.rows), parts=TEXTS["listing"].of(lang).join(parts))


def _details(found: OverviewModel, lang: Lang) -> list[str]:
    """What is told of the number of measures that may be used: how many are no permit, and how many have limits."""
    seek = sum(1 for one in found.open if one.verdict == "eligible" and one.force != "permit")
    limits = [count for one in found.open if (count := sum(1 for each in one.limits if each.key))]
    details = [_say("counted_seek", seek, lang)] if seek else []
    if limits:
        details.append(TEXTS["counted_limits"].of(lang).format(measures=len(limits), limits=sum(limits)))
    return details


def _unanswered(found: OverviewModel, titles: Mapping[int, Text], lang: Lang) -> list[str]:
    asked = [(one.fact, one.question, one.rows) for one in found.questions]
    asked += [(one.fact, one.question, one.rows) for one in found.passed_over if one.rows]
    lines = [
        _say(
            "unanswered_rest" if fact in found.profile else "unanswered_rows",  # of a list, a part can be answered
            len(rows),
            lang,
            question=_pick(question, lang),
            rows=_rows(found, rows, titles, lang),
        )
        for fact, question, rows in asked[:_MOST]
    ]
    more = len(asked) - _MOST
    return [*lines, _say("unanswered_more", more, lang)] if more > 0 else lines


def _say(name: str, count: int, lang: Lang, **slots: object) -> str:
    """A line with its slots; of one thing it has words of its own where the language wants them."""
    text = TEXTS.get(f"{name}_one", TEXTS[name]) if count == 1 else TEXTS[name]
    return text.of(lang).format(count=count, **slots)


def _rows(found: OverviewModel, rows: list[int], titles: Mapping[int, Text], lang: Lang) -> str:
    """The first measures that wait, those of the own line of business before others, and how many more."""
    own = {one.measure for one in found.rows if one.own_line}
    first = sorted(rows, key=lambda row: (row not in own, row))[:_NAMED]
    named = (
        TEXTS["listing"].of(lang).join(f"{row} {titles[row].of(lang)}" if row in titles else str(row) for row in first)
    )
    more = len(rows) - _NAMED
    return TEXTS["and_more"].of(lang).format(rows=named, count=more) if more > 0 else named


def by_title(rows: Sequence[int], titles: Mapping[int, Text], lang: Lang) -> str:
    """The titles of the first of some measures, and how many more there are."""
    told = TEXTS["listing"].of(lang).join(titles[row].of(lang) for row in rows[:_TITLED] if row in titles)
    more = len(rows) - _TITLED
    return TEXTS["and_more"].of(lang).format(rows=told, count=more) if more > 0 else told


def _pick(text: TextModel, lang: Lang) -> str:
    return text.zh if lang == "zh" else text.en
