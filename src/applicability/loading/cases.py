"""Reads cases: profiles with the verdicts that a reader of the text expects, each named by a sentence.

    cases:
    - name: A leasing company elsewhere in Tianjin waits for Binhai
      profile: {city: 天津, district: 和平区}
      as_of: 2026-11-01
      scope: {pending: [93]}
      expect: {pending: [93], ineligible: ["1-3", 10]}
      missing: {93: [district]}

`expect` and `scope` list rows by verdict; `rest` in place of a list means every other row, so that a case can cover all
of them. Besides the five verdicts a row can be expected as `authorities`, `lost` or `not_encoded`. `provisions` lists
by id all provisions of the documents' bodies that apply to the whole answer.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from applicability.errors import Location, Problem, RulebookError
from applicability.loading.shape_reader import Shape, read_shape
from applicability.loading.shapes import EntryShape, RegisterShape
from applicability.loading.source import found_under, misnamed
from applicability.loading.step_register import read_entries
from applicability.loading.yaml.reader import Tree, YamlPath, parse, read_bytes
from applicability.messages import did_you_mean
from applicability.model.assessment import LimitState
from applicability.model.cases import Case, Expected
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

# Digits that no number of a row has.
_DIGITS = 9
RowList = list[int | str] | Literal["rest"]


class CaseShape(Shape):
    """One case."""

    name: Annotated[str, Field(min_length=8)]
    profile: dict[str, Any]
    as_of: datetime.date | None = None
    document: str | None = None
    register_: Annotated[list[EntryShape], Field(alias="register")] = []
    scope: dict[Expected, RowList] = {}
    expect: dict[Expected, RowList] = {}
    missing: dict[int, list[str]] = {}
    limb: dict[int, str | list[str]] = {}
    limits: dict[int, dict[str, LimitState]] = {}
    provisions: list[str] | None = None


class CasesShape(Shape):
    """A file of cases; `as_of` is the default day."""

    as_of: datetime.date
    cases: Annotated[list[CaseShape], Field(min_length=1)]


def read_cases(folder: Path, shown: str, rulebook: Rulebook) -> tuple[Case, ...]:
    """Every case of the YAML files of a folder (or of one file). Raises RulebookError with every problem."""
    files = {folder: shown}
    problems: list[Problem] = []
    if folder.is_dir():
        below = {
            Path(path): f"{shown}/{Path(path).relative_to(folder).as_posix()}" for path in found_under(folder, shown)
        }
        files = {path: name for path, name in below.items() if path.suffix == ".yaml"}
        strange = [path for path in below if path not in files and path.suffix.lower() in (".yaml", ".yml")]
        problems += [misnamed(below[path]) for path in strange]
    found: dict[str, Case] = {}
    for path, name in files.items():
        data, failed = read_bytes(path, name, "R001")
        tree, unread = parse(data, name, "R") if data is not None else (None, failed)
        problems += unread
        if tree is None:
            continue
        shape, wrong = read_shape(CasesShape, tree, "R100")
        problems += wrong
        if shape is None:
            continue
        places, keys = _in_profiles(tree.places), _in_profiles(tree.keys)
        for index, item in enumerate(shape.cases):
            own = Profile.of(tree.data["cases"][index]["profile"], name, places.get(index, {}), keys.get(index, {}))
            case = _case(tree, item, own, shape.as_of, ("cases", index), rulebook, problems)
            first = found.setdefault(case.name, case)
            if first is not case:
                message = Text(f"同名的案例已在 {first.location}", f"a case of this name stands at {first.location}")
                problems.append(
                    Problem(
                        "R301",
                        case.location,
                        message,
                        Text("每个案例各写一句话作名称", "every case has a sentence of its own"),
                    )
                )
    if not files:
        problems.append(
            Problem(
                "R300",
                Location(shown),
                Text("这里没有案例", "no cases here"),
                Text("案例是 `.yaml` 文件", "cases are `.yaml` files"),
            )
        )
    if problems:
        raise RulebookError(problems)
    return tuple(found.values())


def _in_profiles(spots: Mapping[YamlPath, Location]) -> dict[str | int, dict[YamlPath, Location]]:
    """The places in the profile of each case, by the number of the case, in one pass over the file."""
    found: dict[str | int, dict[YamlPath, Location]] = {}
    for path, place in spots.items():
        if len(path) > 2 and path[0] == "cases" and path[2] == "profile":
            found.setdefault(path[1], {})[path[3:]] = place
    return found


def _case(
    tree: Tree,
    item: CaseShape,
    profile: Profile,
    as_of: datetime.date,
    at: tuple[str | int, ...],
    rulebook: Rulebook,
    problems: list[Problem],
) -> Case:
    document = item.document or next(iter(rulebook.documents))
    rows = [measure.row for measure in rulebook.measures if measure.document == document]
    told = problems if document in rulebook.documents else []  # an unknown document has no row to compare with
    if document not in rulebook.documents:
        hint = did_you_mean(document, rulebook.documents) or Text("写规则库中文件的 id", "write the id of a document")
        message = Text(f"查不到文件 `{document}`", f"unknown document `{document}`")
        problems.append(Problem("R147", tree.at(*at, "document"), message, hint))
    for key, numbers in (("missing", item.missing), ("limb", item.limb), ("limits", item.limits)):
        told += [_no_row(tree.key_at(*at, key, str(row)), row) for row in numbers if row not in rows]
    register = RegisterShape.model_construct(register_=list(item.register_))
    entries = read_entries(
        Tree(tree.file, tree.data, {(): tree.at(*at)}),
        register, rulebook.gazetteer, rulebook.groups, rulebook.steps, tuple(rulebook.documents), problems,
    )  # fmt: skip
    return Case(
        item.name,
        tree.at(*at),
        profile,
        item.as_of or as_of,
        document,
        entries,
        _rows(tree, item.expect, (*at, "expect"), rows, told),
        _rows(tree, item.scope, (*at, "scope"), rows, told),
        {row: tuple(facts) for row, facts in item.missing.items()},
        {row: limb if isinstance(limb, str) else tuple(limb) for row, limb in item.limb.items()},
        {row: dict(states) for row, states in item.limits.items()},
        None if item.provisions is None else tuple(item.provisions),
    )


def _rows(
    tree: Tree, listed: dict[Expected, RowList], at: tuple[str | int, ...], known: list[int], problems: list[Problem]
) -> dict[int, Expected]:
    found: dict[int, Expected] = {}
    rest: Expected | None = None
    for word, rows in listed.items():
        here = tree.at(*at, word)
        if rows == "rest":
            if rest is not None:
                problems.append(
                    Problem(
                        "R302",
                        here,
                        Text("`rest` 写了两次", "`rest` stands twice"),
                        Text("其余各行只能归一种结果", "only one verdict can have the rest"),
                    )
                )
            rest = word
            continue
        for written in rows:
            for row in (own := _range(written, max(known, default=0))):
                if row not in known:
                    problems.append(_no_row(here, row))
                elif row in found:
                    problems.append(
                        Problem(
                            "R304",
                            here,
                            Text(f"第{row}行写了两次预期", f"row {row} is expected twice"),
                            Text("只保留一处", "keep one of the two"),
                        )
                    )
                else:
                    found[row] = word
            if not own:
                problems.append(
                    Problem(
                        "R303",
                        here,
                        Text(f"`{written}` 不是行号或行号范围", f"`{written}` is neither a row nor a range of rows"),
                        Text("写作 `12` 或 `12-15`", "write `12` or `12-15`"),
                    )
                )
    if rest is not None:
        found |= {row: rest for row in known if row not in found}
    return found


def _no_row(here: Location, row: int) -> Problem:
    message = Text(f"没有第{row}行", f"there is no row {row}")
    return Problem("R303", here, message, Text("核对行号", "check the number"))


def _range(written: int | str, last_row: int) -> range:
    """The rows that are written, at most the first that there is not; empty if it is no row and no range of rows."""
    first, _, last = str(written).partition("-")
    ends = [one.strip() for one in (first, last or first)]
    if not all(one.isdecimal() and len(one) < _DIGITS for one in ends):
        return range(0)
    start, end = map(int, ends)
    return range(start, min(end, max(start, last_row + 1)) + 1)
