"""Rulebooks that differ in one file are read quickly: what the files that they share say is kept between tests.

Reading is a function of the bytes of a file and its name, so that a test with one altered file reads that one as ever.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Hashable, Iterator
from typing import Any

import pytest

from applicability.loading import vocabulary
from applicability.loading.lint import rulebook as lint
from applicability.loading.vocabulary import VocabularyReader
from applicability.loading.yaml.reader import parse as parse_file


def _files(reader: VocabularyReader, *starts: str) -> Hashable:
    """The files whose names start so, by name and content, and where problems say that they are."""
    source = reader.source
    found = [(name, data) for name, data in source.files.items() if name.startswith(starts)]
    return source.folder, tuple((name, source.shown(name), data) for name, data in found)


def _kept(method: Callable[..., Any], key: Callable[..., Hashable]) -> Callable[..., Any]:
    """The method, whose results and problems are kept by the key of its arguments."""
    known: dict[Hashable, tuple[Any, list[Any]]] = {}

    @functools.wraps(method)
    def kept(reader: VocabularyReader, *args: Any) -> Any:
        own = key(reader, *args)
        if own not in known:
            before = len(reader.problems)
            known[own] = method(reader, *args), reader.problems[before:]
        else:
            reader.problems += known[own][1]
        return known[own][0]

    return kept


@pytest.fixture(scope="session", autouse=True)
def files_that_stay_the_same_are_read_once() -> Iterator[None]:
    """Keeps parsed files, their shapes, and the tables of places and sectors."""
    parse = functools.lru_cache(maxsize=512)(parse_file)
    with pytest.MonkeyPatch.context() as patch:
        for module in (vocabulary, lint):
            patch.setattr(module, "parse", parse)
        for name in ("tree_and_shape", "mapping"):
            method = getattr(VocabularyReader, name)
            patch.setattr(VocabularyReader, name, _kept(method, lambda reader, *args: (args, _files(reader, args[0]))))
        for name, starts in (("gazetteer", ("places/",)), ("sectors", ("sector", "activities."))):
            method = getattr(VocabularyReader, name)
            patch.setattr(VocabularyReader, name, _kept(method, lambda reader, s=starts: _files(reader, *s)))
        yield
