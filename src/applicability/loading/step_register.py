"""Reads registers of official steps: the rulebook's own, and those that a user adds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from applicability.errors import HINTED, Location, Problem, ProfileError
from applicability.lazy_dataclass import replace
from applicability.loading.profile.mistakes import no_place
from applicability.loading.shape_reader import read_shape
from applicability.loading.shapes import EntryShape, RegisterShape
from applicability.loading.yaml.reader import Tree, parse, read_bytes
from applicability.messages import did_you_mean, listed
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Entry, Rulebook, StepKind
from applicability.model.step_register import with_entries
from applicability.text import Text


def read_entries(
    tree: Tree,
    shape: RegisterShape,
    gazetteer: Gazetteer,
    groups: Mapping[str, tuple[str, ...]],
    steps: Mapping[str, StepKind],
    documents: tuple[str, ...],
    problems: list[Problem],
    prefix: str = "R",
    before: Iterable[Entry] = (),
) -> tuple[Entry, ...]:
    """The entries of a register, with places and steps checked; `before` are those already on the rulebook's."""
    found: dict[str, Entry] = {}
    taken = {entry.id: entry.location for entry in before}
    for index, item in enumerate(shape.register_):
        at = ("register", index)
        if item.id in taken:
            here, first = tree.at(*at, "id"), taken[item.id]
            what = Text(
                f"登记 `{item.id}` 重复，前一处在 {first}", f"the entry `{item.id}` stands twice, first at {first}"
            )
            hint = Text("每条登记各用一个 id", "give each entry its own id")
            problems.append(Problem(f"{prefix}140", here, what, hint))
        taken.setdefault(item.id, tree.at(*at, "id"))
        if item.step is not None and item.step not in steps:
            known = listed(f"`{step}`" for step in steps)
            hint = did_you_mean(item.step, steps) or Text(f"可填的步骤：{known.zh}", f"the steps are {known.en}")
            what = Text(f"查不到官方步骤 `{item.step}`", f"unknown step `{item.step}`")
            problems.append(Problem(f"{prefix}107", tree.at(*at, "step"), what, hint))
        document = item.document or (documents[0] if documents else "")
        if document not in documents:
            what = Text(f"查不到文件 `{document}`", f"unknown document `{document}`")
            near = did_you_mean(document, documents)
            problems.append(Problem(f"{prefix}147", tree.at(*at, "document"), what, near))
        places = _places(tree, at, item, gazetteer, groups, problems, prefix)
        problems += _weight(tree, at, item, prefix)
        rows = None if isinstance(item.rows, str) else frozenset(item.rows)
        found[item.id] = Entry(
            item.id, item.effect, item.date, item.title.text(), item.source.text(), item.weight, places, rows,
            document, item.step, item.note.text() if item.note else None,
            item.accepted.text() if item.accepted else None, item.expires, tree.at(*at),
        )  # fmt: skip
    return tuple(found.values())


def _places(
    tree: Tree,
    at: tuple[str | int, ...],
    item: EntryShape,
    gazetteer: Gazetteer,
    groups: Mapping[str, tuple[str, ...]],
    problems: list[Problem],
    prefix: str,
) -> tuple[str, ...]:
    if isinstance(item.places, str):
        return ()
    found: list[str] = []
    for index, name in enumerate(item.places):
        if name in groups:
            found.extend(groups[name])
            continue
        here = tree.at(*at, "places", index)
        divisions = gazetteer.candidates(name, "division")
        places = divisions or gazetteer.candidates(name, "zone")
        former = gazetteer.former_of(name, divisions[0]) if divisions else None
        if former is not None:
            # Only an existing authority can take an official step.
            what = Text(f"`{name}` 已不再使用", f"`{name}` is no longer in use")
            now = f"`{former.place}` {gazetteer.name(former.place)}"
            hint = Text(f"填现在的代码：{now}", f"write the code of today: {now}")
            problems.append(Problem(f"{prefix}149", here, what, hint))
        elif len(places) == 1:
            found.append(places[0])
        elif places:
            names = listed(f"`{place}` {gazetteer.name(place)}" for place in places)
            what = Text(f"`{name}` 可以指多个地方", f"`{name}` names several places")
            hint = Text(f"填其中一个代码：{names.zh}", f"write one code: {names.en}")
            problems.append(Problem(f"{prefix}148", here, what, hint))
        else:
            known = (*gazetteer.all_names("division"), *gazetteer.all_names("zone"))
            near = did_you_mean(name, known) if len(problems) < HINTED else None
            hint = near or Text("填行政区划代码", "write a code")
            problems.append(Problem(f"{prefix}103", here, no_place(name), hint))
    if not item.places:
        what = Text("没有地方的登记没有意义", "an entry for no place says nothing")
        hint = Text("写明地方，或写 `everywhere`", "name the places, or write `everywhere`")
        problems.append(Problem(f"{prefix}141", tree.at(*at, "places"), what, hint))
    return tuple(found)


