"""The page on which a register of companies is dropped, with and without script."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.responses import Response

from applicability.errors import ApplicabilityError, Location, Problem, ProfileError
from applicability.service.choices import ShareUnit
from applicability.text import Lang
from applicability.web.answering import Answering, SharedAnswering, info_of
from applicability.web.file_names import attachment
from applicability.web.page import PageLang
from applicability.web.problems import FieldProblemModel, details, status_of
from applicability.web.registers import XLSX, workbook_response
from applicability.web.rendering import MB, page
from applicability.web.texts import TEXTS

router = APIRouter(include_in_schema=False)


@router.get("/{lang}/register")
async def register_page(shared: SharedAnswering, lang: PageLang) -> Response:
    """The page on which a register of companies is dropped."""
    return _register_page(shared, lang)


def _register_page(
    shared: Answering, lang: Lang, problems: Iterable[FieldProblemModel] = (), status: int = 200
) -> Response:
    from applicability.bulk.sources.open import ENDINGS  # loaded for this page only

    lead = TEXTS["register_lead"].of(lang).format(size=shared.settings.register_size // MB)
    return page(shared, "register", lang, "register", status, lead=lead, endings=ENDINGS, problems=problems)


@router.get("/{lang}/register.xlsx")
async def register_form_file(shared: SharedAnswering, lang: PageLang) -> Response:
    """The empty register, as `applicability init register.xlsx` writes it."""
    from applicability.report.interview.register_form import register_form  # loaded for this file only

    data = await shared.run(lambda: register_form(shared.service.rulebook, lang))
    headers = {"content-disposition": attachment(TEXTS["register_form_name"].of(lang)), "cache-control": "no-cache"}
    return Response(data, headers=headers, media_type=XLSX)


@router.post("/{lang}/screen")
async def screen_page(request: Request, shared: SharedAnswering, lang: PageLang) -> Response:
    """A register of companies as a workbook, for whoever has no script."""
    try:
        async with request.form(max_files=1, max_fields=4, max_part_size=shared.settings.body) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise ProfileError([Problem("H016", Location("file"), TEXTS["register_no_file"])])
            said = form.get("shares")
            shares: ShareUnit | None = "percent" if said == "percent" else "fraction" if said == "fraction" else None
            return await workbook_response(shared, file.file, file.filename, lang, shares)
    except ApplicabilityError as error:
        problems = [_of_file(one) for one in details(422, error.problems, lang, info_of(request).id).problems]
        return _register_page(shared, lang, problems, status_of(error))


def _of_file(one: FieldProblemModel) -> FieldProblemModel:
    """A problem under the field of the file; a name that its owner gave it stands before the message."""
    if one.field in ("file", "columns"):
        return one
    return one.model_copy(update={"field": "file", "message": f"{one.field} – {one.message}"})
