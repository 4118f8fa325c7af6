"""Help and problems as a page says them: under the label of a field, without what is for files and commands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from applicability.model.registration import registrations
from applicability.model.rulebook import Rulebook
from applicability.service.cited import ContactModel
from applicability.text import Lang
from applicability.web.problems import FieldProblemModel
from applicability.web.texts import TEXTS

# The fields of the page, by the fact that each gives.
_FIELDS = {"city": "city", "zones": "zones", "sector": "sector", "foreign_share": "share", "name": "name",
           "planned": "planned", "columns": "columns", "file": "file", "places": "compare_places"}  # fmt: skip
# Asked of people only: for a company the question is passed over.
OF_PEOPLE = "person_kind"
# A message begins with the name that its fact has in a file.
_KEY = re.compile(r"^`[\w.\[\]]+`(：|: )")
_FOR_FILES = re.compile(r"\[\]|`|^(列出全部|List them all)|[a-z]+_[a-z]+")
# A fact or a value as it is written in a file; without its marks it is a word in quotation marks.
_MARKED = re.compile(r"`([^`]+)`")


def field_labels(rulebook: Rulebook, lang: Lang) -> dict[str, str]:
    """What a page calls each fact."""
    own = {name: TEXTS[word].of(lang) for name, word in _FIELDS.items()}
    return {name: one.label.of(lang) for name, one in rulebook.facts.items()} | own


def words_of_activities(rulebook: Rulebook) -> dict[str, str]:
    """The other words for each activity, and those that may mean it: what the choices of a question are searched by."""
    every = rulebook.sectors.activities.items()
    return {id: " ".join((*one.aliases, *one.instead_of)) for id, one in every if one.aliases or one.instead_of}


def of_places(rulebook: Rulebook) -> tuple[str, ...]:
    """The facts whose answer is of the place that is given, and may be another one elsewhere."""
    return tuple(one.settles for one in registrations(rulebook) if one.settles is not None)


def said_of_places(rulebook: Rulebook, facts: Mapping[str, Any], lang: Lang) -> tuple[str, ...]:
    """What a profile says of its place and keeps saying in another, as `saidOfPlaces` of the page's script."""
    labels, words = field_labels(rulebook, lang), {True: TEXTS["yes"].of(lang), False: TEXTS["no"].of(lang)}
    told = [
        f"{labels[name]}{TEXTS['colon'].of(lang)}{words[held]}"
        for name in of_places(rulebook)
        if (held := {"true": True, "false": False}.get(str(facts.get(name)).lower())) is not None
    ]
    return (*told, *([TEXTS["zones_none"].of(lang)] if facts.get("zones") == [] else []))


def told_problems(
    problems: Iterable[FieldProblemModel], labels: Mapping[str, str], lang: Lang
) -> tuple[dict[str, Any], ...]:
    """Each problem for a template; `problemList` of the page's script says the same."""
    return tuple(
        {
            "fact": fact_of(one.field),
            "field": labels.get(one.field) or labels.get(fact_of(one.field), one.field),
            "message": _ended(spoken(_KEY.sub("", one.message), labels), lang if one.hint else None),
            "hint": _ended(_begun(spoken(one.hint, labels)), lang if one.hint else None),
        }
        for one in problems
    )


def _begun(text: str) -> str:
    """A hint with a capital; a message may begin with the name of a file, which is left as it is."""
    return text[:1].upper() + text[1:]


def _ended(text: str, lang: Lang | None) -> str:
    """A message or hint as a sentence, so that the two do not run together; as it is without a language."""
    return text if lang is None or text.endswith(tuple(".。?？!！…")) else text + ("。" if lang == "zh" else ".")


# What reasons say of a profile, and what a page says to whoever has filled it in; the longer ones first.
OF_PROFILE: Mapping[Lang, tuple[tuple[str, str], ...]] = {
    "zh": (
        ("档案写明没有此项", "您没有勾选此项"),
        ("填报的业务活动中没有此项", "您没有勾选此项"),
        ("档案写明不在其内", "您填的不在其内"),
        ("档案所填功能区不足以判断", "所填功能区不足以判断"),
        ("档案所填不足以判断", "所填不足以判断"),
        ("档案未说明所在功能区", "您没有填所在功能区"),
        ("档案只填了一部分", "您只填了一部分"),
        ("档案未说明", "您没有填"),
        ("档案未填", "您没有填"),
        ("而档案正属此", "而您填的正属此"),
        ("填报为", "您填的是"),
    ),
    "en": (
        ("the activities listed in the profile do not", "you did not tick it"),
        ("the profile says that it does not", "you did not tick it"),
        ("the profile says that it is not", "you said that it is not"),
        ("the profile does not say enough to tell", "what you gave is not enough to tell"),
        ("the profile does not give", "you did not give"),
        ("the profile gives only some", "you gave only some"),
        ("the profile names no zones", "you named no zones"),
        ("the profile does not say", "you did not say"),
        ("and the profile says so", "and you said so"),
        ("the profile states", "you gave"),
    ),
}


def to_whoever_filled_it_in(text: str, lang: Lang) -> str:
    """A reason as a page says it; `reasonOf` of the page's script says the same.

    >>> to_whoever_filled_it_in("its sector must be in 62; the profile states 7291", "en")
    'its sector must be in 62; you gave 7291'
    """
    for said, told in OF_PROFILE[lang]:
        text = text.replace(said, told)
    return text


def fact_of(field: str) -> str:
    """The fact that a problem's field belongs to.

    >>> fact_of("zones[0]"), fact_of("investors[0].share")
    ('zones', 'investors')
    """
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def spoken(text: str, labels: Mapping[str, str]) -> str:
    """A message with facts by their label, and what was typed in quotation marks.

    >>> spoken("`registered_in` is not `苏州火星`", {"registered_in": "Place of registration"})
    '“Place of registration” is not “苏州火星”'
    """
    return _MARKED.sub(lambda found: f"“{labels.get(found[1], found[1])}”", text)


def spoken_help(text: str) -> str:
    """The help of a question without what is for files and the command line: on a page nobody writes a list.

    >>> spoken_help("For zones that are not in the table; write [] for none")
    'For zones that are not in the table'
    >>> spoken_help("填办理业务的地点，注册地不同的另填 registered_in；个人填停留的地点")
    '填办理业务的地点；个人填停留的地点'
    """
    parts = re.split("(?<=[；;])", text)
    kept = "".join(_said(part) for part in parts).rstrip("；;，, ")
    return kept


def _said(clause: str) -> str:
    """What of a clause is for people: all, what stands before its last comma, or nothing."""
    while _FOR_FILES.search(clause.strip()):
        end = clause.rstrip("；; ")
        cut = max(end.rfind("，"), end.rfind(", "))
        if cut < 0:
            return ""
        clause = end[:cut] + ("；" if "，" in end[cut : cut + 1] else "; ")
    return clause


def contact_told(one: ContactModel, lang: Lang) -> str:
    """Whom to ask about a measure, with the words that name them; `contact` of the page's script says the same."""
    who, quote = getattr(one.who, lang), f" – “{one.quote}”" if one.quote else ""
    if one.finds:
        return TEXTS["finder"].of(lang).format(who=who)
    if one.inferred:
        return TEXTS["inferred"].of(lang).format(who=who)
    if one.entry is not None:
        who = TEXTS["named_in"].of(lang).format(who=who, title=getattr(one.entry, lang))
    return f"{who}{quote}"