def _weight(tree: Tree, at: tuple[str | int, ...], item: EntryShape, prefix: str) -> list[Problem]:
    """Checks that entries known only from reports open nothing without a reason, and that an entry ends after it
    begins.
    """
    opens = item.effect in ("records", "overtakes")
    problems = []
    if opens and item.weight in ("press", "third_party") and item.accepted is None:
        hint = Text(
            "改为 `effect: notes`，或在 `accepted:` 中说明据以开放的理由",
            "write `effect: notes`, or say under `accepted:` why it is acted on",
        )
        message = Text(f"`{item.id}` 只是报道，却会开放措施", f"`{item.id}` is only reported, and would open rows")
        problems.append(Problem(f"{prefix}142", tree.at(*at), message, hint))
    if item.expires is not None and item.expires < item.date:
        what = Text(
            f"`{item.id}` 自{item.date}起，却在{item.expires}失效",
            f"`{item.id}` begins on {item.date} and expires on {item.expires}",
        )
        hint = Text("`expires` 是有效的最后一天", "`expires` is the last day on which it holds")
        problems.append(Problem(f"{prefix}146", tree.at(*at, "expires"), what, hint))
    if opens and item.rows == "unknown":
        what = Text("不知是哪些行，就无从开放", "rows that are not known cannot be opened")
        hint = Text("列出各行，或改为 `effect: announces`", "list the rows, or write `effect: announces`")
        problems.append(Problem(f"{prefix}143", tree.at(*at, "rows"), what, hint))
    return problems


def with_registers(paths: Iterable[Path], rulebook: Rulebook) -> Rulebook:
    """The rulebook with a user's register files added in order, and a digest that covers them.

    Raises ProfileError with every problem in the first file that has any, including contradictions with an earlier one.
    """
    packaged = len(rulebook.register)
    for path in paths:
        rulebook = _with_register(path, rulebook, rulebook.register[packaged:])
    return rulebook


def _with_register(path: Path, rulebook: Rulebook, own: tuple[Entry, ...]) -> Rulebook:
    """The rulebook with one more file; `own` are the entries of the user's earlier ones."""
    data, problems = read_bytes(path, str(path), "P001")
    if data is not None:
        tree, problems = parse(data, str(path), "P")
        if tree is not None:
            shape, problems = read_shape(RegisterShape, tree, "P100")
            if shape is not None:
                documents = tuple(rulebook.documents)
                entries = read_entries(
                    tree, shape, rulebook.gazetteer, rulebook.groups, rulebook.steps, documents, problems, "P",
                    rulebook.register,
                )  # fmt: skip
                problems += unknown_rows(tree, shape, entries, rulebook, "P")
                if not problems:
                    digest = hashlib.sha256(rulebook.digest.encode() + data).hexdigest()
                    more = with_entries(rulebook, entries)
                    problems += _contradictions(own, more.register[len(rulebook.register) :])
                    if not problems:
                        return replace(more, digest=digest)
    raise ProfileError(problems)


def _contradictions(own: Iterable[Entry], added: Iterable[Entry]) -> list[Problem]:
    """Entries of two files that open the same row at the same place on different days, with overlapping validity."""
    problems: dict[tuple[str, Location], Problem] = {}
    earlier = list(own)
    for entry in added:
        for first in earlier:
            if not _contradict(first, entry):
                continue
            own_rows, first_rows = entry.rows or first.rows or (), first.rows or entry.rows or ()
            rows = sorted(set(own_rows) & set(first_rows))
            which = Text("各行", "the rows")
            if rows:
                which = Text(f"第{rows[0]}行", f"row {rows[0]}")
            what = Text(
                f"`{entry.id}` 与 {first.location} 的 `{first.id}` 对{which.zh}所写的日期不一致："
                f"{_days(entry).zh}，前者为{_days(first).zh}",
                f"`{entry.id}` and `{first.id}` at {first.location} give {which.en} different days: "
                f"{_days(entry).en} here, {_days(first).en} there",
            )
            hint = Text("只保留正确的一条", "keep the one that is right")
            problems.setdefault((first.id, entry.location), Problem("P145", entry.location, what, hint))
    return list(problems.values())


def _contradict(one: Entry, other: Entry) -> bool:
    """Whether two entries take one step for a common row and place, on different days that overlap."""
    if one.kind not in ("records", "overtakes") or (one.kind, one.document) != (other.kind, other.document):
        return False
    same_row = one.rows is None or other.rows is None or bool(one.rows & other.rows)
    same_place = one.places == other.places or bool(set(one.places) & set(other.places))
    if not (same_row and same_place and one.step == other.step):
        return False
    apart = any(a.expires is not None and a.expires < b.date for a, b in ((one, other), (other, one)))
    return not apart and (one.date, one.expires) != (other.date, other.expires)


def _days(entry: Entry) -> Text:
    """The validity of an entry."""
    if entry.expires is None:
        return Text(f"自{entry.date}起", f"from {entry.date}")
    return Text(f"{entry.date}至{entry.expires}", f"from {entry.date} to {entry.expires}")


def unknown_rows(
    tree: Tree, shape: RegisterShape, entries: tuple[Entry, ...], rulebook: Rulebook, prefix: str = "R"
) -> list[Problem]:
    """A problem for each row that entries list and no document has."""
    known = {(measure.document, measure.row) for measure in rulebook.measures}
    problems = []
    for index, (item, entry) in enumerate(zip(shape.register_, entries, strict=False)):
        for position, row in enumerate(item.rows if isinstance(item.rows, list) else ()):
            if (entry.document, row) not in known:
                here = tree.at("register", index, "rows", position)
                rows = [number for document, number in known if document == entry.document]
                what = Text(f"`{entry.document}` 没有第{row}行", f"`{entry.document}` has no row {row}")
                hint = Text("该文件没有行", "it has no rows")
                if rows:
                    first, last = min(rows), max(rows)
                    hint = Text(f"该文件为第{first}至{last}行", f"its rows run from {first} to {last}")
                problems.append(Problem(f"{prefix}144", here, what, hint))
    return problems
