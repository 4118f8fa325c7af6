"""A cache of built rulebooks, so that a check starts without parsing YAML.

An entry cannot be stale: its name is the SHA-256 of every rule file's bytes, of this package's code and of the Python
version that pickled it. It is read only from a folder that belongs to the user and that nobody else can write.
`APPLICABILITY_CACHE` names another folder, or `off`. A cache that cannot be read or written is ignored: it is never
needed.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from applicability.loading.source import RuleFiles
from applicability.model.rulebook import Rulebook

_KEEP = 8  # rulebooks; the oldest are evicted first


def load(source: RuleFiles, prepare: Callable[[Rulebook], object]) -> Rulebook:
    """The rulebook of a source, from the cache if possible. Raises RulebookError.

    `prepare` is called on a rulebook before it is cached, to compute what every check needs.
    """
    folder = _folder()
    if folder is None:
        return _build(source)
    entry = folder / f"{_key(source)}.pickle"
    found = _read(entry)
    if found is None:
        found = _build(source)
        prepare(found)
        _write(entry, found)
    return found


def _build(source: RuleFiles) -> Rulebook:
    from applicability.loading.rulebook import build  # pydantic takes half of a cold start: not imported on a hit

    return build(source)


def _folder() -> Path | None:
    named = os.environ.get("APPLICABILITY_CACHE", "")
    if named == "off":
        return None
    try:
        folder = Path(named or platformdirs.user_cache_dir("applicability", appauthor=False))
        if not named and not folder.is_absolute():
            return None  # some Python versions leave `~` unexpanded for a user without a home
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (OSError, RuntimeError):  # cannot be created or read, or the user has no home
        return None
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None  # never read a pickle that somebody else could have written
    return folder


def _key(source: RuleFiles) -> str:
    total = hashlib.sha256(f"{sys.version}\0{source.folder}\0{source.digest}".encode())
    package = Path(__file__).parent.parent
    for part in ("*.py", "model/**/*.py", "analysis/**/*.py", "loading/**/*.py", "engines/**/*.py"):
        for path in sorted(package.glob(part)):
            total.update(path.read_bytes())
    return total.hexdigest()


def _read(entry: Path) -> Rulebook | None:
    try:
        found = pickle.loads(entry.read_bytes())
    except FileNotFoundError:
        return None
    except Exception:  # a damaged entry can raise anything; it is then rebuilt
        return None
    return found if isinstance(found, Rulebook) else None


def _write(entry: Path, rulebook: Rulebook) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=entry.parent, suffix=".new", delete=False) as stream:
            pickle.dump(rulebook, stream, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(stream.name, entry)
        old = sorted(entry.parent.glob("*.pickle"), key=lambda path: path.stat().st_mtime)
        for path in old[:-_KEEP]:
            path.unlink(missing_ok=True)
    except OSError:
        return
