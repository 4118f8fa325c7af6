"""Reading the provisions of documents' bodies: their words and quotes are checked against the source."""

from __future__ import annotations

from collections.abc import Mapping

from applicability.errors import Problem, suggest
from applicability.loading.conditions import ConditionReader, KnownNames
from applicability.loading.shapes import ProvisionsShape
from applicability.loading.yaml.reader import Tree
from applicability.model.conditions import leaves
from applicability.model.rulebook import Document, Provision


def read_provisions(
    tree: Tree | None,
    shape: ProvisionsShape | None,
    words: KnownNames,
    documents: Mapping[str, Document],
    texts: Mapping[str, str],
    problems: list[Problem],
) -> tuple[Provision, ...]:
    """The provisions of the file, in its order; none where there is no file. What is wrong goes to `problems`."""
    if tree is None or shape is None:
        return ()
    found: dict[str, Provision] = {}
    for index, item in enumerate(shape.provisions):
        at = ("provisions", index)
        document = item.document or next(iter(documents), "")
        if document not in documents:
            hint = suggest(document, documents) or "declare it under `sources/`"
            problems.append(Problem("R102", tree.at(*at, "document"), f"unknown document `{document}`", hint))
            continue
        source, mend = texts.get(document, ""), "copy the words exactly as scanned, punctuation included"
        if item.words not in source:
            message = f"the words of `{item.id}` do not stand in the source"
            problems.append(Problem("R201", tree.at(*at, "words"), message, mend))
        reader = ConditionReader(tree, words, problems, document, cites="body", facts_only=True)
        when = reader.read(item.when, (*at, "when"))
        for leaf in leaves(when):
            quote, place = leaf.ground.quote, leaf.ground.location
            if not quote:
                hint = "add `quote:`, the exact words of the body that set the condition"
                problems.append(Problem("R214", place, f"a condition of `{item.id}` has no quote", hint))
            elif leaf.ground.cites == "body" and quote not in source:
                message = f"`{item.id}`: the quote `{quote}` does not stand in the source"
                problems.append(Problem("R211", place, message, mend))
        provision = Provision(
            item.id, document, item.section.text(), item.title.text(), item.words, item.note.text(), when,
            tree.at(*at, "id"),
        )  # fmt: skip
        first = found.setdefault(item.id, provision)
        if first is not provision:
            message = f"the provision `{item.id}` is written twice, first at {first.location}"
            problems.append(Problem("R215", provision.location, message, "rename one"))
    return tuple(found.values())
