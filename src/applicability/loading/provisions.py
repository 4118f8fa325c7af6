"""Reads the provisions of documents' bodies; their words and quotes are checked against the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.errors import Problem
from applicability.loading.conditions import ConditionReader, KnownNames
from applicability.loading.measures import no_such_place
from applicability.loading.shapes import ProvisionsShape
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.messages import did_you_mean
from applicability.model.conditions import Condition, leaves
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Document, Provision
from applicability.text import Text

_COPY = Text("照原文抄录，标点也要一致", "copy the words exactly as scanned, punctuation included")


def read_provisions(
    tree: Tree | None,
    shape: ProvisionsShape | None,
    words: KnownNames,
    documents: Mapping[str, Document],
    texts: Mapping[str, str],
    problems: list[Problem],
) -> tuple[Provision, ...]:
    """The provisions of the file, in order; empty if there is no file. Errors are added to `problems`."""
    if tree is None or shape is None:
        return ()
    found: dict[str, Provision] = {}
    for index, item in enumerate(shape.provisions):
        at = ("provisions", index)
        document = item.document or next(iter(documents), "")
        if document not in documents:
            hint = did_you_mean(document, documents) or Text("在 `sources/` 中声明", "declare it under `sources/`")
            problems.append(
                Problem(
                    "R147",
                    tree.at(*at, "document"),
                    Text(f"查不到文件 `{document}`", f"unknown document `{document}`"),
                    hint,
                )
            )
            continue
        source = texts.get(document, "")
        if item.words not in source:
            message = Text(f"`{item.id}` 的文字不在原文中", f"the words of `{item.id}` do not stand in the source")
            problems.append(Problem("R201", tree.at(*at, "words"), message, _COPY))
        reader = ConditionReader(tree, words, problems, document, cites="body", facts_only=True)
        when = reader.read(item.when, (*at, "when"))
        problems += _quotes(item.id, when, source, documents[document])
        left = item.open
        if left is not None:
            problems += _origins(tree, (*at, "open", "origins"), left.origins, words.facts)
        provision = Provision(
            item.id, document, item.section.text(), item.title.text(), item.words, item.note.text(), when,
            tree.at(*at, "id"), frozenset(left.origins if left is not None else ()),
            left.note.text() if left is not None else None,
        )  # fmt: skip
        first = found.setdefault(item.id, provision)
        if first is not provision:
            message = Text(
                f"规定 `{item.id}` 重复，前一处在 {first.location}",
                f"the provision `{item.id}` is written twice, first at {first.location}",
            )
            problems.append(Problem("R215", provision.location, message, Text("改其中一处的名称", "rename one")))
    return tuple(found.values())


def _quotes(id: str, when: Condition, body: str, document: Document) -> Iterator[Problem]:
    """The conditions of a provision that rest on no words of the body or of a note."""
    where = {"body": body} | {f"note-{number}": note for number, note in document.notes.items()}
    for leaf in leaves(when):
        ground = leaf.ground
        if not ground.quote:
            message = Text(f"`{id}` 有一项条件没有引文", f"a condition of `{id}` has no quote")
            hint = Text(
                "补上 `quote:`，照抄正文中设定该条件的文字",
                "add `quote:`, the exact words of the body that set the condition",
            )
            yield Problem("R214", ground.location, message, hint)
        elif ground.cites not in where:
            yield no_such_place(f"`{id}`", f"`{id}`", ground, where)
        elif ground.quote not in where[ground.cites]:
            message = Text(
                f"`{id}`：引文 `{ground.quote}` 不在原文中",
                f"`{id}`: the quote `{ground.quote}` does not stand in the source",
            )
            yield Problem("R211", ground.location, message, _COPY)


def _origins(
    tree: Tree, at: YamlPath, origins: Sequence[str], facts: Mapping[str, FactDeclaration]
) -> Iterator[Problem]:
    """The origins of `open` that do not leave open which they are."""
    known = _open_origins(facts)
    for number, origin in enumerate(origins):
        if origin not in known:
            message = Text(f"查不到未定的来源地 `{origin}`", f"unknown open origin `{origin}`")
            hint = did_you_mean(origin, known) or Text("写有 `may_be` 的来源地", "name one that has `may_be`")
            yield Problem("R108", tree.at(*at, number), message, hint)


def _open_origins(facts: Mapping[str, FactDeclaration]) -> frozenset[str]:
    """The origins of investors that leave open which they are."""
    lists = [one.values for one in facts.values() if one.type == "investors"]
    return frozenset(key for values in lists for key, one in values.items() if one.may_be)
