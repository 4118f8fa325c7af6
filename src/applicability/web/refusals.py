"""How a refusal is told: to a program as problem details, to a person in a browser as a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from starlette.responses import Response
from starlette.types import Scope

from applicability.errors import Problem
from applicability.model.profile import Profile
from applicability.text import Lang
from applicability.web.answering import Answering
from applicability.web.gate import RequestInfo
from applicability.web.problems import details, problem_response
from applicability.web.rendering import page
from applicability.web.texts import TEXTS

# Addresses for programs: a browser gets problem details there too.
_PROGRAMS = ("/v1", "/mcp", "/static/", "/health", "/ready", "/metrics", "/openapi.json")


class Refusals:
    """Tells refusals by what a request accepts."""

    def __init__(self, shared: Answering) -> None:
        self._shared = shared

    def __call__(
        self,
        scope: Scope,
        status: int,
        problems: Iterable[Problem],
        info: RequestInfo,
        headers: Mapping[str, str] | None = None,
        profile: Profile | None = None,
    ) -> Response:
        """The response that tells the problems."""
        path = str(scope["path"])
        lang: Lang = "zh" if path.startswith("/zh") else "en" if path.startswith("/en") else info.lang
        if path.startswith(_PROGRAMS) or not _accepts_pages(scope):
            return problem_response(status, problems, info.lang, info.id, headers, profile)
        told = details(status, problems, lang, info.id, profile)
        request = TEXTS["request_id"].of(lang).format(id=info.id)
        shown = page(
            self._shared,
            "refusal",
            lang,
            "",
            status,
            lost=True,
            heading=told.title,
            problems=told.problems,
            request=request,
        )
        for name, value in (headers or {}).items():
            shown.headers[name] = value
        shown.headers["vary"] = "accept, accept-language"
        return shown


def _accepts_pages(scope: Scope) -> bool:
    """Whether a request asks for HTML by name, as browsers do that open an address."""
    return any(name == b"accept" and b"text/html" in value.lower() for name, value in scope["headers"])
