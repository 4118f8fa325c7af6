"""What every page is made of: its template, the words of its language, and the data that its script reads."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles

from applicability.analysis.questions import ABOUT_PEOPLE
from applicability.model.facts import LISTS_IN_PART
from applicability.model.rulebook import Rulebook
from applicability.text import LANG_TAGS, Lang
from applicability.web.answering import Answering
from applicability.web.plain_words import (
    OF_PEOPLE,
    OF_PROFILE,
    field_labels,
    of_places,
    told_problems,
    words_of_activities,
)
from applicability.web.texts import TEXTS, texts

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

MB = 1_000_000


def mount_static(app: FastAPI) -> None:
    """Serve the page's style, script and pictures, which come with the package."""
    folder = str(resources.files("applicability.web") / "static")
    app.mount("/static", StaticFiles(directory=folder), name="static")


@cache
def _environment() -> Environment:
    from applicability.report.layout.html import templates  # loaded with the first page

    return templates("applicability.web")


def prepare() -> None:
    """Compile the templates ahead of the first page."""
    for name in _environment().list_templates(["j2"]):
        _environment().get_template(name)


def page(shared: Answering, name: str, lang: Lang, here: str, status: int = 200, **slots: Any) -> Response:
    """A page of that template; `here` is its address below the language."""
    other: Lang = "en" if lang == "zh" else "zh"
    book = shared.service.rulebook
    words = texts(lang)
    data = {
        "lang": lang, "texts": words, "labels": field_labels(book, lang), "size": shared.settings.register_size // MB,
        "of_places": of_places(book), "of_people": {"fact": OF_PEOPLE, "unless": ABOUT_PEOPLE[OF_PEOPLE]},
        "of_profile": OF_PROFILE[lang],
        "notes": notes_of_plan(book, lang),
        "lists": LISTS_IN_PART,
        "documents": {one.id: one.number for one in book.documents.values()},
    }  # fmt: skip
    if name == "check":
        data["words"] = words_of_activities(book)
    slots["problems"] = told_problems(slots.get("problems", ()), field_labels(book, lang), lang)
    html = (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(
            slots,
            t=words,
            lang=lang,
            tag=LANG_TAGS[lang],
            plan_notes=data["notes"],
            other=other,
            other_tag=LANG_TAGS[other],
            here=here,
            rulebook=TEXTS["rulebook"]
            .of(lang)
            .format(id=book.id, version=book.version, digest=shared.service.digest[:12]),
            data=_json(data),
        )
    )
    headers = {
        "content-language": LANG_TAGS[lang],
        "cache-control": "no-store",
        "rulebook-digest": shared.service.digest,
    }
    return HTMLResponse(html, status, headers)


def notes_of_plan(book: Rulebook, lang: Lang) -> dict[str, dict[str, str]]:
    """The notes of each document on where its rows apply, in English where they are translated."""
    found: dict[str, dict[str, str]] = {}
    for one in book.documents.values():
        translated = book.translation(one.id) if lang == "en" else None
        found[one.id] = {
            str(number): (translated.note(number) if translated is not None else None) or words
            for number, words in one.notes.items()
        }
    return found


def _json(value: object) -> Markup:
    """Data for the script as JSON, escaped so that no text in it can close the script element."""
    from markupsafe import Markup

    text = json.dumps(value, ensure_ascii=False)
    return Markup(re.sub("[<>&\u2028\u2029]", lambda found: f"\\u{ord(found[0]):04x}", text))


def lead(shared: Answering, name: str, lang: Lang) -> str:
    return TEXTS[name].of(lang).format(count=len(shared.service.rulebook.measures))
