"""The names of the files that people take away: whose they are, the day and what they hold, safe on every system."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote

from applicability.days import today
from applicability.model.assessment import Assessment
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Lang, Text

_KINDS = {
    "report": Text("报告", "report"),
    "workbook": Text("工作簿", "workbook"),
    "data": Text("数据", "data"),
    "comparison": Text("地方比较", "comparison"),
    "screened": Text("筛查结果", "screened"),
}
_KIND_OF = {"xlsx": "workbook", "json": "data", "yaml": "data"}
# What no file's name may hold on some system, and what a shell, a header or a path reads as its own.
_RESERVED = re.compile(r"[\"'`<>:;/\\|?*%$!#^~={}\[\]]+")
# A full stop within a name: what follows would be taken for the file's extension.
_STOPS = re.compile(r"\.+")
_EDGES = " -_,，.、"
# Names of files end at 255 bytes on most systems: three of a Chinese character, with room for the day and the kind.
_PART_BYTES = 90
# What stands in a quoted string of a header, and is read by old programs, which know no `filename*`.
_ASCII = re.compile(r"[A-Za-z0-9 ,()_.+-]+")
# RFC 5987, `attr-char`, without what `quote` keeps by itself.
_KEPT = "!#$&+^`|"


def report_name(assessment: Assessment, ending: str, lang: Lang) -> str:
    """The name of a report: the company's name, else its place and sector; then the day and what it holds.

    A profile without either is called by the name of this program.
    """
    return named(_whose(assessment, lang), assessment.as_of, _KIND_OF.get(ending, "report"), ending, lang)


def comparison_name(first: Assessment, ending: str, lang: Lang) -> str:
    """The name of a comparison: that of the entity as it stands, the day and what it holds."""
    return named(_whose(first, lang), first.as_of, "comparison", ending, lang)


def screened_name(register: str, lang: Lang) -> str:
    """The name of the workbook of a register that its owner calls so."""
    return named([register.rpartition(".")[0] or register], today(), "screened", "xlsx", lang)


def named(whose: Iterable[str], day: datetime.date, kind: str, ending: str, lang: Lang) -> str:
    """A file's name of safe characters, of 255 bytes at most."""
    parts = [safe for part in whose if (safe := safe_part(part))] or ["applicability"]
    return f"{'-'.join([*parts, day.isoformat(), _KINDS[kind].of(lang)])}.{ending}"


def safe_part(text: str) -> str:
    r"""A part of a file's name without what a system, a shell or a header would read as its own.

    >>> safe_part('../../etc/passwd"\r\nX: 1'), safe_part("甲公司\u202e（中国）有限公司.exe")
    ('etc passwd X 1', '甲公司（中国）有限公司-exe')
    """
    # Of a very long name only the part that can be kept is processed.
    visible = "".join(" " if one.isspace() else one for one in unicodedata.normalize("NFC", text[:1000]))
    visible = "".join(one for one in visible if unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
    words = " ".join(_RESERVED.sub(" ", visible).split())
    words = _STOPS.sub(lambda found: "-" if words[found.end() : found.end() + 1].isalnum() else "", words)
    return words.encode()[:_PART_BYTES].decode(errors="ignore").strip(_EDGES)


def attachment(name: str) -> str:
    """The header `Content-Disposition` of a file to keep, by RFC 6266: a name of ASCII for old programs, and the whole.

    >>> print(attachment("Blue Sky-2026-11-29-report.pdf"))
    attachment; filename="Blue Sky-2026-11-29-report.pdf"
    >>> print(attachment("甲-2026-11-29-报告.pdf"))
    attachment; filename="applicability-2026-11-29.pdf"; filename*=UTF-8''%E7%94%B2-2026-11-29-%E6%8A%A5%E5%91%8A.pdf
    """
    if _ASCII.fullmatch(name):
        return f'attachment; filename="{name}"'
    day = re.search(r"\d{4}-\d{2}-\d{2}(?=-[^-]*$)", name)
    plain = "-".join(["applicability", *([day[0]] if day else [])])
    return f"attachment; filename=\"{plain}.{name.rpartition('.')[2]}\"; filename*=UTF-8''{quote(name, safe=_KEPT)}"


def _whose(assessment: Assessment, lang: Lang) -> list[str]:
    name = assessment.profile.facts.get("name")
    if name is not None and safe_part(str(name)):
        return [str(name)]
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    sectors = [
        words.value(fact, held)
        for fact, held in assessment.facts.given.values.items()
        if assessment.rulebook.facts[fact].type == "sector"
    ]
    return [one.of(lang) for one in (words.here, *sectors) if one is not None]
