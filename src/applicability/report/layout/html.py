"""HTML pages from the templates in `report/templates`: what is put into one is made printable and escaped."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from applicability.report.layout.wrap import printable


def page(template: str, **slots: object) -> str:
    """The template of that name (`templates/NAME.html.j2`), filled in and ending in a newline."""
    return _environment().get_template(f"{template}.html.j2").render(slots)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("applicability.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _printable(value: object) -> object:
    """Text without characters that hide or turn it. Markup of our own macros stays as it is."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value
